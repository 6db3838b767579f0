"""pg_dump and pg_restore: found, checked for their version, run."""

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
    """A program of PostgreSQL's that can work with a server: of its version, else the next.

    Args:
        name: pg_dump or pg_restore.
        server: The server's major version; the program's must not be lower.
        embedded: Whether the server is our own, whose programs came with it.

    Raises:
        BackupProgramError: None is there, all are older than the server, or what they restore
            an older server does not understand.
    """
    found = {path: _major(path) for path in _candidates(name, embedded=embedded)}
    able = [path for path in found if found[path] >= server]
    if name == "pg_restore" and server < TIMEOUTS:
        able = [path for path in able if found[path] < TIMEOUTS]
    if able:
        return min(able, key=lambda path: found[path])
    seen = ", ".join(f"{path} is {major}" for path, major in found.items())
    raise BackupProgramError(name, f"the server is {server}; {seen or 'it is not on the PATH'}")


def _candidates(name: str, *, embedded: bool) -> list[Path]:
    """Those of the system first, unless the server is ours; those of the wheel work for all."""
    ours = [find_wheel() / PACKAGE / "pginstall" / "bin" / name]
    on_path = shutil.which(name)
    theirs = [Path(on_path)] if on_path else []
    theirs += sorted(PACKAGED.glob(f"*/bin/{name}"))
    both = [*ours, *theirs] if embedded else [*theirs, *ours]
    return [path for path in both if path.exists()]


def _major(path: Path) -> int:
    try:
        said = subprocess.run(  # noqa: S603 - a program that was found, no shell
            [path, "--version"], capture_output=True, text=True, timeout=30, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = _VERSION.search(said)
    return int(found[1]) if found else 0


def run_program(command: Sequence[str | Path], environment: Mapping[str, str], place: str) -> None:
    """Run one of them to its end.

    Args:
        command: The program with its arguments; none of them is a password.
        environment: How to reach the database (PGHOST, PGPASSWORD and so on).
        place: What it works on, for messages.

    Raises:
        BackupFailedError: It failed; with the first line it said.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    ended = subprocess.run(  # noqa: S603 - a program that was found, no shell
        command, env=kept | dict(environment), capture_output=True, text=True, check=False
    )
    if ended.returncode:
        lines = ended.stderr.strip().splitlines()
        raise BackupFailedError(place, (lines or [f"it ended with {ended.returncode}"])[0][:300])
