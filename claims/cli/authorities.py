"""claims sources import and relink."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claims.cli.context import fresh_id, open_database, reviewer_name
from claims.cli.editing import signing_options
from claims.cli.output import counted, format_option, show_rows
from claims.cli.reading import tell

if TYPE_CHECKING:
    from claims.database.engine import OpenSession
    from claims.ingest.run import IngestRun
    from claims.model.decision import Signature
    from claims.sources.import_authority import AuthorityImport

PAGE = 500
"""Sources a transaction that are linked anew."""


@click.command("import")
@click.argument("path", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "ftm"]),
    help="Format of the register; found out by name and content unless given.",
)
@click.option("--register", help="The register's name; the file's name unless given.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, but change nothing.")
@signing_options
def import_sources(path: str, form: str | None, register: str | None, **given: Any) -> int:  # noqa: ANN401
    """Take in a register of persons and bodies.

    PATH may be - for standard input. CSV with the columns name, id, kind, aliases (parted by ;),
    wikidata, country, homepage, description, role, organisation, from, until; the same as JSON
    lines with a list of roles; or FollowTheMoney entities. Importing it again adds what is new and
    overwrites nothing.
    """
    from claims.ingest.authority import import_authority
    from claims.model.problem import Problem
    from claims.readers.authorities.source import (
        AuthorityFormat,
        read_authority,
        read_authority_bytes,
    )

    chosen = AuthorityFormat(form) if form else None
    if path == "-":
        records = read_authority_bytes(path, sys.stdin.buffer.read(), chosen)
    else:
        records = read_authority(path, chosen)
    named = register or ("standard input" if path == "-" else Path(path).stem)
    entries = [one for one in records if not isinstance(one, Problem)]
    names = {entry.key: (entry.name, entry.kind) for entry in entries}
    sums: Counter[str] = Counter()
    with open_database() as database:

        def prepare(session: "OpenSession") -> "AuthorityImport":
            from claims.sources.import_authority import AuthorityImport

            return AuthorityImport(
                named, names, _signing(session, given["signer"], given["reason"])
            )

        for record, taken in import_authority(
            database,
            records,
            prepare,
            run=_ingest_run(path, named),
            rehearse=given["dry_run"],
        ):
            if isinstance(record, Problem):
                tell(record)
            sums[taken or "problem"] += 1
    done = "would be " if given["dry_run"] else ""
    click.echo(
        f"{counted(len(entries), 'entry', 'entries')} read; {sums['added']} {done}added,"
        f" {sums['changed']} {done}changed, {sums['same']} known before;"
        f" {counted(sums['problem'], 'problem')}."
    )
    if sums["added"] + sums["changed"] and not given["dry_run"]:
        click.echo("claims sources relink links old mentions with what is known now.", err=True)
    return 1 if sums["problem"] else 0


def _signing(session: "OpenSession", name: str | None, reason: str | None) -> Any:  # noqa: ANN401
    from claims import __version__
    from claims.ledger.append import sign_in
    from claims.model.decision import Signature

    reviewer = sign_in(session, reviewer_name(name), fresh_id())

    def sign() -> "Signature":
        return Signature(fresh_id(), reviewer, __version__, reason)

    return sign


def _ingest_run(path: str, authority: str) -> "IngestRun":
    from claims import __version__
    from claims.extraction.version import VERSION
    from claims.ingest.run import make_run

    return make_run("sources import", (path, f"--register={authority}"), __version__, VERSION)


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would happen, but change nothing.")
@format_option
def relink(*, dry_run: bool, form_of_output: str | None) -> None:
    """Link old mentions anew.

    With the names and offices known now, mentions of proposals are linked anew. What a person
    decided stays as it is; the better source is suggested beside it.
    """
    from claims.sources.relink import load_page, refresh_keys
    from claims.sources.relink import relink as relink_page

    found = []
    with open_database() as database:
        if not dry_run:
            with database.writer() as session:
                refresh_keys(session)
        after = None
        while True:
            with database.rehearsal() if dry_run else database.writer() as session:
                page = load_page(session, after, PAGE)
                found += relink_page(session, page)
            if len(page) < PAGE:
                break
            after = page[-1]
    rows = [
        {
            "source": str(one.source)[:8],
            "name": one.name,
            "into": one.into,
            "linked": one.mentions,
            "kept": one.kept,
            "reason": one.reason,
        }
        for one in found
    ]
    if rows:
        show_rows(("source", "name", "into", "linked", "kept", "reason"), rows, form_of_output)
    linked, kept = sum(one.mentions for one in found), sum(one.kept for one in found)
    done = "would be linked" if dry_run else "linked"
    click.echo(f"{counted(linked, 'mention')} {done} anew, {kept} kept as decided.", err=True)
