"""An archive's rows into empty tables.

Row by row the triggers that keep the laws would take an hour for a million claims. So the tables
are locked, triggers and all indexes but the keys taken off, the rows copied in, indexes and
foreign keys made, what the database keeps by itself made, and then every law asked of all rows at
once (invariants.sql), before the transaction may commit. Only the owner of the tables can do this,
and an owner could always switch triggers off (docs/decisions/0006-archive.md).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import LiteralString

from psycopg import Connection, Error, sql
from psycopg.errors import InsufficientPrivilege, IntegrityError
from sqlalchemy.orm import Session

from claims.archive.copy_text import BadRowError, to_copy
from claims.archive.errors import BadArchiveError, LawBrokenError, NotOwnerError
from claims.archive.read import Archive, Rows
from claims.archive.rows import PLAINLY, driver_of, load_head, table_of, told_plainly
from claims.archive.tables import READERS, SECTIONS, Section
from claims.database.errors import NotEmptyError
from claims.database.statements import read_statements

Driver = Connection[tuple[object, ...]]
Told = Callable[[str, int], None]
"""Is told what is being done and how many rows of it were done since it was told last."""

ENABLE: Mapping[str, LiteralString] = {
    "O": "ENABLE TRIGGER",
    "A": "ENABLE ALWAYS TRIGGER",
    "R": "ENABLE REPLICA TRIGGER",
}
"""How a trigger is put back as it was."""

# 256 MB: sorting a million rows for an index in memory takes half the time.
ROOM = """
    SET LOCAL maintenance_work_mem = '256MB';
    SET LOCAL work_mem = '128MB';
    SET LOCAL jit = off;
    SET LOCAL parallel_setup_cost = 0;
    SET LOCAL parallel_tuple_cost = 0;
    SET LOCAL statement_timeout = 0;
"""


def is_empty(session: Session) -> bool:
    """Whether a database holds nothing that an archive could hold."""
    driver = driver_of(session)
    query = sql.SQL("SELECT {}").format(
        sql.SQL(" OR ").join(
            sql.SQL("EXISTS (SELECT FROM {})").format(table_of(section)) for section in SECTIONS
        )
    )
    row = driver.execute(query).fetchone()
    return row is not None and not row[0]


def restore(session: Session, archive: Archive, told: Told) -> Mapping[str, int]:
    """Copy an archive into an empty database; all of it or nothing.

    Args:
        session: A writing session; the caller commits.
        archive: Just opened.
        told: For progress.

    Returns:
        How many rows each table has now.

    Raises:
        BadArchiveError: It is not whole, or a row does not fit its table.
        LawBrokenError: What it holds breaks a law.
        NotEmptyError: Something was stored since the caller looked.
        NotOwnerError: The tables are somebody else's.
    """
    driver = driver_of(session)
    counts: dict[str, int] = {}
    with _stripped(driver, archive.place):
        # Asked again under the locks: somebody may have stored something in the meantime.
        if not is_empty(session):
            raise NotEmptyError(archive.place, "something was stored while this began")
        for section, rows, blocks in archive.tables():
            _copy(driver, section, blocks, place=archive.place, told=told)
            counts[section.table] = rows
        foot = archive.finish()
        _derive(driver, told)
    _require_invariants(driver, archive.place, told)
    if load_head(session) != (foot.ledger.no, foot.ledger.digest):
        raise BadArchiveError(archive.place, "its ledger does not end as its last line says")
    return counts


@contextmanager
def _stripped(driver: Driver, place: str) -> Iterator[None]:
    """The tables locked and without triggers and indexes, which are put back at the end."""
    try:
        driver.execute(ROOM)
        driver.execute(PLAINLY)
        tables = sql.SQL(", ").join(map(table_of, SECTIONS))
        driver.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(tables))
        taken = _take_off(driver)
        yield
        _put_back(driver, taken)
    except InsufficientPrivilege as error:
        raise NotOwnerError(place, str(error).splitlines()[0]) from error
    except IntegrityError as error:
        raise LawBrokenError(place, _said(error)) from error
    except Error as error:
        raise told_plainly(error, place) from error


def _take_off(driver: Driver) -> dict[str, list[tuple[object, ...]]]:
    """Drop foreign keys and indexes, switch triggers off; what there was."""
    found = read_statements("claims.archive", "tables.sql")
    taken = {name: driver.execute(query.encode()).fetchall() for name, query in found.items()}
    for table, name, _ in (*taken["foreign_keys"], *taken["uniques"]):
        driver.execute(_on(table, "DROP CONSTRAINT", name))
    for index, _, _ in taken["indexes"]:
        driver.execute(sql.SQL("DROP INDEX {}").format(_qualified(index)))
    for table, name, _ in taken["triggers"]:
        driver.execute(_on(table, "DISABLE TRIGGER", name))
    return taken


def _put_back(driver: Driver, taken: Mapping[str, list[tuple[object, ...]]]) -> None:
    """All of it again, in the catalogue's own words."""
    for table, name, made in taken["uniques"]:
        driver.execute(_on(table, "ADD CONSTRAINT", name, made))
    for _, _, made in taken["indexes"]:
        driver.execute(str(made).encode())
    for table, name, made in taken["foreign_keys"]:
        driver.execute(_on(table, "ADD CONSTRAINT", name, made))
    for table, name, state in taken["triggers"]:
        if str(state) in ENABLE:
            driver.execute(_on(table, ENABLE[str(state)], name))


def _on(table: object, what: LiteralString, name: object, made: object = "") -> sql.Composed:
    """ALTER TABLE on something named; `made` is the catalogue's own words."""
    return sql.SQL("ALTER TABLE {} {} {} {}").format(
        _qualified(table), sql.SQL(what), sql.Identifier(str(name)), sql.SQL(str(made))
    )


def _qualified(name: object) -> sql.Identifier:
    """A name as regclass prints it; ours need no quotation marks."""
    return sql.Identifier(*str(name).split("."))


def _copy(
    driver: Driver, section: Section, blocks: Iterator[Rows], *, place: str, told: Told
) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, section.columns))
    table: sql.Composable = table_of(section)
    if section.table == READERS:
        # The queue itself comes later; who read what is kept beside it until then.
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
                told(section.table, rows.count)
    except BadRowError as error:
        first = rows.first if rows else 0
        raise BadArchiveError(f"{place}:{first + error.line}", str(error)) from error
    except IntegrityError as error:
        raise LawBrokenError(place, _said(error)) from error
    except InsufficientPrivilege:
        raise
    except Error as error:
        raise BadArchiveError(place, _said(error)) from error


def _said(error: Error) -> str:
    """What the server said, and of which row: `COPY claim, line 7, column form: "x"`."""
    first = str(error.diag.message_primary or error)
    context = str(error.diag.context or error.diag.message_detail or "").splitlines()
    return f"{first}; {context[0][:200]}" if context else first


def _derive(driver: Driver, told: Told) -> None:
    for name, statement in read_statements("claims.archive", "derived.sql").items():
        told(f"making {name}", 0)
        driver.execute(statement.encode())


def _require_invariants(driver: Driver, place: str, told: Told) -> None:
    driver.execute("ANALYZE claims.document_version, claims.claim, claims.attribution")
    for name, law in read_statements("claims.archive", "invariants.sql").items():
        told(f"asking law {name}", 0)
        broken = driver.execute(law.encode()).fetchone()
        if broken is not None:
            raise LawBrokenError(place, str(broken[0]))
