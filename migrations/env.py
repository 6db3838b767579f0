"""Runs the migrations: one transaction, one migrator at a time, none waiting long for a table."""

from alembic import context
from sqlalchemy import Connection, text

from claims.database.address import find_database
from claims.database.comments import apply_comments
from claims.database.engine import make_engine
from claims.database.revision import head_revision
from claims.database.roles import apply_rights
from claims.schema import Base
from claims.schema.base import SCHEMA
from claims.settings import read_settings

# Any fixed number will do; it only has to be the same for every migrator.
MIGRATOR_LOCK = 7_205_318_114


def migrate(connection: Connection) -> None:
    """Bring the database to the revision asked for, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table_schema=SCHEMA,
        include_schemas=True,
        include_name=lambda name, kind, _: kind != "schema" or name == SCHEMA,
        compare_server_default=True,
    )
    with context.begin_transaction():
        connection.execute(text("SET LOCAL statement_timeout = '600s'"))
        # Another migrator is waited for as long as it takes: whoever waits here holds nobody up.
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATOR_LOCK})
        connection.execute(text("SET LOCAL lock_timeout = '4s'"))
        connection.execute(text("CREATE SCHEMA IF NOT EXISTS claims"))
        context.run_migrations()
        if context.get_context().get_current_heads() == (head_revision(),):
            apply_rights(connection)
            apply_comments(connection)


def main() -> None:
    """Use the connection the program hands over; from the alembic command, find the database."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        migrate(connection)
        return
    engine = make_engine(find_database(read_settings()))
    with engine.begin() as connection:
        migrate(connection)
    engine.dispose()


main()
