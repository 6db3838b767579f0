"""What COPY prints, a row at a time, straight from libpq.

psycopg's own reader waits on the socket before each row, which takes longer than PostgreSQL takes
to print it; here the next row is awaited in libpq itself.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from psycopg import ClientCursor, Connection, sql
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus


def copy_rows(
    driver: Connection[Any], statement: sql.Composed, values: Mapping[str, Any] | None = None
) -> Iterator[bytes]:
    """Rows of a COPY … TO STDOUT.

    Args:
        driver: In a transaction.
        statement: The COPY.
        values: For its placeholders.

    Raises:
        psycopg.Error: The database refuses.
    """
    told = (
        ClientCursor(driver).mogrify(statement, values) if values else statement.as_string(driver)
    )
    pgconn = driver.pgconn
    begun = pgconn.exec_(told.encode())
    if begun.status != ExecStatus.COPY_OUT:
        raise error_from_result(begun, encoding="utf-8")
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


def _finish(driver: Connection[Any], *, whole: bool) -> None:
    """Take COPY's last word; of one that is left in the middle, read what is still under way."""
    pgconn = driver.pgconn
    if not whole:
        driver.cancel_safe()
        while pgconn.get_copy_data(0)[0] >= 0:
            pass
    while (result := pgconn.get_result()) is not None:
        if whole and result.status == ExecStatus.FATAL_ERROR:
            raise error_from_result(result, encoding="utf-8")
