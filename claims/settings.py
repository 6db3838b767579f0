"""The environment, read once into a frozen object."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

REMEMBERED = "reviewer"
"""The file in the program's home with the name that the user entered when asked for it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the program from its environment.

    Attributes:
        home: The folder of the program's own files, the embedded server among them (CLAIMS_HOME).
        database_url: A PostgreSQL 15 or later to use in place of the embedded one (DATABASE_URL).
        database_read_url: A replica of it that is read from (DATABASE_READ_URL); None to read the
            database itself.
        reviewer: Who signs decisions (CLAIMS_REVIEWER); None for the remembered one.
        fetch_allowed: Hosts with ports that may be fetched from although their addresses are not
            public (CLAIMS_FETCH_ALLOW, such as `intranet.example:443 127.0.0.1:8000`).
    """

    home: Path
    database_url: str | None
    reviewer: str | None
    fetch_allowed: frozenset[tuple[str, int]] = frozenset()
    database_read_url: str | None = None


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment; an empty variable counts as not set."""
    env = os.environ if environment is None else environment
    home = env.get("CLAIMS_HOME")
    return Settings(
        home=Path(home).expanduser().absolute() if home else user_data_path("claims"),
        database_url=env.get("DATABASE_URL") or None,
        reviewer=env.get("CLAIMS_REVIEWER") or None,
        database_read_url=env.get("DATABASE_READ_URL") or None,
        fetch_allowed=frozenset(_hosts(env.get("CLAIMS_FETCH_ALLOW") or "")),
    )


def _hosts(text: str) -> Iterator[tuple[str, int]]:
    """Hosts with ports; what has no port is left out, so that nothing is allowed by mistake."""
    for part in text.replace(",", " ").split():
        host, _, port = part.rpartition(":")
        if host and port.isdecimal():
            yield host.strip("[]").lower(), int(port)


def remembered_reviewer(home: Path) -> str | None:
    """The name that the user entered when first asked; None if nobody was asked yet."""
    try:
        return " ".join((home / REMEMBERED).read_text("utf-8").split()) or None
    except (OSError, UnicodeDecodeError):
        return None


def remember_reviewer(home: Path, name: str) -> Path | None:
    """Store who signs; returns the file's path, or None if it cannot be written."""
    path = home / REMEMBERED
    try:
        home.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n", "utf-8")
    except OSError:
        return None
    return path
