"""claims db: init, upgrade, start, stop, status; separate, grant-writer, grant-reader."""

from typing import TYPE_CHECKING

import click

from claims.settings import read_settings

if TYPE_CHECKING:
    from claims.database.server import ServerStatus


@click.group()
def db() -> None:
    """Set up, start, stop and look at the database.

    DATABASE_URL names a PostgreSQL 15 or later; without it claims runs its own under the user's
    data directory, which CLAIMS_HOME moves.
    """


@db.command()
def init() -> None:
    """Make the database ready: start the embedded server if it is ours, then upgrade."""
    _upgrade()


@db.command()
def upgrade() -> None:
    """Bring the schema to this version; a second time does nothing."""
    _upgrade()


@db.command()
def start() -> None:
    """Start the embedded server; does nothing if it runs."""
    from claims.database.server import start as start_server

    _tell(start_server(read_settings().home))


@db.command()
def stop() -> None:
    """Stop the embedded server; does nothing if it is not running."""
    from claims.database.server import stop as stop_server

    _tell(stop_server(read_settings().home))


@db.command()
def status() -> None:
    """Show which database is in use, whether it answers, and its revision."""
    settings = read_settings()
    if settings.database_url is None:
        from claims.database.server import status as status_of

        server = status_of(settings.home)
        _tell(server)
        if not server.running:
            return
    _tell_schema()


@db.command()
def separate() -> None:
    """Hand the tables to a role as which nobody logs in.

    On a server that several people share: afterwards only a superuser can switch the laws off.
    Run it as a superuser, or as whoever owns the tables and is a member of claims_owner.
    """
    from claims.cli.context import open_database
    from claims.database.roles import OWNER, owner_of
    from claims.database.roles import separate as hand_over

    with open_database() as database:
        hand_over(database.engine)
        click.echo(f"owned by {owner_of(database.engine)}; nobody logs in as {OWNER}.")
    click.echo("`claims db grant-writer NAME` lets somebody work with claims.")


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


db.add_command(_granting("writer", "Let a login role of the server work with claims."))
db.add_command(_granting("reader", "Let a login role of the server read the published views."))


def _upgrade() -> None:
    from claims.database.address import find_database
    from claims.database.engine import make_engine, place_of
    from claims.database.migrations import upgrade as run_upgrade
    from claims.database.revision import current_revision

    engine = make_engine(find_database(read_settings()))
    before = current_revision(engine)
    run_upgrade(engine)
    after = current_revision(engine)
    engine.dispose()
    steps = "already at" if before == after else f"from revision {before or 'nothing'} to"
    click.echo(f"{place_of(engine.url)}: {steps} {after}")


def _tell(server: "ServerStatus") -> None:
    standing = f"running, process {server.pid}" if server.running else "not running"
    version = f", PostgreSQL {server.version}" if server.version else ""
    click.echo(f"embedded server: {standing}{version}")
    click.echo(f"directory: {server.directory}")
    click.echo(f"log: {server.log}")
    if server.url:
        click.echo(f"DATABASE_URL: {server.url}")


def _tell_schema() -> None:
    from claims.catalogue.find import count_by_status
    from claims.database.address import find_database
    from claims.database.engine import Database, place_of
    from claims.database.revision import current_revision, head_revision
    from claims.database.roles import owner_of

    database = Database(find_database(read_settings()))
    current, head = current_revision(database.engine), head_revision()
    click.echo(f"database: {place_of(database.url)}, revision {current or 'none'} of {head}")
    if current == head:
        click.echo(f"owner: {owner_of(database.engine)}")
        with database.reader() as session:
            counts = count_by_status(session)
        told = ", ".join(f"{count} {standing}" for standing, count in sorted(counts.items()))
        click.echo(f"claims: {told or 'none yet'}")
    else:
        click.echo("`claims db upgrade` brings it up to date.")
    database.close()
