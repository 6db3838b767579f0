"""claims sources import and relink."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from claims.cli.context import fresh_id, open_database, reviewer_name
from claims.cli.editing import SigningOptions, signing_options
from claims.cli.options import encoding_option
from claims.cli.output import Row, counted, format_option, show_rows
from claims.cli.reading import report_problem, standard_input

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.database.engine import OpenSession
    from claims.ingest.run import IngestRun
    from claims.model.decision import Signature
    from claims.sources.import_authority import AuthorityImport

PAGE = 500
"""Sources that are relinked in one transaction."""


@click.command("import")
@click.argument("path", type=click.Path())
@click.option(
    "--format",
    "input_format",
    type=click.Choice(["csv", "xlsx", "jsonl", "ftm"]),
    help="Format of the file; detected from name and content if omitted.",
)
@click.option(
    "--register", help="Name under which the authority is recorded; default: the file's name."
)
@encoding_option
@click.option("--dry-run", is_flag=True, help="Report what would be imported, but change nothing.")
@signing_options
def import_sources(
    path: str,
    input_format: str | None,
    register: str | None,
    *,
    encoding: str | None,
    dry_run: bool,
    **signing: Unpack[SigningOptions],
) -> int:
    """Import an authority file of persons and organisations.

    PATH may be - for standard input. The formats are a sheet (CSV or Excel) with the columns name,
    id, kind, aliases (separated by semicolons), wikidata, country, homepage, description, role,
    organisation, from and until; JSON lines with the same keys and a list of roles; and
    FollowTheMoney entities.
    Importing the same file again adds what is new and overwrites nothing.
    """
    from claims.ingest.authority import import_authority
    from claims.model.problem import Problem
    from claims.readers.authorities.source import (
        AuthorityFormat,
        read_authority,
        read_authority_stream,
    )

    chosen = AuthorityFormat(input_format) if input_format else None
    if path == "-":
        records = read_authority_stream(path, standard_input(), chosen, encoding=encoding)
    else:
        records = read_authority(path, chosen, encoding=encoding)
    authority = register or ("standard input" if path == "-" else Path(path).stem)
    entries = [one for one in records if not isinstance(one, Problem)]
    sums: Counter[str] = Counter()
    with open_database() as database:

        def prepare(session: "OpenSession") -> "AuthorityImport":
            from claims.sources.import_authority import make_import

            return make_import(authority, entries, _signatures(session, signing))

        for record, outcome in import_authority(
            database,
            records,
            prepare,
            run=_ingest_run(path, authority),
            rehearse=dry_run,
        ):
            if isinstance(record, Problem):
                report_problem(record)
            sums[outcome or "problem"] += 1
    would = "would be " if dry_run else ""
    click.echo(
        f"{counted(len(entries), 'entry', 'entries')} read; {sums['added']} {would}added,"
        f" {sums['changed']} {would}changed, {sums['same']} already stored;"
        f" {counted(sums['problem'], 'problem')}."
    )
    if sums["added"] + sums["changed"] and not dry_run:
        click.echo("`claims sources relink` links old mentions to the new sources.", err=True)
    return 1 if sums["problem"] else 0


def _signatures(session: "OpenSession", signing: SigningOptions) -> "Callable[[], Signature]":
    from claims import __version__
    from claims.ledger.append import sign_in
    from claims.model.decision import Signature

    reviewer = sign_in(session, reviewer_name(signing["signer"]), fresh_id())

    def sign() -> "Signature":
        return Signature(fresh_id(), reviewer, __version__, signing["reason"])

    return sign


def _ingest_run(path: str, authority: str) -> "IngestRun":
    from claims import __version__
    from claims.extraction.version import VERSION
    from claims.ingest.run import make_run

    return make_run("sources import", (path, f"--register={authority}"), __version__, VERSION)


@click.command()
@click.option("--dry-run", is_flag=True, help="Report what would be relinked, but change nothing.")
@format_option
def relink(*, dry_run: bool, output_format: str | None) -> None:
    """Match old mentions with the present sources again.

    Mentions in proposals are linked to the source that fits the present names and offices best.
    Where a person has decided, the better source is only suggested.
    """
    from claims.sources.relink import load_page, refresh_keys
    from claims.sources.relink import relink as relink_page

    relinked = []
    with open_database() as database:
        if not dry_run:
            with database.writer() as session:
                refresh_keys(session)
        after = None
        while True:
            with database.rehearsal() if dry_run else database.writer() as session:
                page = load_page(session, after, PAGE)
                relinked += relink_page(session, page)
            if len(page) < PAGE:
                break
            after = page[-1]
    rows: list[Row] = [
        {
            "source": str(one.source)[:8],
            "name": one.name,
            "into": one.into,
            "linked": one.mentions,
            "kept": one.unchanged,
            "reason": one.reason,
        }
        for one in relinked
    ]
    if rows or output_format:
        show_rows(("source", "name", "into", "linked", "kept", "reason"), rows, output_format)
    linked = sum(one.mentions for one in relinked)
    unchanged = sum(one.unchanged for one in relinked)
    verb = "would be relinked" if dry_run else "relinked"
    click.echo(f"{counted(linked, 'mention')} {verb}, {unchanged} left as decided.", err=True)
