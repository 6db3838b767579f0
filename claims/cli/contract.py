"""claims contract: check."""

import click

from claims.cli.context import open_database
from claims.cli.output import counted


@click.group()
def contract() -> None:
    """What programs can rely on: views of claims_v1.

    docs/views.md holds the promise, and says of each column what it means.
    """


@contract.command()
def check() -> None:
    """Compare the database's views with what was promised.

    One line for each breach: a column or function that is gone, was renamed, moved or has another
    type. Ends with exit code 1 if there is any. More columns, at the end, break nothing.
    """
    from claims.contract.check import find_breaches
    from claims.contract.live import load_live
    from claims.contract.views import read_pinned
    from claims.database.engine import place_of

    with open_database() as database, database.reader() as session:
        breaches = find_breaches(load_live(session))
        for breach in breaches:
            click.echo(breach)
        place = place_of(database.url)
    if breaches:
        told = counted(len(breaches), "breach", "breaches")
        click.echo(
            f"error[contract-broken] {place}: The views are not what was promised ({told})."
            " Programs that read them will fail: take back what changed them.",
            err=True,
        )
        click.get_current_context().exit(1)
    click.echo(f"claims_v1 is as promised: {len(read_pinned())} views and functions.")
