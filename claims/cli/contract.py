"""claims contract: check."""

import click

from claims.cli.context import open_database
from claims.cli.output import counted


@click.group()
def contract() -> None:
    """Check the views that programs rely on.

    docs/views.md has the promise and the meaning of each column of schema claims_v1.
    """


@contract.command()
def check() -> None:
    """Compare the database's views with the promise.

    Prints one line for each breach: a column or function that is missing, renamed or moved, or has
    another type. The exit code is 1 if there is any. New columns at the end of a view are allowed.
    """
    from claims.contract.check import find_breaches
    from claims.contract.live import load_live
    from claims.contract.views import read_pinned
    from claims.database.refusals import location_of

    with open_database() as database, database.reader() as session:
        breaches = find_breaches(load_live(session))
        for breach in breaches:
            click.echo(breach)
        location = location_of(database.url)
    if breaches:
        count = counted(len(breaches), "breach", "breaches")
        click.echo(
            f"error[contract-broken] {location}: The views are not as promised ({count})."
            " Programs that read them may fail: undo the change that broke them.",
            err=True,
        )
        click.get_current_context().exit(1)
    click.echo(f"claims_v1 is as promised: {len(read_pinned())} views and functions.")
