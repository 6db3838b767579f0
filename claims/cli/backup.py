"""claims backup and restore."""

from pathlib import Path

import click

from claims.cli.options import force_option
from claims.settings import read_settings


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@force_option
def backup(path: Path, *, force: bool) -> None:
    """Back up the database to a file, with pg_dump.

    The file is for the same version of claims on the same or a newer PostgreSQL. To keep data
    longer than that, use `claims export --format archive`. The file appears whole or not at all.
    """
    from claims.backup.dump import write_backup
    from claims.cli.context import open_database
    from claims.exchange.file import whole_file
    from claims.ledger.append import load_head

    with open_database() as database:
        with whole_file(path, force=force) as out:
            write_backup(database, Path(out.name), embedded=read_settings().database_url is None)
        with database.reader() as session:
            number, digest = load_head(session)
    click.echo(f"Backup written to {path}. The ledger ends at {number}: {digest}")


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def restore(path: Path) -> None:
    """Restore a backup into a new database.

    The database must not have any tables of claims yet: set DATABASE_URL to a new one, or
    CLAIMS_HOME to another directory. pg_restore loads all or nothing; then the ledger is verified.
    """
    from claims.backup.dump import read_backup
    from claims.database.address import find_database
    from claims.database.engine import Database
    from claims.errors.files import PathNotFoundError
    from claims.ledger.append import load_rows
    from claims.ledger.chain import verify
    from claims.ledger.errors import LedgerBrokenError

    if not path.is_file():
        raise PathNotFoundError(str(path))
    settings = read_settings()
    database = Database(find_database(settings))
    dropped = read_backup(database, path, embedded=settings.database_url is None)
    with database.reader() as session:
        verdict = verify(load_rows(session))
    database.close()
    if verdict.problem:
        raise LedgerBrokenError(str(path), verdict.problem)
    click.echo(f"Restored; {verdict.rows} decisions checked, the chain holds. Head: {verdict.head}")
    if dropped:
        click.echo(
            "The tables were owned by claims_owner; here whoever restored owns them, and can switch"
            " the invariants off. Run `claims db separate` as a superuser, then `claims db"
            " grant-writer` and `grant-reader`.",
            err=True,
        )
