"""claims import."""

import sys
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from claims.cli.compare import compare_all
from claims.cli.context import open_database
from claims.cli.options import encoding_option
from claims.cli.output import counted
from claims.cli.progress import progress
from claims.cli.reading import report_problem, standard_input

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
    from claims.readers.quotes.source import ImportFormat

FORMATS = ("archive", "csv", "xlsx", "claimreview", "quotebank", "gqg")


class SheetOptions(TypedDict):
    """How a sheet is to be read."""

    columns: tuple[str, ...]
    day_order: str | None
    sheet: str | None
    encoding: str | None


@click.command("import")
@click.argument("path", metavar="FILE", type=click.Path())
@click.option(
    "--format",
    "input_format",
    type=click.Choice(FORMATS),
    help="Format of the file; detected from its content if omitted.",
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Name the column of a sheet that holds speaker, quote, outlet, date, url, title, id"
    " or kind; remembered for sheets with the same columns.",
)
@click.option(
    "--day-order",
    type=click.Choice(["dmy", "mdy"]),
    help="How a sheet writes days in figures: 03/05/2024 may be two days.",
)
@click.option("--sheet", help="Sheet of a workbook; the first one if omitted.")
@encoding_option
@click.option("--dry-run", is_flag=True, help="Report what would be imported, but change nothing.")
def import_file(
    path: str,
    input_format: str | None,
    *,
    dry_run: bool,
    **options: Unpack[SheetOptions],
) -> int:
    """Import an archive or a list of quotations.

    Quotations come from a newsroom's sheet (CSV or Excel), its fact-checks (ClaimReview as JSON-LD,
    one or a feed), Quotebank or GDELT's Global Quotation Graph. Each becomes a proposal that
    belongs to no article.

    An archive, written by `claims export --format archive`, restores the same database if this one
    is empty. Otherwise it adds what is new and overwrites nothing. What is alike is then compared
    anew; if that is interrupted, `claims compare` goes on with it.

    FILE may be - for standard input, and compressed with gzip or bzip2. A row that cannot be
    imported is reported and stored as a problem; the others are imported. Importing the same file
    again adds nothing.
    """
    from claims.readers.quotes.source import ImportFormat, detect

    file = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    with _opened(path) as stream:
        chosen = ImportFormat(input_format) if input_format else detect(stream)
        if chosen is ImportFormat.ARCHIVE:
            return _import_archive(stream, file, dry_run=dry_run)
        records = _up_to_damage(_records(stream, file, chosen, options), file)
        run = _ingest_run(file, chosen, "quotes/1")
        with open_database() as database:
            return _import_quotes(database, records, run, dry_run=dry_run)


@contextmanager
def _opened(path: str) -> "Iterator[io.BufferedReader]":
    """The bytes of a file or of standard input, unpacked."""
    from claims.readers.packed import open_packed, unpack

    if path != "-":
        with open_packed(path) as stream:
            yield stream
        return
    with unpack(path, standard_input()) as stream:
        yield stream


def _import_archive(stream: "io.BufferedReader", file: str, *, dry_run: bool) -> int:
    from claims.archive.importer import ArchiveImporter
    from claims.archive.read import Archive
    from claims.ingest.problems import save_problem
    from claims.ledger.consistency import find_differences
    from claims.sources.lexicon import registered_names

    archive = Archive(stream, file)
    run = _ingest_run(file, "archive", "archive/1")

    def set_aside(session: "OpenSession", row: "SetAsideRow") -> None:
        problem = _problem_of(row, file)
        save_problem(session, problem, run)
        report_problem(problem)

    rows = sum(archive.head.tables.values())
    with open_database() as database:
        with progress("rows", lambda: rows) as advance:
            importer = ArchiveImporter(
                database,
                set_aside,
                lambda session: map(str, find_differences(session, registered_names())),
                advance,
                rehearse=dry_run,
            )
            result = importer.run(archive)
        _print_summary(result, rows, dry_run=dry_run)
        if not dry_run:
            # An archive holds no comparison: it is made again, and may go on after a kill.
            click.echo(compare_all(database))
    return 1 if result.merged.set_aside else 0


def _problem_of(row: "SetAsideRow", file: str) -> "Problem":
    from claims.model.problem import Problem, Reason

    return Problem(file, Reason(row.why), row.detail, row.line, row.table, row.key)


def _print_summary(result: "ImportResult", rows: int, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    if result.restored is not None:
        claims, decisions = result.restored["claim"], result.restored["decision"]
        click.echo(
            f"{counted(rows, 'row')} {would}restored: {counted(claims, 'claim')},"
            f" {counted(decisions, 'decision')}; every constraint holds."
        )
        return
    merged = result.merged
    click.echo(
        f"{counted(rows, 'row')} read, {merged.unchanged} already stored,"
        f" {merged.newer.total()} newer here; {merged.added.total()} {would}added,"
        f" {merged.set_aside.total()} {would}set aside."
    )


def _records(
    stream: "io.BufferedReader", file: str, chosen: "ImportFormat", options: SheetOptions
) -> "Iterator[ListedQuotation | Problem]":
    from claims.readers.days import DayOrder
    from claims.readers.quotes.claimreview import read_claimreview
    from claims.readers.quotes.jsonl import read_gqg, read_quotebank
    from claims.readers.quotes.sheet import open_sheet, read_sheet

    if chosen == "claimreview":
        return read_claimreview(stream, file)
    if chosen == "quotebank":
        return read_quotebank(stream, file)
    if chosen == "gqg":
        return read_gqg(stream, file)
    table = open_sheet(stream, file, options["sheet"], encoding=options["encoding"])
    mapping = _mapping(table.names, options["columns"])
    order = options["day_order"]
    return read_sheet(table, file, mapping, day_order=DayOrder(order) if order else None)


def _up_to_damage(
    records: "Iterator[ListedQuotation | Problem]", file: str
) -> "Iterator[ListedQuotation | Problem]":
    """The records of a packed file as far as it can be unpacked, then the problem."""
    from claims.model.problem import Problem
    from claims.readers.unpack import PackedError

    try:
        yield from records
    except PackedError as error:
        yield Problem(file, error.reason, error.detail)


def _mapping(names: list[str], columns: tuple[str, ...]) -> "Mapping[str, str]":
    """The column of each field: from --map, remembered, guessed, or asked for on a terminal."""
    from claims.cli.mapping import remember_mapping, remembered_mapping
    from claims.readers.quotes.sheet import FIELDS, NEEDED, guess_columns, require_columns

    named = dict(part.partition("=")[::2] for part in columns)
    mapping = {**(remembered_mapping(names) or guess_columns(names)), **named}
    if not all(field in mapping for field in NEEDED) and sys.stdin.isatty():
        click.echo(f"Columns of the sheet: {', '.join(names)}", err=True)
        for field in FIELDS:
            column = click.prompt(
                f"Which column holds the {field}? (Enter for none)",
                default=mapping.get(field, ""), show_default=bool(mapping.get(field)), err=True,
            ).strip()  # fmt: skip
            if column:
                mapping[field] = column
    require_columns(mapping, names)
    remember_mapping(names, mapping)
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
    with progress("quotations", lambda: None) as advance:
        for outcome in outcomes:
            advance("quotations", 1)
            if isinstance(outcome.record, Problem):
                report_problem(outcome.record)
                sums["problems"] += 1
            else:
                sums["read"] += 1
                sums["before"] += not outcome.new and not outcome.claims
                sums["claims"] += outcome.claims
    stored = "would be stored" if dry_run else "stored"
    click.echo(
        f"{counted(sums['read'], 'quotation')} read, {sums['before']} already stored;"
        f" {counted(sums['claims'], 'proposal')} {stored}; {counted(sums['problems'], 'problem')}."
    )
    return 1 if sums["problems"] else 0


def _ingest_run(file: str, input_format: str, reader: str) -> "IngestRun":
    from claims import __version__
    from claims.ingest.run import make_run

    return make_run("import", (file, f"--format={input_format}"), __version__, reader)
