"""claims list, show, trace, search."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from claims.cli.as_of import Past, past_options, reading
from claims.cli.output import format_option, show_json, show_rows
from claims.model.kinds import ClaimStatus, Form

if TYPE_CHECKING:
    from claims.catalogue.card import ClaimCard

STATUSES = click.Choice([status.value for status in ClaimStatus])
FORMS = click.Choice([form.value for form in Form])
DAY = click.DateTime(["%Y-%m-%d"])
COLUMNS = ("id", "status", "speaker", "form", "through", "score", "words")


def as_row(card: "ClaimCard") -> dict[str, Any]:
    """A claim as a row of a list."""
    return {
        "id": card.short_id,
        "status": card.status,
        "speaker": card.speaker,
        "form": card.form,
        "through": card.carriers,
        "score": card.extractor_score,
        "words": card.text,
        "claim": str(card.id),
        "outlet": card.outlet,
        "title": card.title,
        "published_at": card.published_at,
    }


@click.command("list")
@click.option("--speaker", help="Part of one of the speaker's names.")
@click.option("--outlet", help="Part of the publishing outlet's name.")
@click.option(
    "--status",
    type=STATUSES,
    help="Where it stands in review.",
)
@click.option("--form", type=FORMS, help="Quote, mixed or paraphrase.")
@click.option("--since", type=DAY, help="First day of publication.")
@click.option("--until", type=DAY, help="Last day of publication, included.")
@click.option("--words", help='Words of the claim; "phrases", OR and -without work.')
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--after", metavar="ID", help="Go on after this claim of the same list.")
@past_options
@format_option
def list_claims(
    form_of_output: str | None,
    limit: int,
    after: str | None,
    past: Past,
    **stated: Any,  # noqa: ANN401
) -> None:
    """List claims, newest article first."""
    from claims.catalogue.card import Filters
    from claims.catalogue.find import find_claim, find_claims, load_cards

    days = {name: value.date() for name, value in stated.items() if isinstance(value, datetime)}
    with reading(past) as session:
        start = find_claim(session, after) if after else None
        ids = find_claims(session, Filters(**(stated | days)), limit=limit, after=start)
        cards = load_cards(session, ids)
    show_rows(COLUMNS, [as_row(card) for card in cards], form_of_output)
    if len(ids) == limit:
        more = f"claims list … --after {cards[-1].short_id}"
        click.echo(f"The first {limit} are shown; go on with: {more}", err=True)
    elif not ids and past:
        click.echo("No claim passes as of then.", err=True)
    elif not ids and any(stated.values()):
        click.echo("No claim passes. `claims list` without filters shows all there are.", err=True)
    elif not ids and after is None:
        click.echo("Nothing is stored yet: `claims ingest PATH` reads articles.", err=True)


@click.command()
@click.argument("claim", metavar="ID")
@click.option("--format", "form", type=click.Choice(["plain", "json"]), default="plain")
@past_options
def show(claim: str, form: str, past: Past) -> None:
    """Show one claim with all that is known of it.

    ID may be any unambiguous prefix.
    """
    from dataclasses import asdict

    from claims.catalogue.card_text import describe
    from claims.catalogue.find import find_claim, load_cards, load_history

    with reading(past) as session:
        [card] = load_cards(session, [find_claim(session, claim)])
        history = load_history(session, card.id)
    if form == "json":
        show_json(asdict(card) | asdict(history))
        return
    for line in describe(card, history):
        click.echo(line)


@click.command()
@click.argument("claim", metavar="ID")
@past_options
def trace(claim: str, past: Past) -> None:
    """Draw through whom a claim came.

    From the voice, through each carrier, to the page. ID may be any unambiguous prefix.
    """
    from claims.catalogue.trace import draw_trace

    for line in draw_trace(_load(claim, past)):
        click.echo(line)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@past_options
@format_option
def search(words: tuple[str, ...], limit: int, form_of_output: str | None, past: Past) -> None:
    """Search quotes and statements for words.

    "Phrases", OR and -without work as on the web. Words are English and match in all their
    forms: invest finds invested.
    """
    from claims.catalogue.find import load_cards, search_claims

    with reading(past) as session:
        cards = load_cards(session, search_claims(session, " ".join(words), limit=limit))
    show_rows(COLUMNS, [as_row(card) for card in cards], form_of_output)
    if not cards:
        click.echo("Nothing holds all these words. Try fewer, or OR between them.", err=True)


def _load(claim: str, past: Past) -> "ClaimCard":
    from claims.catalogue.find import find_claim, load_cards

    with reading(past) as session:
        return load_cards(session, [find_claim(session, claim)])[0]
