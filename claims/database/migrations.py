"""Bringing a database to this version's schema, from a checkout or from the wheel."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from claims.database.engine import place_of, told_plainly
from claims.database.errors import NewerSchemaError
from claims.database.revision import current_revision, find_migrations


def make_config() -> Config:
    """What Alembic needs to know, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(find_migrations()).replace("%", "%%"))
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply the migrations up to a revision, in one transaction; a second call does nothing.

    Raises:
        NewerSchemaError: The database is at a revision this version does not know.
        DatabaseError: The database cannot be reached or refuses.
    """
    known = {
        script.revision for script in ScriptDirectory.from_config(make_config()).walk_revisions()
    }
    current = current_revision(engine)
    if current is not None and current not in known:
        raise NewerSchemaError(place_of(engine.url), f"at revision {current}")
    config = make_config()
    with told_plainly(engine.url), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take migrations back to a revision (`base` for all of them), in one transaction."""
    config = make_config()
    with told_plainly(engine.url), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
