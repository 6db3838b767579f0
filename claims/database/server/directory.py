"""Where the server's files are, and whether a directory is ours to use."""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from claims.database.errors import (
    ForeignDirectoryError,
    OtherOwnerError,
    ServerDirectoryError,
    UnusablePathError,
)
from claims.database.server.account import Account, may_use

SYSTEM = Path("/var/lib/claims")
"""Where root keeps what the server's user cannot reach elsewhere."""

LONGEST_PATH = 900
"""Bytes. PostgreSQL cuts paths at 1,024 (MAXPGPATH); the rest is for what it appends."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The server's own directory and what lies in it.

    Attributes:
        directory: The real directory, no symbolic link.
    """

    directory: Path

    @property
    def data(self) -> Path:
        """The cluster; it appears whole, by a rename, or not at all."""
        return self.directory / "data"

    @property
    def partial(self) -> Path:
        """A cluster that is being made; whatever is left of one may be thrown away."""
        return self.directory / "data.partial"

    @property
    def log(self) -> Path:
        """What the server writes."""
        return self.directory / "log"

    @property
    def lock(self) -> Path:
        """Held by whoever starts or stops the server; its presence marks the directory as ours."""
        return self.directory / "claims.lock"

    @property
    def life(self) -> Path:
        """Held by the server and each of its children as long as one of them lives."""
        return self.directory / "server.lock"

    @property
    def sockets(self) -> Path:
        """Where the socket is, if its path is short and plain enough."""
        return self.directory / "run"


def find_layout(home: Path, account: Account) -> Layout:
    """Where the server of a home is or would be; touches nothing."""
    entry = home.absolute() / "postgresql"
    if os.path.lexists(entry):
        return Layout(Path(os.path.realpath(entry)))
    if account.dropped and not may_use(_nearest(home.absolute()), account):
        return Layout(system_directory(home))
    return Layout(Path(os.path.realpath(entry)))


def system_directory(home: Path) -> Path:
    """Where root keeps the server of a home that the server's user cannot reach."""
    return SYSTEM / hashlib.sha256(os.fsencode(home.absolute())).hexdigest()[:16]


def make_layout(home: Path, account: Account) -> Layout:
    """Find the server's directory, or make it, and make sure that it is ours.

    Raises:
        ForeignDirectoryError: Something else is in it.
        OtherOwnerError: It belongs to another user.
        UnusablePathError: PostgreSQL cannot work at such a path.
        ServerDirectoryError: A link in its place leads nowhere.
        OSError: It cannot be made.
    """
    home.mkdir(parents=True, exist_ok=True)
    layout = find_layout(home, account)
    entry = home.absolute() / "postgresql"
    require_usable_path(layout.data)
    if layout.directory == system_directory(home):
        make_system_directory(SYSTEM)
    elif entry.is_symlink() and not layout.directory.exists():
        raise ServerDirectoryError(str(entry), f"it leads to {layout.directory}, which is missing")
    _make_own(layout.directory, account)
    require_ours(layout, account)
    if not os.path.lexists(entry):
        with suppress(FileExistsError):
            entry.symlink_to(layout.directory)
    return layout


def make_system_directory(path: Path) -> None:
    """Make a directory of root's that everybody may enter; one that is there stays as it is.

    Raises:
        OtherOwnerError: It belongs to somebody else, who could put programs in root's way.
        OSError: It cannot be made.
    """
    try:
        path.mkdir(parents=True)
    except FileExistsError:
        pass
    else:
        # The umask may have taken bits away; the directory is ours and new.
        path.chmod(0o755)
    if path.lstat().st_uid != os.geteuid() or path.lstat().st_mode & 0o022:
        raise OtherOwnerError(str(path), "others can write there")


def require_ours(layout: Layout, account: Account) -> None:
    """Refuse a directory that another user owns or that something else is in.

    Raises:
        ForeignDirectoryError: It is no directory, or holds files but not our lock file.
        OtherOwnerError: It belongs to another user.
        OSError: It may not be read.
    """
    require_owner(layout.directory, {account.uid, 0} if account.dropped else {account.uid})
    if not layout.directory.is_dir():
        raise ForeignDirectoryError(str(layout.directory), "it is no directory")
    # One look: the lock comes first, and another process may be making it just now.
    names = {path.name for path in layout.directory.iterdir()}
    if names and layout.lock.name not in names:
        raise ForeignDirectoryError(str(layout.directory), f"no {layout.lock.name} in it")
    for path in (layout.directory, layout.data):
        require_owner(path, {account.uid})
    if layout.data.exists() and not (layout.data / "global" / "pg_control").exists():
        raise ForeignDirectoryError(str(layout.data), "it holds no PostgreSQL cluster")


def require_owner(path: Path, allowed: set[int]) -> None:
    """Refuse what is there and belongs to a user other than these.

    Raises:
        OtherOwnerError: It does.
    """
    if path.exists() and path.stat().st_uid not in allowed:
        raise OtherOwnerError(str(path), f"it belongs to user number {path.stat().st_uid}")


def require_usable_path(path: Path) -> None:
    """Refuse a path that PostgreSQL would cut or misread.

    Raises:
        UnusablePathError: It is too long, or has a line break: postmaster.pid is read by lines.
    """
    if len(os.fsencode(path)) > LONGEST_PATH:
        raise UnusablePathError(repr(str(path)), f"more than {LONGEST_PATH} bytes")
    if not {"\n", "\r"}.isdisjoint(str(path)):
        raise UnusablePathError(repr(str(path)), "a line break in its name")


def _make_own(directory: Path, account: Account) -> None:
    try:
        directory.mkdir(mode=0o700)
    except FileExistsError:
        if not (account.dropped and directory.is_dir() and directory.lstat().st_uid == 0):
            return
        # Root's and empty: a start that was killed between making and giving away.
        if any(directory.iterdir()):
            return
    if account.dropped:
        os.chown(directory, account.uid, account.gid, follow_symlinks=False)


def _nearest(path: Path) -> Path:
    """The path itself or its closest parent that exists."""
    return next(parent for parent in (path, *path.parents) if parent.exists())
