"""claims who."""

from typing import TYPE_CHECKING, Any

import click

from claims.cli.as_of import Past, past_options, reading
from claims.cli.output import format_option, show_rows
from claims.model.kinds import ClaimStatus

if TYPE_CHECKING:
    from claims.sources.card import Entry

STATUSES = click.Choice([status.value for status in ClaimStatus])
DAY = click.DateTime(["%Y-%m-%d"])
COLUMNS = ("id", "day", "status", "form", "through", "outlet", "office", "words")


@click.command(epilog="SOURCE may be the start of an id or a name, if only one source has it.")
@click.argument("source")
@click.option("--since", type=DAY, help="First day: said on, else printed on.")
@click.option("--until", type=DAY, help="Last day, included.")
@click.option("--outlet", help="Part of the publishing outlet's name.")
@click.option("--status", type=STATUSES, help="Where it stands in review.")
@click.option("--words", help='Words of the claim; "phrases", OR and -without work.')
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--after", metavar="ID", help="Go on after this claim.")
@past_options
@format_option
def who(
    source: str,
    *,
    limit: int,
    after: str | None,
    form_of_output: str | None,
    past: Past,
    **stated: Any,  # noqa: ANN401
) -> None:
    """Show what a source was reported to have said.

    The latest comes first. Each line has the office held on that day, or in quotation marks what
    the article printed.
    """
    from claims.catalogue.card import Filters
    from claims.catalogue.find import find_claim
    from claims.sources.cards import load_heading, load_timeline
    from claims.sources.edit import find_source

    days = {name: stated[name].date() for name in ("since", "until") if stated[name]}
    with reading(past) as session:
        start = find_claim(session, after) if after else None
        card = load_heading(session, find_source(session, source))
        filters = Filters(**(stated | days))
        entries = load_timeline(session, card.id, filters, limit=limit, after=start)
    click.echo(f"{card.name}, {card.description or card.kind}, {str(card.id)[:8]}", err=True)
    show_rows(COLUMNS, [_row(entry) for entry in entries], form_of_output)
    if len(entries) == limit:
        more = entries[-1].claim.short_id
        click.echo(f"The latest {limit} are shown; go on with --after {more}", err=True)
    elif not entries:
        click.echo("No claim passes.", err=True)


def _row(entry: "Entry") -> dict[str, Any]:
    card = entry.claim
    return {
        "id": card.short_id,
        "day": str(entry.day) if entry.day else None,
        "status": card.status,
        "form": card.form,
        "through": card.carriers,
        "outlet": card.outlet,
        "office": entry.office,
        "words": card.statement or card.text,
        "claim": str(card.id),
        "url": card.url,
        "title": card.title,
    }
