"""claims ledger: show, verify, export."""

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from claims.cli.context import open_database
from claims.cli.output import counted, format_option, show_rows

if TYPE_CHECKING:
    from claims.ledger.chain import Verdict

COLUMNS = ("no", "at", "by", "action", "subject", "change", "reason")

MOST_TOLD = 20
"""Lines that `verify` gives to what stands differently; the rest is counted."""


@click.group()
def ledger() -> None:
    """Show, verify and export the list of all decisions.

    Rows are only ever added; each is chained to the one before it.
    """


@ledger.command()
@click.option("--claim", metavar="ID", help="Only decisions on this claim.")
@click.option("--last", type=click.IntRange(1), default=50, show_default=True)
@format_option
def show(claim: str | None, last: int, form_of_output: str | None) -> None:
    """Show decisions in the order of the chain."""
    from claims.catalogue.find import find_claim
    from claims.ledger.append import load_rows

    with open_database() as database, database.reader() as session:
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
    show_rows(COLUMNS, rows, form_of_output)


@ledger.command()
@click.argument("exported", metavar="[FILE]", required=False)
@click.option("--head", help="A digest kept elsewhere; some row must have it.")
@click.option("--chain-only", is_flag=True, help="Leave out whether claims and sources agree.")
def verify(exported: str | None, head: str | None, *, chain_only: bool) -> None:
    """Follow the chain and name the first row that was touched.

    Of the database; then also whether each claim, source and document stands as its decisions
    say. Of an exported FILE (- for standard input) without any database.
    """
    if exported is not None:
        _tell(_verify_file(exported, head), exported)
        return
    from claims.ledger import chain
    from claims.ledger.append import load_end, load_rows

    with open_database() as database, database.reader() as session:
        end = load_end(session)
        verdict = chain.verify(load_rows(session), end.digest, number=end.no, kept=head)
        _tell(verdict, "ledger")
        if not chain_only:
            from claims.ledger.consistency import find_differences

            _tell_differences([str(one) for one in find_differences(session)])


def _verify_file(exported: str, head: str | None) -> "Verdict":
    from claims.errors.files import PathNotFoundError, UnreadablePathError
    from claims.ledger.lines import verify_lines

    try:
        if exported == "-":
            return verify_lines(sys.stdin.buffer, head)
        with Path(exported).open("rb") as lines:
            return verify_lines(lines, head)
    except FileNotFoundError as error:
        raise PathNotFoundError(exported) from error
    except OSError as error:
        raise UnreadablePathError(exported, error.strerror or "") from error


def _tell(verdict: "Verdict", place: str) -> None:
    from claims.ledger.errors import LedgerBrokenError

    if verdict.fault:
        row = verdict.broken
        who = (row.signed or f"by reviewer {row.reviewer}") if row else ""
        said = f", signed {who}, {row.action} {row.subject_kind} {row.subject}" if row else ""
        raise LedgerBrokenError(place, f"{verdict.fault}{said}; {verdict.held}")
    checked = counted(verdict.rows, "decision")
    click.echo(f"{checked} checked, the chain holds. Head: {verdict.head}")
    if verdict.clock_back:
        rows = ", ".join(map(str, verdict.clock_back[:MOST_TOLD]))
        click.echo(f"The server's clock had been set back before row {rows}.", err=True)


def _tell_differences(differences: list[str]) -> None:
    from claims.ledger.errors import TablesDifferError

    if not differences:
        click.echo("Claims, sources and documents stand as their decisions say.")
        return
    for line in differences[:MOST_TOLD]:
        click.echo(line)
    raise TablesDifferError("ledger", f"{counted(len(differences), 'difference')}")


@ledger.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File.")
@click.option(
    "--checker",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a program here that checks such files: Python alone, nothing of claims.",
)
def export(output: Path | None, checker: Path | None) -> None:
    """Write the ledger as JSON lines, to a file or to standard output.

    One line a decision, each column as the text that is hashed, then a line with the head. Keep
    the file, or at least its last digest, where whoever can change the database cannot.
    """
    from claims.exchange.file import whole_file
    from claims.ledger.lines import CHECKER

    if checker is not None:
        with whole_file(checker) as out:
            out.write(CHECKER.read_bytes())
        click.echo(f"Check with: python3 {checker} FILE", err=True)
        if output is None:
            return
    if output is None:
        count, head = _export(sys.stdout.buffer)
    else:
        with whole_file(output) as out:
            count, head = _export(out)
    where = f" to {output}" if output else ""
    click.echo(f"{counted(count, 'decision')} written{where}. Head: {head}", err=True)


def _export(out: IO[bytes]) -> tuple[int, str]:
    from claims.ledger.append import load_end, load_rows
    from claims.ledger.lines import write_ledger

    with open_database() as database, database.reader() as session:
        end = load_end(session)
        return write_ledger(load_rows(session), end, out), end.digest
