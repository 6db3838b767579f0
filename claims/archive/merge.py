"""Merges an archive's rows into tables that hold something: adds what is new, overwrites nothing.

Each table's rows are copied into a temporary table and compared there. The triggers stay on: what
is added is what the machine could have stored itself; what people decided elsewhere is reported.
"""

from collections.abc import Iterator

from psycopg import Error, sql
from sqlalchemy.orm import Session

from claims.archive.copy_text import BadRowError, blocks_of, to_copy, to_json
from claims.archive.errors import BadArchiveError
from claims.archive.merge_result import MergeResult, SetAsideReason, SetAsideRow
from claims.archive.merge_rules import CIRCUMSTANCES, CONDITIONS, DECIDED, OWNERS
from claims.archive.read import Rows
from claims.archive.rows import explain_error, load_rows, table_of
from claims.archive.tables import READERS, Section
from claims.database.driver import Driver, driver_of

STAGE = sql.Identifier("arrived")


def compare_rows(session: Session, section: Section, blocks: Iterator[Rows]) -> Iterator[Rows]:
    """Skip the rows that begin an archive's table and a table here alike, byte for byte.

    If two databases hold the same, this is all that an import does: comparing bytes is ten times as
    fast as copying rows into a temporary table and comparing each.

    Args:
        session: A reading session of its own: it may be abandoned midway.
        section: The table, with the columns of the file.
        blocks: Rows of the archive; the caller reads what is yielded to its end.

    Yields:
        The rows from the first that differs on.
    """
    ours = b""
    rows = blocks_of(load_rows(session, section))
    for block in blocks:
        theirs, at = block.block, 0
        while at < len(theirs):
            ours = ours or to_json(next(rows, b""))
            size = min(len(ours), len(theirs) - at)
            if size == 0 or ours[:size] != theirs[at : at + size]:
                rows.close()
                yield _from_line(block, at)
                yield from blocks
                return
            ours = ours[size:]
            at += size


def _from_line(block: Rows, at: int) -> Rows:
    """The rest of a block, from the line that holds a byte on."""
    start = block.block.rfind(b"\n", 0, at) + 1
    before = block.block.count(b"\n", 0, start)
    return Rows(block.block[start:], block.count - before, block.first + before)


def merge_rows(
    session: Session,
    section: Section,
    blocks: Iterator[Rows],
    *,
    location: str,
    result: MergeResult,
) -> Iterator[SetAsideRow]:
    """Add what is new of a table's rows.

    Args:
        session: A writing session; the caller commits.
        section: The table, with the columns of the file.
        blocks: Rows of the archive that may differ from those here.
        location: The archive's name, for errors.
        result: Counts, which are added to.

    Yields:
        Each row that was set aside.
    """
    driver = driver_of(session.connection())
    try:
        first = _stage(driver, section, blocks, location)
        if not first or section.table == READERS:
            return
        if section.table not in DECIDED:
            result.added[section.table] += driver.execute(_insertion(section)).rowcount
        for row in _differing(driver, section, first):
            if row is None:
                result.newer[section.table] += 1
            else:
                result.set_aside[row.why] += 1
                yield row
    except BadRowError as error:
        raise BadArchiveError(location, str(error)) from error
    except Error as error:
        raise explain_error(error, location) from error


def _stage(driver: Driver, section: Section, blocks: Iterator[Rows], location: str) -> int:
    """Copy rows into a temporary table; the line of the first, 0 if there are none."""
    columns = sql.SQL(", ").join(map(sql.Identifier, section.columns))
    driver.execute("DROP TABLE IF EXISTS arrived")
    driver.execute(
        sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WHERE false").format(
            STAGE, columns, table_of(section)
        )
    )
    driver.execute(
        sql.SQL("ALTER TABLE {} ADD COLUMN line_read integer GENERATED ALWAYS AS IDENTITY").format(
            STAGE
        )
    )
    first = 0
    try:
        with driver.cursor().copy(
            sql.SQL("COPY {} ({}) FROM STDIN").format(STAGE, columns)
        ) as copied:
            for rows in blocks:
                first = first or rows.first
                copied.write(to_copy(rows.lines, len(section.columns)))
    except Error as error:
        context = (error.diag.context or "").splitlines()
        detail = f"{error.diag.message_primary or error}; {(context or [''])[0][:200]}"
        raise BadArchiveError(f"{location}, table {section.table}", detail) from error
    driver.execute(sql.SQL("ANALYZE {}").format(STAGE))
    return first


def _same_key(section: Section) -> sql.Composed:
    return sql.SQL(" AND ").join(
        sql.SQL("t.{0} = s.{0}").format(sql.Identifier(name)) for name in section.key
    )


def _insertion(section: Section) -> sql.Composed:
    """Insert new rows whose foreign keys exist here, in the order of the archive."""
    columns = sql.SQL(", ").join(map(sql.Identifier, section.columns))
    values = sql.SQL(", ").join(sql.SQL("s.{}").format(sql.Identifier(c)) for c in section.columns)
    conditions: list[sql.Composable] = [
        sql.SQL("(s.{0} IS NULL OR EXISTS (SELECT FROM {1} AS o WHERE o.{2} = s.{0}))").format(
            sql.Identifier(column), sql.Identifier("claims", table), sql.Identifier(key)
        )
        for column, table, key in section.foreign_keys
        if column in section.columns
    ]
    conditions.append(sql.SQL(CONDITIONS.get(section.table, "true")))
    return sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {values} FROM {stage} AS s"
        " WHERE NOT EXISTS (SELECT FROM {table} AS t WHERE {same}) AND {conditions}"
        " ORDER BY s.line_read ON CONFLICT DO NOTHING"
    ).format(
        table=table_of(section),
        columns=columns,
        values=values,
        stage=STAGE,
        same=_same_key(section),
        conditions=sql.SQL(" AND ").join(conditions),
    )


def _differing(driver: Driver, section: Section, first: int) -> Iterator[SetAsideRow | None]:
    """Rows that differ here from the archive's; None for each that was decided on here since."""
    compared = [name for name in section.columns if name not in CIRCUMSTANCES]
    ours = sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(name)) for name in compared)
    theirs = sql.SQL(", ").join(sql.SQL("s.{}").format(sql.Identifier(name)) for name in compared)
    key = sql.SQL(" || ' ' || ").join(
        sql.SQL("s.{}::text").format(sql.Identifier(name)) for name in section.key
    )
    query = sql.SQL(
        "SELECT s.line_read, {key}, t.{first} IS NOT NULL, {revision}, {ours_at}"
        "  FROM {stage} AS s LEFT JOIN {table} AS t ON {same}"
        " WHERE t.{first} IS NULL OR ROW({ours}) IS DISTINCT FROM ROW({theirs})"
        " ORDER BY s.line_read"
    ).format(
        key=key,
        first=sql.Identifier(section.key[0]),
        revision=_revision(section, "s"),
        ours_at=_revision(section, "t"),
        stage=STAGE,
        table=table_of(section),
        same=_same_key(section),
        ours=ours,
        theirs=theirs,
    )
    # A list: the caller's next statement must not wait for a cursor that is still open.
    for number, values, here, theirs_at, ours_at in driver.execute(query).fetchall():
        line = first + int(number) - 1
        yield _judge(section, str(values), line, here=bool(here), revisions=(theirs_at, ours_at))


def _revision(section: Section, alias: str) -> sql.Composable:
    if "revision" in section.columns and section.table in {"claim", "source", "document"}:
        return sql.SQL("{}.revision").format(sql.Identifier(alias))
    owner = OWNERS.get(section.table)
    if owner is None or alias == "s":
        return sql.SQL("0")
    return sql.SQL("(SELECT o.revision FROM {} AS o WHERE o.id = s.{})").format(
        sql.Identifier("claims", owner[0]), sql.Identifier(owner[1])
    )


def _judge(
    section: Section, key: str, line: int, *, here: bool, revisions: tuple[int | None, int | None]
) -> SetAsideRow | None:
    theirs, ours = (revision or 0 for revision in revisions)
    if here and ours > theirs:
        return None
    # A hop or name whose claim or source was set aside is set aside for the same reason.
    orphan = section.table in OWNERS and revisions[1] is None
    if section.table in DECIDED or theirs > ours or orphan:
        detail = f"{section.table} {key} belongs to decisions that this ledger does not have"
        return SetAsideRow(line, section.table, key, SetAsideReason.ELSEWHERE, detail)
    if here:
        detail = f"{section.table} {key} is another row here"
    else:
        detail = f"{section.table} {key} points to what is not here, or its place is taken"
    return SetAsideRow(line, section.table, key, SetAsideReason.CONFLICT, detail)
