"""The directory of the server's socket: short, plain, and nobody else's."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from claims.database.errors import OtherOwnerError, UnusablePathError
from claims.database.server.account import Account
from claims.database.server.cluster import OWNER
from claims.database.server.directory import Layout

PORT = 5432
"""Part of the socket's name; no network port is opened."""

SOCKET = f".s.PGSQL.{PORT}"

LONGEST_SOCKET = 103
"""Bytes of a socket's path: 107 on Linux, 103 on macOS (sun_path less its final zero)."""


def make_socket_directory(layout: Layout, account: Account) -> Path:
    """The directory to put the socket in: below the server's own if it can be, else a short one.

    Raises:
        OtherOwnerError: Somebody has put something in the short one's place.
        UnusablePathError: Even the system's temporary directory has too long a path.
        OSError: It cannot be made.
    """
    chosen = layout.sockets if fits_socket(layout.sockets) else short_directory(layout, account)
    try:
        chosen.mkdir(mode=0o700)
    except FileExistsError:
        require_private(chosen, account)
    if account.dropped:
        os.chown(chosen, account.uid, account.gid, follow_symlinks=False)
    return chosen


def fits_socket(directory: Path) -> bool:
    """Whether a socket can be there and every program reads the same path from its URL.

    They differ: libpq takes a comma for the end of one of several hosts, psycopg wants UTF-8, and
    SQLAlchemy writes a space as a plus sign, which libpq takes for a plus sign.
    """
    name = os.fsencode(directory / SOCKET)
    return len(name) <= LONGEST_SOCKET and quote(name) == os.fsdecode(name)


def short_directory(layout: Layout, account: Account) -> Path:
    """A name in the temporary directory that belongs to this one server directory.

    Not in XDG_RUNTIME_DIR: that goes when its user logs out, and the server stays. The number of
    the directory's inode is part of it, so a server whose directory was deleted and made anew does
    not remove the new one's socket when it ends.

    Raises:
        UnusablePathError: No temporary directory has a path short enough.
    """
    key = f"{layout.directory.stat().st_ino}:".encode() + os.fsencode(layout.directory)
    name = f"claims-{account.uid}-{hashlib.sha256(key).hexdigest()[:16]}"
    parents = (Path(tempfile.gettempdir()).absolute(), Path("/tmp"))  # noqa: S108 - mode 0700, owner checked
    for parent in parents:
        if fits_socket(parent / name):
            return Path(os.path.realpath(parent)) / name
    raise UnusablePathError(str(parents[0]), "too long or odd for a socket")


def require_private(directory: Path, account: Account) -> None:
    """Refuse a directory in which somebody else could put a socket of their own.

    Raises:
        OtherOwnerError: It is a link, another user's, or open to others.
    """
    status = directory.lstat()
    ours = {account.uid, 0} if account.dropped else {account.uid}
    if directory.is_symlink() or not directory.is_dir() or status.st_uid not in ours:
        raise OtherOwnerError(str(directory), "somebody else made it")
    if status.st_mode & 0o077:
        raise OtherOwnerError(str(directory), "others may enter it")


def setting_of(directory: Path) -> str:
    """The directory as an element of the list that unix_socket_directories is."""
    return '"' + str(directory).replace('"', '""') + '"'


def url_of(directory: Path, database: str = OWNER) -> str:
    """The server's address for psycopg and SQLAlchemy; port too, because PGPORT may be set."""
    return f"postgresql://{OWNER}@/{database}?host={quote(str(directory))}&port={PORT}"
