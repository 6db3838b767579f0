"""The environment, read once into a frozen object."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment tells the program.

    Attributes:
        home: Where the program keeps its own files, the embedded server among them (CLAIMS_HOME).
        database_url: A PostgreSQL 15 or later to use in place of the embedded one (DATABASE_URL).
        reviewer: Who signs decisions (CLAIMS_REVIEWER); None means the system's user.
    """

    home: Path
    database_url: str | None
    reviewer: str | None


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment; an empty variable counts as not set."""
    env = os.environ if environment is None else environment
    home = env.get("CLAIMS_HOME")
    return Settings(
        home=Path(home).expanduser().absolute() if home else user_data_path("claims"),
        database_url=env.get("DATABASE_URL") or None,
        reviewer=env.get("CLAIMS_REVIEWER") or None,
    )
