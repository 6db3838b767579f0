"""Copies an archive's rows into empty tables.

Row by row, the triggers that keep the invariants would take an hour for a million claims. So this
locks the tables, drops foreign keys and all indexes but the primary keys, disables the triggers and
copies the rows. Then it creates the indexes and foreign keys again, derives what the database keeps
by itself (derived.sql) and checks every invariant on all rows at once (invariants.sql), before the
transaction may commit. Only the owner of the tables can do this, and an owner could always disable
triggers (docs/decisions/0006-archive.md).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import LiteralString, TypeAlias

from psycopg import Error, sql
from psycopg.errors import InsufficientPrivilege, IntegrityError
from sqlalchemy.orm import Session

from claims.archive.copy_text import BadRowError, to_copy
from claims.archive.errors import BadArchiveError, InvariantBrokenError, NotOwnerError
from claims.archive.read import Archive, Rows
from claims.archive.rows import FIXED_FORMATS, explain_error, load_head, table_of
from claims.archive.tables import READERS, SECTIONS, Section
from claims.database.driver import Driver, driver_of
from claims.database.errors import NotEmptyError
from claims.database.statements import read_statements
from claims.model.progress import ReportProgress

CatalogueRows: TypeAlias = dict[str, list[tuple[str, str, str]]]
"""For each kind of object in catalogue.sql: its table or index, its name, and its definition."""

ENABLE: Mapping[str, LiteralString] = {
    "O": "ENABLE TRIGGER",
    "A": "ENABLE ALWAYS TRIGGER",
    "R": "ENABLE REPLICA TRIGGER",
}
"""How a trigger is enabled as it was, by the code in the catalogue."""

# 256 MB: sorting a million rows for an index in memory takes half the time.
SETTINGS = """
    SET LOCAL maintenance_work_mem = '256MB';
    SET LOCAL work_mem = '128MB';
    SET LOCAL parallel_setup_cost = 0;
    SET LOCAL parallel_tuple_cost = 0;
    SET LOCAL statement_timeout = 0;
"""

# What the checks join by. Whole tables would be analysed with their texts, and with the words for
# search that an index holds, which took longer than most checks; and autovacuum, which does so
# afterwards, would take them for analysed.
ANALYZE = """
    ANALYZE claims.document_version (id, document), claims.claim (id, version, speaker),
            claims.attribution (claim, position, source)
"""


def is_empty(session: Session) -> bool:
    """Whether a database holds nothing that an archive could hold."""
    driver = driver_of(session.connection())
    query = sql.SQL("SELECT {}").format(
        sql.SQL(" OR ").join(
            sql.SQL("EXISTS (SELECT FROM {})").format(table_of(section)) for section in SECTIONS
        )
    )
    row = driver.execute(query).fetchone()
    return row is not None and not row[0]


def restore(session: Session, archive: Archive, report: ReportProgress) -> Mapping[str, int]:
    """Copy an archive into an empty database; all of it or nothing.

    Args:
        session: A writing session; the caller commits.
        archive: One of which nothing but the head was read.
        report: Called with the table or step at work, and how many more rows were copied.

    Returns:
        How many rows each table has now.

    Raises:
        BadArchiveError: It is not whole, or a row does not fit its table.
        InvariantBrokenError: What it holds breaks an invariant.
        NotEmptyError: Something was stored since the caller looked.
        NotOwnerError: Another role owns the tables.
    """
    driver = driver_of(session.connection())
    counts: dict[str, int] = {}
    with _stripped(driver, archive.location):
        # Checked again under the locks: somebody may have stored something in the meantime.
        if not is_empty(session):
            raise NotEmptyError(archive.location, "something was stored while this began")
        for section, rows, blocks in archive.tables():
            _copy(driver, section, blocks, location=archive.location, report=report)
            counts[section.table] = rows
        foot = archive.finish()
        driver.execute(ANALYZE)
        _derive(driver, report)
    _require_invariants(driver, archive.location, report)
    if load_head(session) != (foot.ledger.no, foot.ledger.digest):
        raise BadArchiveError(archive.location, "its ledger does not end as its last line says")
    return counts


@contextmanager
def _stripped(driver: Driver, location: str) -> Iterator[None]:
    """Lock the tables, drop their indexes and disable their triggers; restore them at the end."""
    try:
        driver.execute(SETTINGS)
        driver.execute(FIXED_FORMATS)
        tables = sql.SQL(", ").join(map(table_of, SECTIONS))
        driver.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(tables))
        objects = _strip(driver)
        yield
        _recreate(driver, objects)
    except InsufficientPrivilege as error:
        raise NotOwnerError(location, str(error).splitlines()[0]) from error
    except IntegrityError as error:
        raise InvariantBrokenError(location, _detail(error)) from error
    except Error as error:
        raise explain_error(error, location) from error


def _strip(driver: Driver) -> CatalogueRows:
    """Drop foreign keys and indexes, disable triggers; returns what there was."""
    queries = read_statements("claims.archive", "catalogue.sql")
    objects: CatalogueRows = {
        name: driver.execute(query.encode()).fetchall() for name, query in queries.items()
    }
    for table, name, _ in (*objects["foreign_keys"], *objects["uniques"]):
        driver.execute(_alter(table, "DROP CONSTRAINT", name))
    for index, _, _ in objects["indexes"]:
        driver.execute(sql.SQL("DROP INDEX {}").format(_qualified(index)))
    for table, name, _ in objects["triggers"]:
        driver.execute(_alter(table, "DISABLE TRIGGER", name))
    return objects


def _recreate(driver: Driver, objects: CatalogueRows) -> None:
    """Create and enable all of it again, by the catalogue's own definitions."""
    for table, name, definition in objects["uniques"]:
        driver.execute(_alter(table, "ADD CONSTRAINT", name, definition))
    for _, _, definition in objects["indexes"]:
        driver.execute(definition.encode())
    for table, name, definition in objects["foreign_keys"]:
        driver.execute(_alter(table, "ADD CONSTRAINT", name, definition))
    for table, name, state in objects["triggers"]:
        if state in ENABLE:
            driver.execute(_alter(table, ENABLE[state], name))


def _alter(table: str, what: LiteralString, name: str, definition: str = "") -> sql.Composed:
    """ALTER TABLE for a constraint or trigger; its definition is the catalogue's own words."""
    return sql.SQL("ALTER TABLE {} {} {} ").format(
        _qualified(table), sql.SQL(what), sql.Identifier(name)
    ) + _verbatim(definition)


def _verbatim(definition: str) -> sql.Composable:
    # PostgreSQL printed it: nothing in it comes from a user or a file.
    return sql.SQL(definition)


def _qualified(name: str) -> sql.Identifier:
    """A name as regclass prints it; ours need no quotation marks."""
    return sql.Identifier(*name.split("."))


def _copy(
    driver: Driver,
    section: Section,
    blocks: Iterator[Rows],
    *,
    location: str,
    report: ReportProgress,
) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, section.columns))
    table: sql.Composable = table_of(section)
    if section.table == READERS:
        # The queue itself is derived later; until then who read what is in a table of its own.
        driver.execute(
            "CREATE TEMPORARY TABLE read_by (claim uuid, first_reader uuid, second_reader uuid)"
            " ON COMMIT DROP"
        )
        table = sql.SQL("read_by")
    rows, begins = None, 0
    try:
        with driver.cursor().copy(
            sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns)
        ) as into:
            for rows in blocks:
                begins = begins or rows.first
                into.write(to_copy(rows.lines, len(section.columns)))
                report(section.table, rows.count)
    except BadRowError as error:
        first = rows.first if rows else 0
        raise BadArchiveError(f"{location}:{first + error.line}", str(error)) from error
    except IntegrityError as error:
        raise InvariantBrokenError(location, _detail(error)) from error
    except InsufficientPrivilege:
        raise
    except Error as error:
        raise BadArchiveError(location, _detail(error)) from error


def _detail(error: Error) -> str:
    """The server's message, and its row: `COPY claim, line 7, column form: "x"`."""
    first = str(error.diag.message_primary or error)
    context = str(error.diag.context or error.diag.message_detail or "").splitlines()
    return f"{first}; {context[0][:200]}" if context else first


def _derive(driver: Driver, report: ReportProgress) -> None:
    for name, statement in read_statements("claims.archive", "derived.sql").items():
        report(f"making {name}", 0)
        driver.execute(statement.encode())


def _require_invariants(driver: Driver, location: str, report: ReportProgress) -> None:
    for name, query in read_statements("claims.archive", "invariants.sql").items():
        report(f"checking {name}", 0)
        broken = driver.execute(query.encode()).fetchone()
        if broken is not None:
            raise InvariantBrokenError(location, str(broken[0]))
