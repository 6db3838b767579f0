"""Which session of review a terminal is: what one that was killed had comes back to the next."""

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claims.cli.context import fresh_id

MOST = 100
"""Terminals of one user that are told apart by their files; beyond, each is a new session."""


@contextmanager
def terminal_session(home: Path) -> Iterator[uuid.UUID]:
    """The id of a terminal's session, for the length of a block.

    Terminals that are open at one time have different ids. One that begins after another ended has
    its id, however it ended: then it is offered the card that the other had, with what was typed.
    The kernel frees the lock of a program that was killed.

    Args:
        home: The folder of the program's own files; if nothing can be written there, the id is new.
    """
    descriptor = None
    try:
        descriptor = _take_lock(home / "terminals")
        yield _read_id(descriptor) if descriptor is not None else fresh_id()
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _take_lock(folder: Path) -> int | None:
    """The locked file of the first terminal that is not open; None if there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, MOST):
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            descriptor = os.open(folder / str(number), flags, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(descriptor)
            else:
                return descriptor
    except OSError:
        pass
    return None


def _read_id(descriptor: int) -> uuid.UUID:
    """The id in a terminal's file; a new one is written if there is none."""
    try:
        return uuid.UUID(os.pread(descriptor, 36, 0).decode("ascii"))
    except ValueError:
        new = fresh_id()
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(new).encode("ascii"), 0)
        return new
