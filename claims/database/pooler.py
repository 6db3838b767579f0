"""Poolers that hand each transaction to another connection of the server, such as pgbouncer's.

What a session sets for itself when it connects does not reach such a server connection: pgbouncer
refuses the connection's `options`, or drops them where it was told to ignore them. What is set by a
statement would reach whoever has the connection next. So there each transaction begins with its
settings, which end with it, and no statement is prepared.
"""

from collections.abc import Mapping

import psycopg
from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from claims.database.driver import Driver, driver_of

REACHED = "claims.session"
"""A setting of no meaning: where the server has it, it has the connection's other options, too."""

REFUSED = "unsupported startup parameter"
"""How pgbouncer begins to say that it takes no `options`."""

POOLED = "pooled"
"""Under which name the information on a connection has whether a pooler is in between."""


def take_pooler_into_account(
    engine: Engine, settings: Mapping[str, str], *, drop_options: bool
) -> None:
    """Let an engine work through a pooler as it does without.

    Args:
        engine: Whose connections send `settings` as options when they are made.
        settings: What every session sets for itself.
        drop_options: Whether the options hold nothing else, so that they can be left out where they
            are refused.
    """
    # Isolation is no setting of a transaction that has begun: it is named by the statement alone.
    begin = "; ".join(
        (
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
            *(f"SET LOCAL {name} = '{value}'" for name, value in settings.items()),
        )
    )

    @event.listens_for(engine, "do_connect")
    def _connect(
        dialect: Dialect, _entry: ConnectionPoolEntry, args: list[str], named: dict[str, str]
    ) -> DBAPIConnection:
        try:
            return dialect.connect(*args, **named)
        except psycopg.OperationalError as error:
            if REFUSED not in str(error) or not drop_options:
                raise
        named.pop("options")
        return dialect.connect(*args, **named)

    @event.listens_for(engine, "connect")
    def _find_pooler(driver: Driver, entry: ConnectionPoolEntry) -> None:
        driver.autocommit = True
        reached = driver.execute("SELECT current_setting(%s, true)", [REACHED]).fetchone()
        driver.autocommit = False
        entry.info[POOLED] = reached != ("on",)
        if entry.info[POOLED]:
            driver.prepare_threshold = None

    @event.listens_for(engine, "begin")
    def _set(connection: Connection) -> None:
        if connection.info.get(POOLED):
            driver_of(connection).execute(begin.encode())
