"""The driver's own connection, for what SQLAlchemy does not do: COPY, and scripts of statements."""

from typing import TypeAlias

import psycopg
from psycopg.rows import TupleRow
from sqlalchemy import Connection

Driver: TypeAlias = psycopg.Connection[TupleRow]


def driver_of(connection: Connection) -> Driver:
    """The driver's connection under an open one of SQLAlchemy's, in the same transaction."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError(f"not psycopg's: {type(driver)}")
    return driver
