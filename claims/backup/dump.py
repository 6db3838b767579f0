"""Dumps a database into a file and restores it, by pg_dump and pg_restore."""

from pathlib import Path

from sqlalchemy import URL, text

from claims.backup.programs import find_program, run_program
from claims.database.engine import Database
from claims.database.errors import NotEmptyError
from claims.database.refusals import location_of, translate_errors
from claims.database.roles import CREATE_ROLES, OWNER, apply_rights, owner_of
from claims.database.script import run_script

# A row is new to the transaction whose number it bears, and a new server counts from the beginning:
# in time it gives the number of an old one again. No trigger may stamp or refuse what is set here;
# each is then as it was.
FORGET_STAMPS = """
DO $$
DECLARE
    owner regclass;
    found_stamp boolean;
    guard record;
BEGIN
    FOREACH owner IN ARRAY
        ARRAY['claims.claim', 'claims.source', 'claims.document']::regclass[]
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s'
                       ' WHERE changed_in >= pg_current_xact_id()::text::bigint)', owner)
            INTO found_stamp;
        CONTINUE WHEN NOT found_stamp;
        CREATE TEMP TABLE guards ON COMMIT DROP AS
            SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = owner AND NOT tgisinternal;
        FOR guard IN SELECT * FROM guards LOOP
            EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', owner, guard.tgname);
        END LOOP;
        EXECUTE format('UPDATE %s SET changed_in = 0', owner);
        FOR guard IN SELECT * FROM guards WHERE tgenabled <> 'D' LOOP
            EXECUTE format('ALTER TABLE %s ENABLE %s TRIGGER %I', owner,
                           CASE guard.tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA'
                                ELSE '' END, guard.tgname);
        END LOOP;
        DROP TABLE guards;
    END LOOP;
END $$
"""

OWNED = f" SCHEMA - claims {OWNER}\n"
"""How the contents of a dump list our schema if it was handed over to the owner's role."""


def write_backup(database: Database, path: Path, *, embedded: bool) -> None:
    """Dump a database into a file in pg_dump's own packed format.

    Raises:
        BackupProgramError: There is no pg_dump of the server's version or newer.
        BackupFailedError: It failed.
    """
    program = find_program("pg_dump", server=_major(database), embedded=embedded)
    options = ["--format=custom", "--no-password", f"--file={path}"]
    # Whatever schemas of ours there are: claims_past and others of later versions too.
    options += ["--schema=claims", "--schema=claims_*"]
    run_program([program, *options], environment_of(database.url), location_of(database.url))


def read_backup(database: Database, path: Path, *, embedded: bool) -> bool:
    """Load a dump into a database without a schema of ours, in one transaction, and give rights.

    Numbers of transactions that this server has yet to give are forgotten: they were another's.

    Returns:
        Whether the database that was dumped had been separated, and this one is not: a dump does
        not hold what was taken from everybody on that database.

    Raises:
        NotEmptyError: It has such a schema.
        BackupProgramError: There is no pg_restore that fits the server.
        BackupFailedError: It failed; nothing was changed.
    """
    location = location_of(database.url)
    with database.writer() as session:
        if session.scalar(text("SELECT to_regnamespace('claims') IS NOT NULL")):
            raise NotEmptyError(location, "it has a schema called claims")
        run_script(session.connection(), CREATE_ROLES)
    program = find_program("pg_restore", server=_major(database), embedded=embedded)
    options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-password"]
    target = f"--dbname={database.url.database}"
    environment = environment_of(database.url)
    run_program([program, *options, target, path], environment, location)
    with translate_errors(database.url), database.engine.begin() as connection:
        run_script(connection, FORGET_STAMPS)
        apply_rights(connection)
    contents = run_program([program, "--list", path], environment, location)
    return OWNED in contents and owner_of(database.engine) != OWNER


def environment_of(url: URL) -> dict[str, str]:
    """How libpq's programs reach a database; a password never shows in a list of processes."""
    query = {name: str(value) for name, value in url.query.items() if isinstance(value, str)}
    variables = {
        "PGHOST": url.host or query.get("host"),
        "PGPORT": str(url.port) if url.port else query.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("sslmode"),
        "PGSSLROOTCERT": query.get("sslrootcert"),
    }
    return {name: value for name, value in variables.items() if value}


def _major(database: Database) -> int:
    with database.engine.connect() as connection:
        return int(connection.scalar(text("SHOW server_version_num")) or 0) // 10_000
