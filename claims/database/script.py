"""Running a file of SQL statements as it is written."""

from sqlalchemy import Connection

from claims.database.driver import driver_of


def run_script(connection: Connection, sql: str) -> None:
    """Run several statements in the connection's transaction.

    It bypasses SQLAlchemy, which would take `:` in function bodies for placeholders. Without
    parameters psycopg takes no `%` for one either, and sends all statements at once.
    """
    driver_of(connection).execute(sql.encode())
