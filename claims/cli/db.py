"""claims db: init, upgrade, start, stop, status; separate, grant-writer, grant-reader."""

from typing import TYPE_CHECKING

import click

from claims.settings import read_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from claims.database.server import ServerStatus


@click.group()
def db() -> None:
    """Set up, start, stop and inspect the database.

    DATABASE_URL names a PostgreSQL server, 15 or later. Without it claims runs its own server in
    the user's data directory, or in CLAIMS_HOME if that is set.
    """


@db.command()
def init() -> None:
    """Set up the database.

    This starts the embedded server if it is used, then upgrades the schema.
    """
    _upgrade()


@db.command()
def upgrade() -> None:
    """Upgrade the schema to this version.

    If it is up to date, nothing is done.
    """
    _upgrade()


@db.command()
def start() -> None:
    """Start the embedded server; do nothing if it is running."""
    from claims.database.server import start as start_server

    _print_server(start_server(read_settings().home))


@db.command()
def stop() -> None:
    """Stop the embedded server; do nothing if it is not running."""
    from claims.database.server import stop as stop_server

    _print_server(stop_server(read_settings().home))


@db.command()
def status() -> None:
    """Show the database in use, its revision and its claims."""
    settings = read_settings()
    if settings.database_url is None:
        from claims.database.server import status as status_of

        server = status_of(settings.home)
        _print_server(server)
        if not server.running:
            return
    _print_schema()


@db.command()
def separate() -> None:
    """Give the tables to a role that nobody can log in as.

    Use it on a server that several people share: afterwards only a superuser can disable the
    triggers and constraints. Run it as a superuser, or as a member of claims_owner who owns the
    tables.
    """
    from claims.cli.context import open_database
    from claims.database.roles import OWNER, owner_of
    from claims.database.roles import separate as hand_over

    with open_database() as database:
        hand_over(database.engine)
        click.echo(f"owned by {owner_of(database.engine)}; nobody can log in as {OWNER}.")
        _print_open(database.engine)
    click.echo("`claims db grant-writer NAME` lets somebody use claims.")


def _granting(role: str, about: str) -> click.Command:
    @click.argument("name")
    def command(name: str) -> None:
        from claims.cli.context import open_database
        from claims.database.roles import grant

        with open_database() as database:
            grant(database.engine, f"claims_{role}", name)
        click.echo(f"{name} is a member of claims_{role}.")

    command.__doc__ = about
    return click.command(f"grant-{role}")(command)


db.add_command(_granting("writer", "Let a login role of the server read and write with claims."))
db.add_command(_granting("reader", "Let a login role of the server read the published views only."))


def _upgrade() -> None:
    from claims.database.address import find_database
    from claims.database.engine import make_engine
    from claims.database.migrations import upgrade as run_upgrade
    from claims.database.refusals import location_of
    from claims.database.revision import current_revision

    engine = make_engine(find_database(read_settings()))
    before = current_revision(engine)
    run_upgrade(engine)
    after = current_revision(engine)
    _print_open(engine)
    engine.dispose()
    steps = "already at" if before == after else f"from revision {before or 'nothing'} to"
    click.echo(f"{location_of(engine.url)}: {steps} {after}")


def _print_open(engine: "Engine") -> None:
    """Tell what a separated database still leaves to everybody."""
    from claims.database.roles import find_open

    left = find_open(engine)
    if left:
        click.echo(
            f"Everybody on this database may still use {', '.join(left)}: only a superuser can"
            " forbid that. Ask one to run `claims db separate`.",
            err=True,
        )


def _print_server(server: "ServerStatus") -> None:
    state = f"running, process {server.pid}" if server.running else "not running"
    version = f", PostgreSQL {server.version}" if server.version else ""
    click.echo(f"embedded server: {state}{version}")
    click.echo(f"directory: {server.directory}")
    click.echo(f"log: {server.log}")
    if server.url:
        click.echo(f"DATABASE_URL: {server.url}")


def _print_schema() -> None:
    from claims.catalogue.find import count_by_status
    from claims.database.address import find_database
    from claims.database.engine import Database
    from claims.database.refusals import location_of
    from claims.database.revision import current_revision, head_revision, require_known
    from claims.database.roles import owner_of

    database = Database(find_database(read_settings()))
    current, head = current_revision(database.engine), head_revision()
    click.echo(f"database: {location_of(database.url)}, revision {current or 'none'} of {head}")
    if current == head:
        click.echo(f"owner: {owner_of(database.engine)}")
        with database.reader() as session:
            counts = count_by_status(session)
        parts = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
        click.echo(f"claims: {parts or 'none yet'}")
    else:
        require_known(database.engine)
        click.echo("Run `claims db upgrade` to bring it up to date.")
    database.close()
