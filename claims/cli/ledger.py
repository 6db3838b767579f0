"""claims ledger: show, verify, export."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import click
from click.core import ParameterSource

from claims.cli.context import open_to_read
from claims.cli.options import force_option, output_option, read_only_url_option
from claims.cli.output import counted, format_option, show_rows
from claims.cli.streams import output_for_programs

if TYPE_CHECKING:
    from claims.ledger.chain import Verdict

COLUMNS = ("no", "at", "by", "action", "subject", "change", "reason")

MOST_SHOWN = 20
"""Differences that `verify` prints; the others are only counted."""


@click.group()
def ledger() -> None:
    """Show, verify and export the ledger of decisions.

    Rows are only ever added. Each row holds the digest of the row before it, so that a change to
    any row is found.
    """


@ledger.command()
@click.option("--claim", metavar="ID", help="Show only decisions on this claim, all of them.")
@click.option("--last", type=click.IntRange(1), default=50, show_default=True,
              help="Number of decisions to show.")  # fmt: skip
@format_option
@read_only_url_option
def show(claim: str | None, last: int, output_format: str | None) -> None:
    """Show the latest decisions, oldest first."""
    from claims.catalogue.find import find_claim
    from claims.ledger.append import load_rows

    with open_to_read() as database, database.reader() as session:
        subject = find_claim(session, claim) if claim else None
        rows = [
            {
                "no": row.no,
                "at": row.at[:19] + "Z",
                "by": row.signed,
                "action": row.action,
                "subject": f"{row.subject_kind} {row.subject[:8]}",
                "change": f"{row.before} to {row.after}",
                "reason": row.reason,
                "decision": row.id,
                "subject_id": row.subject,
                "revision": row.revision,
                "undoes": row.undoes,
                "digest": row.digest,
            }
            for row in load_rows(session, subject=subject, last=None if subject else last)
        ]
    show_rows(COLUMNS, rows, output_format)


@ledger.command()
@click.argument("exported", metavar="[FILE]", required=False)
@click.option("--head", help="A digest kept outside the database; fail unless a row has it.")
@click.option(
    "--chain-only",
    is_flag=True,
    help="Check the chain only, not the claims, sources and documents.",
)
@read_only_url_option
def verify(exported: str | None, head: str | None, *, chain_only: bool) -> None:
    """Verify the chain and name the first row that was changed.

    In the database, also check that each claim, source and document agrees with its decisions.
    With FILE, verify an exported ledger (- for standard input); this needs no database.
    """
    if exported is not None:
        _print_verdict(_verify_file(exported, head), exported)
        return
    from claims.ledger import chain
    from claims.ledger.append import load_end, load_rows

    with open_to_read() as database, database.reader() as session:
        end = load_end(session)
        verdict = chain.verify(load_rows(session), end.digest, number=end.no, pinned=head)
        _print_verdict(verdict, "ledger")
        if not chain_only:
            from claims.ledger.consistency import count_without_digest, find_differences
            from claims.sources.lexicon import registered_names

            differences = find_differences(session, registered_names())
            _print_differences([str(one) for one in differences])
            older = count_without_digest(session)
            if older:
                click.echo(
                    f"{counted(older, 'claim')} decided before decisions named a digest: what the"
                    " machine proposed of them is not checked.",
                    err=True,
                )


def _verify_file(exported: str, head: str | None) -> "Verdict":
    from claims.ledger.lines import verify_lines
    from claims.readers.packed import open_file

    if exported == "-":
        return verify_lines(sys.stdin.buffer, head)
    with open_file(exported) as lines:
        return verify_lines(lines, head)


def _print_verdict(verdict: "Verdict", location: str) -> None:
    from claims.ledger.errors import LedgerBrokenError

    if verdict.problem:
        row = verdict.broken
        who = (row.signed or f"by reviewer {row.reviewer}") if row else ""
        signed = f", signed {who}, {row.action} {row.subject_kind} {row.subject}" if row else ""
        raise LedgerBrokenError(location, f"{verdict.problem}{signed}; {verdict.held}")
    checked = counted(verdict.rows, "decision")
    click.echo(f"{checked} checked, the chain holds. Head: {verdict.head}")
    if verdict.clock_back:
        rows = ", ".join(map(str, verdict.clock_back[:MOST_SHOWN]))
        click.echo(f"The server's clock was set back before row {rows}.", err=True)


def _print_differences(differences: list[str]) -> None:
    from claims.ledger.errors import TablesDifferError

    if not differences:
        click.echo("Claims, sources and documents agree with their decisions.")
        return
    for line in differences[:MOST_SHOWN]:
        click.echo(line)
    raise TablesDifferError("ledger", f"{counted(len(differences), 'difference')}")


@ledger.command()
@output_option("Output file")
@click.option(
    "--checker",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a program to this file that verifies exported ledgers; it needs only Python.",
)
@click.option(
    "--claims",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write what the decisions left of each claim, for the program of --checker.",
)
@force_option
@read_only_url_option
def export(output: Path | None, checker: Path | None, claims: Path | None, *, force: bool) -> None:
    """Export the ledger as JSON lines.

    Writes one line per decision, with each column as the text that is hashed, then a line with the
    head. Keep the file, or at least its last digest, where those who can change the database cannot
    change it.
    """
    from claims.exchange.file import whole_file
    from claims.ledger.lines import CHECKER

    if checker is not None:
        with whole_file(checker, force=force) as out:
            out.write(CHECKER.read_bytes())
        click.echo(f"Check with: python3 {checker} FILE", err=True)
        if claims is None and not _asked_for_output():
            return
    with ExitStack() as files:
        target = None if claims is None else files.enter_context(whole_file(claims, force=force))
        if output is None:
            out = output_for_programs()
            written = _export(out, target)
            out.flush()  # what nobody read or no disk took is not told as written
        else:
            written = _export(files.enter_context(whole_file(output, force=force)), target)
    where = f" to {output}" if output else ""
    count = counted(written.decisions, "decision")
    click.echo(f"{count} written{where}. Head: {written.head}", err=True)
    if claims is not None:
        click.echo(f"{counted(written.claims, 'claim')} written to {claims}.", err=True)


def _asked_for_output() -> bool:
    source = click.get_current_context().get_parameter_source("output")
    return source is not ParameterSource.DEFAULT


class _Written(NamedTuple):
    """What an export wrote, and the digest that the ledger ends with."""

    decisions: int
    head: str
    claims: int


def _export(out: IO[bytes], target: IO[bytes] | None) -> _Written:
    """Write the ledger, and what its decisions left of claims, of one moment."""
    from claims.ledger.append import load_end, load_rows
    from claims.ledger.consistency import load_digested
    from claims.ledger.lines import write_claims, write_ledger

    with open_to_read() as database, database.reader() as session:
        end = load_end(session)
        decisions = write_ledger(load_rows(session), end, out)
        count = 0 if target is None else write_claims(load_digested(session), target)
        return _Written(decisions, end.digest, count)
