"""Bringing a database to this version's schema, from a checkout or from the wheel."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from claims.database.refusals import translate_errors
from claims.database.revision import find_migrations, require_known


def make_config() -> Config:
    """What Alembic needs to know, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(find_migrations()).replace("%", "%%"))
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply the migrations up to a revision, in one transaction; a second call does nothing.

    Raises:
        UnreleasedSchemaError: The database was made by a version that was never released.
        NewerSchemaError: The database is at a revision this version does not know.
        DatabaseError: The database cannot be reached or refuses.
    """
    require_known(engine)
    config = make_config()
    with translate_errors(engine.url), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Undo migrations down to a revision (`base` for all of them), in one transaction.

    Rights and comments stay as they are; `claims db upgrade` of the version that is gone back to
    writes its own.

    Raises:
        DatabaseError: The database cannot be reached, or a view of somebody else stands on ours.
    """
    config = make_config()
    with translate_errors(engine.url), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
