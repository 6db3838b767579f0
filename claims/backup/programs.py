"""Finds pg_dump and pg_restore, checks their versions and runs them."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from claims.backup.errors import BackupFailedError, BackupProgramError
from claims.database.server.binaries import PACKAGE, find_wheel

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


PACKAGED = Path("/usr/lib/postgresql")
"""Where Debian and Ubuntu keep each version's programs; only the newest stands on the PATH."""

TIMEOUTS = 17
"""From this version on a dump sets `transaction_timeout`, which an older server does not know."""


def find_program(name: str, *, server: int, embedded: bool) -> Path:
    """A program of PostgreSQL's that fits a server: of its version, else of the next newer one.

    Args:
        name: pg_dump or pg_restore.
        server: The server's major version; the program's must not be lower.
        embedded: Whether the server is our own, whose programs came with it.

    Raises:
        BackupProgramError: There is none, all are older than the server, or all restore with
            settings that the server does not know.
    """
    versions = {path: _major(path) for path in _candidates(name, embedded=embedded)}
    able = [path for path in versions if versions[path] >= server]
    if name == "pg_restore" and server < TIMEOUTS:
        able = [path for path in able if versions[path] < TIMEOUTS]
    if able:
        return min(able, key=lambda path: versions[path])
    seen = ", ".join(f"{path} is {major}" for path, major in versions.items())
    raise BackupProgramError(name, f"the server is {server}; {seen or 'it is not on the PATH'}")


def _candidates(name: str, *, embedded: bool) -> list[Path]:
    """The system's programs first, unless the server is ours; the wheel's work for all."""
    ours = [find_wheel() / PACKAGE / "pginstall" / "bin" / name]
    on_path = shutil.which(name)
    theirs = [Path(on_path)] if on_path else []
    theirs += sorted(PACKAGED.glob(f"*/bin/{name}"))
    both = [*ours, *theirs] if embedded else [*theirs, *ours]
    return [path for path in both if path.exists()]


def _major(path: Path) -> int:
    try:
        output = subprocess.run(  # noqa: S603 - a program of the system's or the wheel's, no shell
            [path, "--version"], capture_output=True, text=True, timeout=30, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = _VERSION.search(output)
    return int(version[1]) if version else 0


def run_program(
    command: Sequence[str | Path], environment: Mapping[str, str], location: str
) -> str:
    """Run one of them to its end, and return what it printed.

    Args:
        command: The program with its arguments; none of them is a password.
        environment: How to reach the database (PGHOST, PGPASSWORD and so on).
        location: The database it works on, for messages.

    Raises:
        BackupFailedError: It failed; with the first line it printed.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    ended = subprocess.run(  # noqa: S603 - a program of the system's or the wheel's, no shell
        command, env=inherited | dict(environment), capture_output=True, text=True, check=False
    )
    if ended.returncode:
        lines = ended.stderr.strip().splitlines()
        raise BackupFailedError(location, (lines or [f"it ended with {ended.returncode}"])[0][:300])
    return ended.stdout
