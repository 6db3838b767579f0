"""An archive's rows from the database, as PostgreSQL copies them."""

from collections.abc import Iterator

from psycopg import Connection, Error, sql
from sqlalchemy.orm import Session

from claims.archive.tables import READERS, SECTIONS, Section
from claims.database.copying import copy_rows
from claims.database.errors import StatementFailedError

NOBODY = "00000000-0000-0000-0000-000000000000"

# However a server or a role is set up, a row is always printed the same.
PLAINLY = """
    SET LOCAL datestyle = 'ISO, YMD';
    SET LOCAL timezone = 'UTC';
    SET LOCAL bytea_output = 'hex';
    SET LOCAL extra_float_digits = 1;
"""


def driver_of(session: Session) -> Connection[tuple[object, ...]]:
    """The driver's own connection: COPY goes past SQLAlchemy, in the session's transaction."""
    driver = session.connection().connection.driver_connection
    assert isinstance(driver, Connection), "the connection is open"  # noqa: S101
    return driver


def rows_query(section: Section) -> sql.Composed:
    """The rows of a section in their order."""
    columns = sql.SQL(", ").join(map(sql.Identifier, section.columns))
    keys = sql.SQL(", ").join(
        sql.SQL('{} COLLATE "C"').format(sql.Identifier(name)) if _is_text(section, name)
        else sql.Identifier(name)
        for name in section.key
    )  # fmt: skip
    return sql.SQL("SELECT {columns} FROM {table}{where} ORDER BY {keys}").format(
        columns=columns, table=table_of(section), where=_condition(section), keys=keys
    )


def _is_text(section: Section, name: str) -> bool:
    return section.table == "source_identifier" and name in {"register", "value"}


def table_of(section: Section) -> sql.Identifier:
    """The table's full name."""
    return sql.Identifier("claims", section.table)


def _condition(section: Section) -> sql.Composable:
    """Of the queue only what its claims do not tell."""
    if section.table != READERS:
        return sql.SQL("")
    return sql.SQL(" WHERE first_reader <> {nobody} OR second_reader <> {nobody}").format(
        nobody=sql.Literal(NOBODY)
    )


def count_rows(session: Session) -> dict[str, int]:
    """How many rows each section has."""
    driver = driver_of(session)
    counts = {}
    for section in SECTIONS:
        query = sql.SQL("SELECT count(*) FROM {}{}").format(table_of(section), _condition(section))
        row = driver.execute(query).fetchone()
        counts[section.table] = int(str(row[0])) if row else 0
    return counts


def load_rows(session: Session, section: Section) -> Iterator[bytes]:
    """Rows of a section in COPY's text format, one after the other."""
    driver = driver_of(session)
    driver.execute(PLAINLY)
    query = sql.SQL("COPY ({}) TO STDOUT").format(rows_query(section))
    return copy_rows(driver, query)


def load_head(session: Session) -> tuple[int, str]:
    """Number and digest of the ledger's last decision."""
    query = "SELECT no, encode(digest, 'hex') FROM claims.ledger_head"
    row = driver_of(session).execute(query).fetchone()
    assert row is not None, "the head is always there"  # noqa: S101
    return int(str(row[0])), str(row[1])


def load_revision(session: Session) -> str:
    """The revision of the schema."""
    row = driver_of(session).execute("SELECT version_num FROM claims.alembic_version").fetchone()
    assert row is not None, "the door demanded it"  # noqa: S101
    return str(row[0])


def told_plainly(error: Error, place: str) -> StatementFailedError:
    """What the driver raised, as an error that a user can act on."""
    lines = str(error).strip().splitlines()
    return StatementFailedError(place, lines[0] if lines else type(error).__name__)
