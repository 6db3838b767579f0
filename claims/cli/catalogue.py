"""claims list, show, trace, search."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Unpack

import click

from claims.cli.as_of import AsOfOptions, as_of_options, is_past, reading
from claims.cli.options import STATUSES, FilterOptions, filter_options, read_filters
from claims.cli.output import (
    Row,
    console_width,
    facts_format_option,
    format_option,
    show_json,
    show_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.catalogue.card import ClaimCard, History
    from claims.database.engine import OpenSession
    from claims.terminal.screen.article import Passage

COLUMNS = (
    "id", "status", "speaker", "mode", "form", "through", "date", "outlet", "score", "words",
)  # fmt: skip
TABLE = ("id", "status", "speaker", "form", "through", "date", "outlet", "score", "reported")
"""What a table shows: no column for the mode, which stands before the words unless it is `says`."""
FURTHER = ("document_status",)


def as_row(card: "ClaimCard") -> Row:
    """A claim as a row of a list."""
    return {
        "id": card.short_id,
        "status": card.status,
        "speaker": card.speaker,
        "mode": card.mode,
        "form": card.form,
        "through": card.carriers,
        "date": card.published_at.date().isoformat() if card.published_at else None,
        "outlet": card.outlet,
        "class": card.claim_class,
        "score": card.extractor_score,
        "name_score": card.name_score,
        "words": card.text,
        "reported": card.reported,
        "claim": str(card.id),
        "title": card.title,
        "published_at": card.published_at,
        "document_status": card.document_status,
        "document_note": card.document_note,
        "origin_note": card.origin_note,
        "copy_note": card.copy_note,
    }


class ListOptions(FilterOptions, AsOfOptions):
    """Which claims to list, of which state, proposed by whom."""

    status: str | None
    extractor: str | None


@click.command("list")
@filter_options
@click.option("--status", type=STATUSES, help="State of the claim in review.")
@click.option(
    "--extractor",
    metavar="NAME[/VERSION]",
    help="The program that proposes it, alone or beside others; claims is this one.",
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True,
              help="Number of claims to list.")  # fmt: skip
@click.option(
    "--after", metavar="ID", help="Continue after this claim, the last one of the page before."
)
@as_of_options
@format_option
def list_claims(
    output_format: str | None, *, limit: int, after: str | None, **options: Unpack[ListOptions]
) -> None:
    """List claims, newest article first."""
    from claims.catalogue.card import Filters
    from claims.catalogue.cards import load_cards
    from claims.catalogue.find import find_claim, find_claims

    filters = replace(read_filters(options, options["status"]), extractor=options["extractor"])
    with reading(options) as session:
        start = find_claim(session, after) if after else None
        ids = find_claims(session, filters, limit=limit, after=start)
        cards = load_cards(session, ids)
    show_rows(
        COLUMNS, [as_row(card) for card in cards], output_format, table=TABLE, further=FURTHER
    )
    if len(ids) == limit:
        more = f"claims list … --after {cards[-1].short_id}"
        click.echo(f"The first {limit} are shown. Next page: {more}", err=True)
    elif not ids and is_past(options):
        click.echo("No claim matched at that time.", err=True)
    elif not ids and filters != Filters():
        click.echo("No claim matches. `claims list` without filters shows all claims.", err=True)
    elif not ids and after is None:
        click.echo("Nothing is stored yet: `claims ingest PATH` reads articles.", err=True)


@click.command()
@click.argument("claim", metavar="ID")
@click.option("--context", type=click.IntRange(0), default=0, metavar="N", show_default=True,
              help="Paragraphs to show before and after the one of the words.")  # fmt: skip
@facts_format_option
@as_of_options
def show(claim: str, context: int, output_format: str, **as_of: Unpack[AsOfOptions]) -> None:
    """Show one claim, and the article around it.

    In the article, [[ ]] stands around the words, {S } around the speaker, {1 } around the first
    who carried them further, < > around the words that report. ID is the claim's id or an
    unambiguous start of it.
    """
    from claims.catalogue.card_text import describe_claim
    from claims.catalogue.cards import load_cards, load_history
    from claims.catalogue.copy_notes import load_credit_note
    from claims.catalogue.corroboration import load_corroboration
    from claims.catalogue.find import find_open_claim

    with reading(as_of) as session:
        [card] = load_cards(session, [find_open_claim(session, claim)])
        card = replace(card, credit_note=load_credit_note(session, card.document))
        history = load_history(session, card.id)
        corroboration = load_corroboration(session, card.id)
        passage = _load_passage(session, card)
    if output_format == "json":
        facts = asdict(corroboration) if corroboration else None
        show_json({**_as_json(card, history, passage, context), "corroboration": facts})
        return
    for line in describe_claim(card, history, corroboration):
        click.echo(line)
    click.echo()
    for line in _context(passage, context):
        click.echo(line)


def _load_passage(session: "OpenSession", card: "ClaimCard") -> "Passage":
    from datetime import date

    from claims.review.cards import load_hops
    from claims.review.state import load_article
    from claims.terminal.screen.article import Passage

    hops = load_hops(session, card.id, date.max)
    return Passage(load_article(session, card.id), card.spans, hops)


def _context(passage: "Passage", around: int) -> "Iterator[str]":
    from claims.terminal.screen.article import draw_paragraphs
    from claims.terminal.screen.segments import words_in

    for line in draw_paragraphs(passage, around, console_width()):
        yield words_in(line).rstrip()


def _as_json(card: "ClaimCard", history: "History", passage: "Passage", around: int) -> Row:
    """The card's fields by name; `beside` has what is related to it."""
    from claims.terminal.screen.sentences import paragraphs_around

    facts = asdict(card) | asdict(history)
    facts["beside"] = facts.pop("related")
    facts["class"] = facts.pop("claim_class")
    span = paragraphs_around(passage.article, card.spans, around)
    return {
        **facts,
        "date": card.published_at.date() if card.published_at else None,
        "spans": [[span.start, span.end] for span in card.spans],
        "speaker": card.speaker,
        "mode": card.mode,
        "reported": card.reported,
        "context": {
            "start": span.start, "end": span.end, "text": passage.article[span.start : span.end],
        },
    }  # fmt: skip


@click.command()
@click.argument("claim", metavar="ID")
@as_of_options
def trace(claim: str, **as_of: Unpack[AsOfOptions]) -> None:
    """Draw a claim's chain of attribution.

    It leads from the speaker through each carrier to the outlet that printed the claim. ID is the
    claim's id or an unambiguous start of it.
    """
    from claims.catalogue.cards import load_cards
    from claims.catalogue.copy_notes import load_credit_note
    from claims.catalogue.find import find_open_claim
    from claims.catalogue.trace import draw_trace

    with reading(as_of) as session:
        [card] = load_cards(session, [find_open_claim(session, claim)])
        card = replace(card, credit_note=load_credit_note(session, card.document))
    for line in draw_trace(card):
        click.echo(line)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True,
              help="Number of claims to list.")  # fmt: skip
@as_of_options
@format_option
def search(
    words: tuple[str, ...], limit: int, output_format: str | None, **as_of: Unpack[AsOfOptions]
) -> None:
    """Search quotes and statements for words.

    "Phrases", OR and -word work as in a web search. Words are matched as English words in all
    their forms: invest finds invested.
    """
    from claims.catalogue.cards import load_cards
    from claims.catalogue.find import search_claims

    with reading(as_of) as session:
        cards = load_cards(session, search_claims(session, " ".join(words), limit=limit))
    show_rows(
        COLUMNS, [as_row(card) for card in cards], output_format, table=TABLE, further=FURTHER
    )
    if not cards:
        click.echo("No claim has all these words. Try fewer words, or OR between them.", err=True)
