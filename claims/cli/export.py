"""claims export."""

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from claims.cli.door import open_database
from claims.cli.output import counted
from claims.cli.past import Past, find_state, past_options

if TYPE_CHECKING:
    from claims.database.engine import OpenSession


@click.command()
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl")
@click.option(
    "--status",
    type=click.Choice(["accepted", "proposed"]),
    default="accepted",
    show_default=True,
    help="Published claims, or those that wait for a decision.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File.")
@past_options
def export(form: str, status: str, output: Path | None, past: Past) -> None:
    """Write claims as JSON lines or CSV.

    To a file or to standard output. Accepted claims are what is published; --status proposed
    writes what waits. A file appears whole or not at all.
    """
    from claims.exchange.file import whole_file

    with open_database() as database, database.reader(find_state(database, past)) as session:
        if output is None:
            count = _write(session, status, form, sys.stdout.buffer)
        else:
            with whole_file(output) as out:
                count = _write(session, status, form, out)
    where = f" to {output}" if output else ""
    click.echo(f"{counted(count, f'{status} claim')} written{where}.", err=True)
    if count == 0 and status == "accepted" and not past:
        click.echo("None is accepted yet: `claims review next` shows what waits.", err=True)


def _write(session: "OpenSession", status: str, form: str, out: IO[bytes]) -> int:
    from claims.exchange.csv import write_csv
    from claims.exchange.jsonl import write_jsonl
    from claims.exchange.store import load_claims

    write = {"jsonl": write_jsonl, "csv": write_csv}[form]
    return write(load_claims(session, status), out)
