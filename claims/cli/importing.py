"""claims import."""

import sys
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from claims.cli.context import open_database
from claims.cli.output import counted
from claims.cli.progress import progress
from claims.cli.reading import tell

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Iterator, Mapping

    from claims.archive.importer import ImportResult
    from claims.archive.merge_result import SetAsideRow
    from claims.database.engine import Database, OpenSession
    from claims.ingest.articles import Outcome
    from claims.ingest.run import IngestRun
    from claims.model.problem import Problem
    from claims.model.quotation import ListedQuotation

FORMATS = ("archive", "csv", "quotebank", "gqg")


@click.command("import")
@click.argument("path", metavar="FILE", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Format of the file; found out by content unless given.",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column of a CSV sheet holds speaker, quote, outlet, date, url, title, id or kind;"
    " kept for sheets with the same columns.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, but change nothing.")
def import_file(path: str, form: str | None, mapped: tuple[str, ...], *, dry_run: bool) -> int:
    """Take in an archive or quotations.

    Quotations are a newsroom's CSV sheet, Quotebank or GDELT's Global Quotation Graph; each becomes
    a proposal that stands in no article. An archive (`claims export --format archive`) into an
    empty database gives the same database again; into another one it adds what is new and
    overwrites nothing. Files may be packed with gzip or bzip2. A row that cannot be taken is
    reported, kept as a problem, and does not stop the others; the same again adds nothing.
    """
    from claims.readers.quotes.source import ImportFormat, detect, open_packed

    place = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    with open_packed(path) as stream:
        chosen = ImportFormat(form) if form else detect(stream)
        if chosen is ImportFormat.ARCHIVE:
            return _take_archive(stream, place, dry_run=dry_run)
        records = _records(stream, place, chosen, mapped)
        run = _ingest_run(place, chosen, "quotes/1")
        with open_database() as database:
            return _import_quotes(database, records, run, dry_run=dry_run)


def _take_archive(stream: "io.BufferedReader", place: str, *, dry_run: bool) -> int:
    from claims.archive.importer import ArchiveImporter
    from claims.archive.read import Archive
    from claims.ingest.problems import save_problem

    archive = Archive(stream, place)
    run = _ingest_run(place, "archive", "archive/1")

    def keep(session: "OpenSession", aside: "SetAsideRow") -> None:
        problem = _problem_of(aside, place)
        save_problem(session, problem, run)
        tell(problem)

    rows = sum(archive.head.tables.values())
    with open_database() as database, progress("rows", lambda: rows) as told:
        taken = ArchiveImporter(database, keep, told, rehearse=dry_run).take(archive)
    _say(taken, rows, dry_run=dry_run)
    return 1 if taken.merged.aside else 0


def _problem_of(aside: "SetAsideRow", place: str) -> "Problem":
    from claims.model.problem import Problem, Reason

    return Problem(place, Reason(aside.why), aside.detail, aside.line, aside.table, aside.key)


def _say(taken: "ImportResult", rows: int, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    if taken.restored is not None:
        claims, decisions = taken.restored["claim"], taken.restored["decision"]
        click.echo(
            f"{counted(rows, 'row')} {would}restored: {counted(claims, 'claim')},"
            f" {counted(decisions, 'decision')}; every law holds."
        )
        return
    merged = taken.merged
    click.echo(
        f"{counted(rows, 'row')} read, {merged.known} known before, {merged.newer.total()} decided"
        f" on here since; {merged.added.total()} {would}added,"
        f" {merged.aside.total()} {would}kept aside."
    )


def _records(
    stream: "io.BufferedReader", place: str, form: str, mapped: tuple[str, ...]
) -> "Iterator[ListedQuotation | Problem]":
    from claims.readers.quotes.jsonl import read_gqg, read_quotebank
    from claims.readers.quotes.sheet import read_header, read_sheet

    if form == "quotebank":
        return read_quotebank(stream, place)
    if form == "gqg":
        return read_gqg(stream, place)
    names, delimiter = read_header(stream)
    mapping = _mapping(names, mapped)
    return read_sheet(stream, place, names, delimiter=delimiter, mapping=mapping)


def _mapping(names: list[str], mapped: tuple[str, ...]) -> "Mapping[str, str]":
    """Which column holds what: as given, as kept, as usual, or as somebody at the terminal says."""
    from claims.cli.mapping import keep_mapping, kept_mapping
    from claims.readers.quotes.sheet import FIELDS, NEEDED, guess_columns, require_columns

    given = dict(part.partition("=")[::2] for part in mapped)
    mapping = {**(kept_mapping(names) or guess_columns(names)), **given}
    if not all(field in mapping for field in NEEDED) and sys.stdin.isatty():
        click.echo(f"The sheet's columns: {', '.join(names)}", err=True)
        for field in FIELDS:
            said = click.prompt(
                f"Which one holds {field}? (Enter for none)",
                default=mapping.get(field, ""), show_default=bool(mapping.get(field)), err=True,
            ).strip()  # fmt: skip
            if said:
                mapping[field] = said
    require_columns(mapping, names)
    keep_mapping(names, mapping)
    return mapping


def _import_quotes(
    database: "Database",
    records: "Iterable[ListedQuotation | Problem]",
    run: "IngestRun",
    *,
    dry_run: bool,
) -> int:
    from claims.ingest.quotes import ingest_quotes
    from claims.model.problem import Problem

    sums: Counter[str] = Counter()
    outcomes: Iterator[Outcome] = ingest_quotes(
        database, records, run=run, clock=lambda: datetime.now(UTC), rehearse=dry_run
    )
    with progress("quotations", lambda: None) as told:
        for outcome in outcomes:
            told("quotations", 1)
            if isinstance(outcome.record, Problem):
                tell(outcome.record)
                sums["problems"] += 1
            else:
                sums["read"] += 1
                sums["before"] += not outcome.new and not outcome.claims
                sums["claims"] += outcome.claims
    done = "would be stored" if dry_run else "stored"
    click.echo(
        f"{counted(sums['read'], 'quotation')} read, {sums['before']} known before;"
        f" {counted(sums['claims'], 'proposal')} {done}; {counted(sums['problems'], 'problem')}."
    )
    return 1 if sums["problems"] else 0


def _ingest_run(place: str, form: str, reader: str) -> "IngestRun":
    from claims import __version__
    from claims.ingest.run import make_run

    return make_run("import", (place, f"--format={form}"), __version__, reader)
