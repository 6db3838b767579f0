"""What COPY prints, a row at a time, straight from libpq.

psycopg's own reader waits on the socket before each row, which takes longer than PostgreSQL takes
to print it; here the next row is awaited in libpq itself.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias
from uuid import UUID

from psycopg import ClientCursor, sql
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

from claims.database.driver import Driver

Value: TypeAlias = str | int | float | bool | date | UUID | None
"""What stands for a placeholder."""


def copy_rows(
    driver: Driver, statement: sql.Composed, values: Mapping[str, Value] | None = None
) -> Iterator[bytes]:
    """Rows of a COPY … TO STDOUT.

    Args:
        driver: In a transaction.
        statement: The COPY.
        values: For its placeholders.

    Raises:
        psycopg.Error: The database refuses.
    """
    query = (
        ClientCursor(driver).mogrify(statement, values) if values else statement.as_string(driver)
    )
    pgconn = driver.pgconn
    answer = pgconn.exec_(query.encode())
    if answer.status != ExecStatus.COPY_OUT:
        raise error_from_result(answer, encoding="utf-8")
    whole = False
    try:
        while True:
            size, row = pgconn.get_copy_data(0)
            if size < 0:
                break
            yield bytes(row)
        whole = True
    finally:
        _finish(driver, whole=whole)


def _finish(driver: Driver, *, whole: bool) -> None:
    """Read COPY's final result; if it is abandoned midway, cancel it and read what remains."""
    pgconn = driver.pgconn
    if not whole:
        driver.cancel_safe()
        while pgconn.get_copy_data(0)[0] >= 0:
            pass
    while (result := pgconn.get_result()) is not None:
        if whole and result.status == ExecStatus.FATAL_ERROR:
            raise error_from_result(result, encoding="utf-8")
