"""Locks that the kernel releases when their holder dies, however it dies."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claims.database.errors import ServerBusyError
from claims.database.server.account import Account

POLL_SECONDS = 0.02


@contextmanager
def held(path: Path, account: Account, *, seconds: float) -> Iterator[int]:
    """Hold a lock file for the length of a block; yields its descriptor.

    A program that inherits the descriptor holds the lock too, until it ends.

    Args:
        path: The lock file; created if missing, never removed.
        account: The user who is to own it.
        seconds: How long to wait if somebody else holds it.

    Raises:
        ServerBusyError: It is still held after that time.
        OSError: The file cannot be opened.
    """
    descriptor = open_lock(path, account)
    try:
        if not acquire(descriptor, seconds=seconds):
            raise ServerBusyError(str(path.parent), f"{path.name} is held")
        yield descriptor
    finally:
        os.close(descriptor)


def open_lock(path: Path, account: Account) -> int:
    """Open a lock file without acquiring the lock.

    Raises:
        OSError: It cannot be opened, or is a symbolic link: root must not follow one that the
            server's user may have planted.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    if account.dropped:
        os.fchown(descriptor, account.uid, account.gid)
    return descriptor


def acquire(descriptor: int, *, seconds: float) -> bool:
    """Acquire the lock, waiting at most `seconds`; returns whether we hold it now.

    Raises:
        OSError: The file system has no locks.
    """
    deadline = time.monotonic() + seconds
    while not _try_once(descriptor):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _try_once(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            return False
        raise
    return True
