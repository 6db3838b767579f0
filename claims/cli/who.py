"""claims who."""

from datetime import datetime
from typing import TYPE_CHECKING, Unpack

import click

from claims.cli.as_of import AsOfOptions, as_of_options, reading
from claims.cli.options import DAY, SOURCE_HELP, STATUSES, WORDS_HELP, require_order
from claims.cli.output import Row, counted, format_option, show_rows
from claims.model.kinds import ClaimStatus

if TYPE_CHECKING:
    from claims.comparison.printing import Reach
    from claims.sources.card import TimelineEntry

COLUMNS = ("id", "day", "status", "mode", "form", "through", "outlet", "office", "words")
TABLE = (
    "id", "day", "status", "form", "printings", "through", "outlet", "office", "reported",
)  # fmt: skip
FURTHER = ("document_status", "printings", "outlets", "origins")


class TimelineOptions(AsOfOptions):
    """Which claims of the source to list, of which state."""

    since: datetime | None
    until: datetime | None
    outlet: str | None
    status: str | None
    words: str | None


@click.command(epilog=SOURCE_HELP)
@click.argument("source")
@click.option(
    "--since", type=DAY, help="First day: of the statement if known, else of publication (UTC)."
)
@click.option("--until", type=DAY, help="Last day, included.")
@click.option("--outlet", help="Part of the publishing outlet's name.")
@click.option("--status", type=STATUSES, help="State of the claim in review.")
@click.option("--words", help=WORDS_HELP)
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True,
              help="Number of claims to list.")  # fmt: skip
@click.option(
    "--after", metavar="ID", help="Continue after this claim, the last one of the page before."
)
@click.option("--all", "unfolded", is_flag=True,
              help="List every printing of an utterance, not just the earliest.")  # fmt: skip
@as_of_options
@format_option
def who(
    source: str,
    *,
    unfolded: bool,
    limit: int,
    after: str | None,
    output_format: str | None,
    **options: Unpack[TimelineOptions],
) -> None:
    """List what a source is reported to have said.

    The latest comes first. Reports of one utterance are one line, that of the earliest printing,
    with how often it was printed and who heard it. Each line shows the office that the source held
    on that day or, in quotation marks, what the article calls the source.
    """
    from claims.catalogue.card import Filters
    from claims.catalogue.find import find_claim
    from claims.sources.cards import load_heading
    from claims.sources.find import find_source
    from claims.sources.folded import load_folded_timeline, load_unfolded_timeline

    since, until, status = options["since"], options["until"], options["status"]
    require_order(since, until)
    filters = Filters(
        outlet=options["outlet"],
        status=ClaimStatus(status) if status else None,
        since=since.date() if since else None,
        until=until.date() if until else None,
        words=options["words"],
    )
    with reading(options) as session:
        start = find_claim(session, after) if after else None
        card = load_heading(session, find_source(session, source))
        load = load_unfolded_timeline if unfolded else load_folded_timeline
        timeline = load(session, card.id, filters, limit=limit, after=start)
    click.echo(f"{card.name}, {card.description or card.kind}, {str(card.id)[:8]}", err=True)
    entries = timeline.entries
    rows = [_row(entry, timeline.reach[entry.claim.id]) for entry in entries]
    show_rows(COLUMNS, rows, output_format, table=TABLE, further=FURTHER)
    if timeline.folded:
        further = counted(timeline.folded, "further printing")
        click.echo(f"{further} of the same utterances not listed; --all lists each.", err=True)
    if len(entries) == limit:
        more = entries[-1].claim.short_id
        click.echo(f"The latest {limit} are shown. Next page: --after {more}", err=True)
    elif not entries:
        click.echo("No claim matches.", err=True)


def _row(entry: "TimelineEntry", reach: "Reach") -> Row:
    card = entry.claim
    return {
        "id": card.short_id,
        "day": str(entry.day) if entry.day else None,
        "status": card.status,
        "mode": card.mode,
        "form": card.form,
        "through": card.carriers,
        "outlet": card.outlet,
        "office": entry.office,
        "words": card.statement or card.text,
        "reported": card.meaning,
        "claim": str(card.id),
        "url": card.url,
        "title": card.title,
        "document_status": card.document_status,
        "document_note": card.document_note,
        "origin_note": card.origin_note,
        "copy_note": card.copy_note,
        "printings": reach.printings,
        "outlets": reach.outlets,
        "origins": ", ".join(reach.origins),
        "reach": str(reach),
    }
