"""claims about, drift, spread: questions across articles."""

from datetime import UTC
from typing import TYPE_CHECKING

import click

from claims.cli.context import open_to_read
from claims.cli.options import read_only_url_option
from claims.cli.output import Row, format_option, show_json, show_rows
from claims.model.kinds import Mode

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator, Sequence

    from claims.comparison.drift import Change
    from claims.comparison.pairs import Pair
    from claims.comparison.printing import Printing
    from claims.database.engine import OpenSession

ABOUT = (
    "id", "printed", "speaker", "mode", "form", "printings", "outlets", "origins", "words",
)  # fmt: skip
ABOUT_TABLE = ("id", "printed", "speaker", "form", "printings", "origins", "reported")
PAIRS = ("relation", "id", "other", "speaker", "moment", "words")
COLOURS = {"cut": "red", "new": "green", "calm": "bright_black"}

PICTURES = click.Choice(["text", "json", "dot", "svg"])
FACTS = click.Choice(["plain", "json"])


@click.command()
@click.argument("topic", metavar="WORDS|SPEAKER", nargs=-1, required=True)
@click.option("--words", is_flag=True, help="Take the words for words even if a source has them.")
@click.option("--contradictions", is_flag=True,
              help="List pairs that contradict each other, or whose words clash.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True,
              help="Number of utterances to list.")  # fmt: skip
@format_option
@read_only_url_option
def about(
    topic: tuple[str, ...],
    *,
    words: bool,
    contradictions: bool,
    limit: int,
    output_format: str | None,
) -> None:
    """Say who said what of something, the earliest first.

    SPEAKER is a source's name; any other words are searched for. Reports of one utterance are one
    line, with how often it was printed and who heard it. A clash of words is a question to a
    person: whether two reports contradict each other is settled in review.
    """
    from claims.comparison.pairs import find_pairs
    from claims.utterances.printings import (
        fold_claims,
        load_printings,
        load_refused,
        load_settled,
    )

    with open_to_read() as database, database.reader() as session:
        claims = _claims_about(session, " ".join(topic), as_words=words)
        utterances = load_printings(session, fold_claims(session, claims, limit=limit))
        if contradictions:
            shown = [each.claim for reports in utterances.values() for each in reports]
            settled = load_settled(session, shown)
            refused = load_refused(session, shown)
    if contradictions:
        pairs = find_pairs(list(utterances.values()), settled, refused)
        _show(PAIRS, [_pair_row(pair) for pair in pairs], output_format)
        if not pairs:
            click.echo("No two reports of it clash, as far as their words show.", err=True)
        return
    rows = [_about_row(reports) for reports in utterances.values() if reports]
    _show(ABOUT, rows, output_format, ABOUT_TABLE)
    if not rows:
        click.echo("Nobody is reported to have said anything of it.", err=True)
    elif len(rows) == limit:
        click.echo(f"The earliest {limit} are shown. --limit shows more.", err=True)


def _show(
    columns: tuple[str, ...],
    rows: list[Row],
    output_format: str | None,
    table: tuple[str, ...] | None = None,
) -> None:
    if rows or output_format in {"json", "csv"}:
        show_rows(columns, rows, output_format, table=table)


def _claims_about(session: "OpenSession", topic: str, *, as_words: bool) -> "list[uuid.UUID]":
    """The claims of the source with this name, else those with these words."""
    from claims.catalogue.card import Filters
    from claims.catalogue.find import RANKED, search_claims
    from claims.sources.cards import load_heading, load_members
    from claims.sources.find import find_speaker
    from claims.sources.timeline import timeline_query

    source = None if as_words else find_speaker(session, topic)
    if source is None:
        return search_claims(session, topic, limit=RANKED)
    card = load_heading(session, source)
    click.echo(f"What {card.name} is reported to have said. --words searches the words.", err=True)
    members = load_members(session, source)
    return list(session.scalars(timeline_query(members, Filters(), RANKED)))


def _about_row(reports: "Sequence[Printing]") -> Row:
    from claims.comparison.printing import reach_of

    first, reach = reports[0], reach_of(reports)
    return {
        "id": first.short_id,
        "printed": first.printed_on,
        "speaker": first.speaker.name,
        "mode": first.speaker.mode,
        "form": first.form,
        "printings": reach.printings,
        "outlets": reach.outlets,
        "origins": ", ".join(reach.origins),
        "words": first.text,
        "reported": first.reported,
        "utterance": str(first.utterance),
        "reach": str(reach),
        "reports": [_report(report) for report in reports],
    }


def _report(report: "Printing") -> Row:
    return {
        "claim": str(report.claim),
        "status": report.status,
        "outlet": report.outlet,
        "published_at": report.published_at.astimezone(UTC).isoformat()
        if report.published_at
        else None,
        "url": report.url,
        "document_status": report.document_status,
        "mode": report.speaker.mode,
        "words": report.text,
        "reported": report.reported,
    }


def _pair_row(pair: "Pair") -> Row:
    return {
        "relation": pair.relation,
        "id": pair.one.short_id,
        "other": pair.other.short_id,
        "speaker": pair.one.speaker.name,
        "moment": pair.moment,
        "words": pair.words,
        "settled": pair.settled,
        "claim": str(pair.one.claim),
        "other_claim": str(pair.other.claim),
        "other_speaker": pair.other.speaker.name,
        "reported": pair.one.reported,
        "other_reported": pair.other.reported,
        "reason": pair.reason,
    }


@click.command()
@click.argument("claim", metavar="ID")
@click.argument("other", metavar="[OTHER]", required=False)
@click.option("--format", "output_format", type=FACTS, default="plain", show_default=True,
              help="Output format.")  # fmt: skip
@read_only_url_option
def drift(claim: str, other: str | None, output_format: str) -> None:
    """Show how the words of an utterance changed from printing to printing.

    Each printing is compared with the first one. In its words, [- -] stands around what it left
    out and {+ +} around what it has instead. Give a second claim to compare just these two.
    """
    from claims.comparison.printing import reach_of

    reports = _load_reports(claim, other)
    first, compared = reports[0], list(_compared(reports))
    if output_format == "json":
        show_json({
            "reach": str(reach_of(reports)),
            "first": _report(first),
            "printings": [_drift_row(report, changes) for report, changes in compared],
        })  # fmt: skip
        return
    click.echo(str(reach_of(reports)))
    click.echo(f"\n{_heading(first)}\n   {first.reported}")
    for report, changes in compared:
        click.echo(f"\n{_heading(report)}")
        for line in _drift_lines(first, changes):
            click.echo(f"   {line}")


def _load_reports(claim: str, other: str | None) -> "list[Printing]":
    from claims.catalogue.find import find_open_claim
    from claims.utterances.printings import load_printings_of

    with open_to_read() as database, database.reader() as session:
        ids = [find_open_claim(session, prefix) for prefix in (claim, other) if prefix]
        reports = load_printings_of(session, ids[0])
        if other is None:
            return reports
        both = {report.claim: report for report in load_printings_of(session, ids[1]) + reports}
    return [both[id_] for id_ in dict.fromkeys(ids)]


def _compared(
    reports: "Sequence[Printing]",
) -> "Iterator[tuple[Printing, tuple[Change, ...]]]":
    from claims.comparison.drift import compare_wordings

    for report in reports[1:]:
        yield report, compare_wordings(reports[0].text, report.text)


def _heading(report: "Printing") -> str:
    from claims.text.display import visible

    through = "".join(f", through {visible(name)}" for name in report.through)
    status = "" if report.document_status == "usable" else f", article {report.document_status}"
    stance = "" if report.speaker.mode == Mode.SAYS else f", {report.speaker.mode}"
    outlet = visible(report.outlet_name)
    return (
        f"{report.short_id}  {report.printed_on}  {outlet}, {report.form}{stance}{through}{status}"
    )


def _drift_lines(first: "Printing", changes: "Sequence[Change]") -> "Iterator[str]":
    from claims.comparison.drift_text import describe_change, draw_changes

    if not changes:
        yield "the same words"
        return
    yield draw_changes(first.text, changes, lambda part, text: click.style(text, COLOURS[part]))
    for change in changes:
        yield f"- {describe_change(change)}"


def _drift_row(report: "Printing", changes: "Sequence[Change]") -> Row:
    from claims.comparison.drift import kinds_of

    return {
        **_report(report),
        "form": report.form,
        "through": list(report.through),
        "kinds": [str(kind) for kind in kinds_of(changes)],
        "drift": any(change.is_drift for change in changes),
        "changes": [
            {
                "kinds": [str(kind) for kind in change.kinds],
                "drift": change.is_drift,
                "first_span": list(change.old),
                "span": list(change.new),
                "first_words": change.old_words,
                "words": change.new_words,
            }
            for change in changes
        ],
    }


@click.command()
@click.argument("claim", metavar="ID")
@click.option("--format", "output_format", type=PICTURES, default="text", show_default=True,
              help="Output format; dot is for Graphviz, svg a picture.")  # fmt: skip
@read_only_url_option
def spread(claim: str, output_format: str) -> None:
    """Draw how an utterance spread: the speaker, agencies, outlets, copies.

    Times are UTC; + is how long after the first printing.
    """
    from claims.comparison.drawing import as_dot, as_json, as_svg, as_text
    from claims.comparison.printing import reach_of
    from claims.comparison.spread import build_spread

    reports = _load_reports(claim, None)
    tree = build_spread(reports)
    title = f"{reports[0].speaker.name}: {reach_of(reports)}"
    if output_format == "json":
        show_json(
            {"reach": str(reach_of(reports)), "reported": reports[0].reported, **as_json(tree)}
        )
    elif output_format == "dot":
        click.echo(as_dot(tree), nl=False)
    elif output_format == "svg":
        click.echo(as_svg(tree, title), nl=False)
    else:
        click.echo(f"“{_bare(reports[0].reported)}”\n{reach_of(reports)}\n")
        for line in as_text(tree):
            click.echo(line)


def _bare(words: str) -> str:
    from claims.text.display import visible

    return visible(words).strip('"“”')
