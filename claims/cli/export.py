"""claims export."""

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from claims.cli.door import open_database
from claims.cli.output import counted

if TYPE_CHECKING:
    from claims.database.engine import Database


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
def export(form: str, status: str, output: Path | None) -> None:
    """Write claims as JSON lines or CSV.

    To a file or to standard output. Accepted claims are what is published; --status proposed
    writes what waits. A file appears whole or not at all.
    """
    from claims.exchange.file import whole_file

    with open_database() as database:
        if output is None:
            count = _write(database, status, form, sys.stdout.buffer)
        else:
            with whole_file(output) as out:
                count = _write(database, status, form, out)
    where = f" to {output}" if output else ""
    click.echo(f"{counted(count, f'{status} claim')} written{where}.", err=True)
    if count == 0 and status == "accepted":
        click.echo("None is accepted yet: `claims review next` shows what waits.", err=True)


def _write(database: "Database", status: str, form: str, out: IO[bytes]) -> int:
    from claims.exchange.csv import write_csv
    from claims.exchange.jsonl import write_jsonl
    from claims.exchange.store import load_claims

    write = {"jsonl": write_jsonl, "csv": write_csv}[form]
    with database.reader() as session:
        return write(load_claims(session, status), out)
