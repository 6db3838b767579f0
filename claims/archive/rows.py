"""An archive's rows from the database, as PostgreSQL copies them."""

from collections.abc import Iterator

from psycopg import Error, sql
from sqlalchemy.orm import Session

from claims.archive.tables import READERS, SECTIONS, Section
from claims.database.copying import copy_rows
from claims.database.driver import driver_of
from claims.database.errors import StatementFailedError

NOBODY = "00000000-0000-0000-0000-000000000000"

# However a server or a role is set up, a row is always printed the same.
FIXED_FORMATS = """
    SET LOCAL datestyle = 'ISO, YMD';
    SET LOCAL timezone = 'UTC';
    SET LOCAL bytea_output = 'hex';
    SET LOCAL extra_float_digits = 1;
"""


def rows_query(section: Section) -> sql.Composed:
    """The rows of a section in their order."""
    columns = sql.SQL(", ").join(_column(section, name) for name in section.columns)
    keys = sql.SQL(", ").join(
        sql.SQL('{} COLLATE "C"').format(sql.Identifier(name)) if _is_text(section, name)
        else sql.Identifier(name)
        for name in section.key
    )  # fmt: skip
    return sql.SQL("SELECT {columns} FROM {table}{where} ORDER BY {keys}").format(
        columns=columns, table=table_of(section), where=_condition(section), keys=keys
    )


def _column(section: Section, name: str) -> sql.Composable:
    """A column; who read no claim of the queue is zeros, as archives have had it from the first."""
    if section.table != READERS or name == "claim":
        return sql.Identifier(name)
    return sql.SQL("coalesce({name}, {nobody}::uuid) AS {name}").format(
        name=sql.Identifier(name), nobody=sql.Literal(NOBODY)
    )


def _is_text(section: Section, name: str) -> bool:
    return section.table == "source_identifier" and name in {"register", "value"}


def table_of(section: Section) -> sql.Identifier:
    """The table's full name."""
    return sql.Identifier("claims", section.table)


def _condition(section: Section) -> sql.Composable:
    """Of the queue only the rows that cannot be derived from its claims."""
    if section.table != READERS:
        return sql.SQL("")
    return sql.SQL(" WHERE first_reader IS NOT NULL")


def count_rows(session: Session) -> dict[str, int]:
    """How many rows each section has."""
    driver = driver_of(session.connection())
    counts = {}
    for section in SECTIONS:
        query = sql.SQL("SELECT count(*) FROM {}{}").format(table_of(section), _condition(section))
        row = driver.execute(query).fetchone()
        counts[section.table] = int(row[0]) if row else 0
    return counts


def load_rows(session: Session, section: Section) -> Iterator[bytes]:
    """Rows of a section in COPY's text format, one at a time."""
    driver = driver_of(session.connection())
    driver.execute(FIXED_FORMATS)
    query = sql.SQL("COPY ({}) TO STDOUT").format(rows_query(section))
    return copy_rows(driver, query)


def load_head(session: Session) -> tuple[int, str]:
    """Number and digest of the ledger's last decision."""
    query = "SELECT no, encode(digest, 'hex') FROM claims.ledger_head"
    [(number, digest)] = driver_of(session.connection()).execute(query)
    return int(number), str(digest)


def load_revision(session: Session) -> str:
    """The revision of the schema."""
    query = "SELECT version_num FROM claims.alembic_version"
    [(revision,)] = driver_of(session.connection()).execute(query)
    return str(revision)


def explain_error(error: Error, location: str) -> StatementFailedError:
    """What the driver raised, as an error that a user can act on."""
    lines = str(error).strip().splitlines()
    return StatementFailedError(location, lines[0] if lines else type(error).__name__)
