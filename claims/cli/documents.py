"""claims documents list and show, claims versions, claims diff."""

import sys
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from claims.cli.anchoring import anchor
from claims.cli.context import open_to_read
from claims.cli.options import DAY, read_only_url_option, require_order
from claims.cli.output import (
    Row,
    facts_format_option,
    format_option,
    show_json,
    show_open_notices,
    show_rows,
)
from claims.cli.settling import copy_of, origin, own_report
from claims.cli.withdrawals import correct, lift_embargo, restore, withdraw
from claims.model.kinds import DocumentStatus
from claims.model.notice import until_text

if TYPE_CHECKING:
    import uuid

    from claims.documents.diff import Paragraph, Stretch
    from claims.model.document import DocumentLine, VersionLine

COLUMNS = ("id", "published", "outlet", "status", "versions", "waiting", "accepted", "title")
VERSION_COLUMNS = ("version", "current", "seen", "last", "publisher", "changed")
STATUSES = click.Choice([status.value for status in DocumentStatus])
MOST_COPIES = 100
"""Copies of an article that are listed."""

DOCUMENT_HELP = "DOCUMENT is an article's address, its id, or an unambiguous start of it."


@click.group()
def documents() -> None:
    """List and show articles: their addresses, versions and claims."""


documents.add_command(anchor)
documents.add_command(withdraw)
documents.add_command(correct)
documents.add_command(restore)
documents.add_command(lift_embargo)
documents.add_command(copy_of)
documents.add_command(own_report)
documents.add_command(origin)


class ListOptions(TypedDict):
    """Which articles to list."""

    outlet: str | None
    title: str | None
    status: str | None


@documents.command("list")
@click.option("--outlet", help="Part of the publishing outlet's name.")
@click.option("--title", help="Part of the headline.")
@click.option("--status", type=STATUSES, help="Whether the publisher stands by the article.")
@click.option("--since", type=DAY, help="First day of publication (UTC).")
@click.option("--until", type=DAY, help="Last day of publication (UTC), included.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True,
              help="Number of articles to list.")  # fmt: skip
@click.option("--after", metavar="DOCUMENT",
              help="Continue after this article, the last one of the page before.")  # fmt: skip
@format_option
@read_only_url_option
def list_documents(
    output_format: str | None,
    *,
    limit: int,
    after: str | None,
    since: datetime | None,
    until: datetime | None,
    **options: Unpack[ListOptions],
) -> None:
    """List articles, the newest first."""
    from claims.documents.find import find_document
    from claims.documents.find import list_documents as find_documents
    from claims.documents.find_notices import count_open_notices
    from claims.model.document import DocumentFilters

    require_order(since, until)
    filters = DocumentFilters(
        since=since.date() if since else None, until=until.date() if until else None, **options
    )
    with open_to_read() as database, database.reader() as session:
        start = find_document(session, after) if after else None
        lines = find_documents(session, filters, limit=limit, after=start)
        notices = count_open_notices(session)
    # Few articles are under embargo: the others need no column for it.
    columns = (*COLUMNS, "embargo") if any(line.embargo for line in lines) else COLUMNS
    show_rows(columns, [_as_row(line) for line in lines], output_format)
    show_open_notices(notices)
    if len(lines) == limit:
        more = f"claims documents list … --after {lines[-1].short_id}"
        click.echo(f"The first {limit} are shown. Next page: {more}", err=True)
    elif not lines and filters != DocumentFilters():
        click.echo("No article matches.", err=True)
    elif not lines and after is None:
        click.echo("Nothing is stored yet: `claims ingest PATH` reads articles.", err=True)


@documents.command(epilog=DOCUMENT_HELP)
@click.argument("document")
@facts_format_option
@read_only_url_option
def show(document: str, output_format: str) -> None:
    """Show everything known about one article."""
    from claims.catalogue.copy_notes import load_text_card
    from claims.catalogue.document_notes import load_document_notes
    from claims.documents.find import (
        find_document,
        load_claims,
        load_documents,
        load_names,
        load_versions,
    )

    with open_to_read() as database, database.reader() as session:
        id_ = find_document(session, document)
        [line] = load_documents(session, [id_])
        versions = load_versions(session, id_)
        names = load_names(session, id_)
        claims = load_claims(session, id_)
        note = load_document_notes(session, [id_]).get(id_)
        text = load_text_card(session, id_, limit=MOST_COPIES)
    if output_format == "json":
        show_json(
            {
                **_as_row(line),
                "status_note": note,
                "copy_of": [asdict(copy) for copy in text.copy_of],
                "origins": [asdict(origin) for origin in text.origins],
                "copies": [asdict(copy) for copy in text.copies],
                "names": [{"kind": name.kind, "name": name.name} for name in names],
                "versions": _version_rows(versions),
                "claims": [
                    {
                        "claim": str(claim.id), "status": claim.status, "speaker": claim.speaker,
                        "mode": claim.mode, "version": claim.version, "words": claim.text,
                        "reported": claim.reported, "now": claim.now,
                    }
                    for claim in claims
                ],
            }
        )  # fmt: skip
        return
    from claims.documents.card_text import DocumentNotes, describe_document

    notes = DocumentNotes(note, text)
    for fact in describe_document(line, versions, names, claims, notes=notes):
        click.echo(fact)


@click.command(epilog=DOCUMENT_HELP)
@click.argument("document")
@format_option
@read_only_url_option
def versions(document: str, output_format: str | None) -> None:
    """List the versions of an article, and which is current.

    The publisher's highest number, else its latest date, else the latest sighting decides.
    `changed` counts the words that were removed or added since the version before.
    """
    lines = _load_versions(document)[1]
    show_rows(VERSION_COLUMNS, _version_rows(lines), output_format)


@click.command(epilog=DOCUMENT_HELP)
@click.argument("document")
@click.argument("between", metavar="[OLD..NEW]", required=False)
@click.option("--format", "output_format", type=click.Choice(["words", "json"]), default="words",
              show_default=True, help="Output format.")  # fmt: skip
@read_only_url_option
def diff(document: str, between: str | None, output_format: str) -> None:
    """Show the words that changed between two versions of an article.

    OLD..NEW are numbers of versions, such as 1..3; without them the current version is compared
    with the one stored before it. Only paragraphs with a change are shown: [-removed-] {+added+}.
    Case, typography and spacing are no change.
    """
    from claims.documents.diff import changed_paragraphs, compare_words

    id_, lines = _load_versions(document)
    old, new = _chosen(lines, between, id_)
    stretches = compare_words(old.text, new.text)
    if output_format == "json":
        show_json([_as_json(stretch) for stretch in stretches])
        return
    click.echo(f"version {old.number} → version {new.number}", err=True)
    changed = list(changed_paragraphs(stretches, new.text))
    for paragraph in changed:
        click.echo(_marked(paragraph))
    if not changed:
        click.echo("No word changed.", err=True)


def _load_versions(document: str) -> "tuple[uuid.UUID, list[VersionLine]]":
    from claims.documents.find import find_document, load_versions

    with open_to_read() as database, database.reader() as session:
        id_ = find_document(session, document)
        return id_, load_versions(session, id_)


def _chosen(
    lines: "list[VersionLine]", between: str | None, document: "uuid.UUID"
) -> "tuple[VersionLine, VersionLine]":
    from claims.documents.errors import UnknownVersionError

    by_number = {line.number: line for line in lines}
    if between is None:
        new = next(line for line in lines if line.current)
        others = [line for line in lines if line is not new]
        if not others:
            raise UnknownVersionError(str(document)[:8], "it has only one")
        before = [line for line in others if line.number < new.number]
        return (before or others)[-1], new
    first, dots, second = between.partition("..")
    if not dots or not first.isdecimal() or not second.isdecimal():
        raise click.UsageError("Write two numbers of versions with two dots, such as 1..2.")
    for number in (int(first), int(second)):
        if number not in by_number:
            raise UnknownVersionError(f"version {number}", f"it has {len(lines)}")
    return by_number[int(first)], by_number[int(second)]


def _as_row(line: "DocumentLine") -> Row:
    return {
        "id": line.short_id,
        "published": line.published_at.date().isoformat() if line.published_at else None,
        "outlet": line.outlet,
        "status": line.status,
        "versions": line.versions,
        "waiting": line.waiting,
        "accepted": line.published,
        "title": line.title,
        "document": str(line.id),
        "embargoed_until": line.embargo,
        "embargo": until_text(line.embargo) if line.embargo else None,
        "url": line.url,
        "published_at": line.published_at,
    }


def _version_rows(lines: "list[VersionLine]") -> list[Row]:
    from claims.documents.diff import count_changed

    rows: list[Row] = []
    for before, line in zip([None, *lines], lines, strict=False):
        number, moment = line.publisher_version, line.publisher_time
        numbered = None if number is None else str(number)
        rows.append(
            {
                "version": line.number,
                "current": line.current,
                "seen": _minute(line.first_seen),
                "last": _minute(line.last_seen),
                "publisher": " ".join(filter(None, (numbered, _minute(moment)))) or None,
                "changed": count_changed(before.text, line.text) if before else None,
                "first_seen": line.first_seen,
                "last_seen": line.last_seen,
                "sightings": line.sightings,
                "publisher_version": number,
                "publisher_time": moment,
                "reader": line.reader,
                "version_id": str(line.id),
            }
        )
    return rows


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%MZ}" if moment else ""


def _as_json(stretch: "Stretch") -> Row:
    return {
        "change": str(stretch.change),
        "words": stretch.words,
        "start": stretch.span.start,
        "end": stretch.span.end,
    }


def _marked(paragraph: "Paragraph") -> str:
    from claims.text.display import visible

    marks = {"removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}
    line = ""
    for change, raw in paragraph:
        words = visible(raw)
        if change == "removed" and line and not line.endswith(" "):
            line += " "
        if change in marks and words:
            opening, closing, colour = marks[change]
            words = f"{opening}{words}{closing}"
            words = click.style(words, fg=colour) if sys.stdout.isatty() else words
        if change == "removed" and not line:
            words += " "
        line += words
    return line.strip()
