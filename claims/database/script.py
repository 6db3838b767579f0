"""Running a file of SQL statements as it is written."""

from sqlalchemy import Connection


def run_script(connection: Connection, sql: str) -> None:
    """Run several statements in the connection's transaction.

    Past SQLAlchemy, straight to the driver: both would take `%` and `:` in function bodies for
    placeholders, and psycopg sends many statements at once only where there are none.
    """
    driver = connection.connection.driver_connection
    assert driver is not None, "the connection is open"  # noqa: S101 - for the type checker
    driver.execute(sql)
