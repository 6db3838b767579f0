"""Which system user the server runs as, and what that user can reach."""

import os
import pwd
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

UNPRIVILEGED = ("postgres", "nobody")
"""Who runs the server when the program is started as root: PostgreSQL refuses to be root."""

PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""All a program needs to be found and loaded. Nothing else goes on: the server outlives the command
that starts it, so keys in that environment would stay readable in its own; and PGPORT, PGOPTIONS
and their like would change what it does."""


@dataclass(frozen=True, slots=True)
class Account:
    """The system user that owns the server's files and runs its processes.

    Attributes:
        uid: The user's number.
        gid: The number of the user's first group.
        dropped: Whether this is not the user who runs the program, but one that root steps down to.
    """

    uid: int
    gid: int
    dropped: bool


@cache
def server_account() -> Account:
    """Whoever runs the program; for root the first of UNPRIVILEGED that exists.

    Raises:
        KeyError: The program runs as root on a system without either user.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), dropped=False)
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam(next((name for name in UNPRIVILEGED if name in names), UNPRIVILEGED[-1]))
    return Account(entry.pw_uid, entry.pw_gid, dropped=True)


def spawn(
    command: Sequence[str | Path], account: Account, *, keep: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start a program as the server's user, in a session of its own, both outputs in one pipe.

    Args:
        command: The program's absolute path and its arguments; no shell reads them.
        account: Whose rights it gets; root's other groups go too.
        keep: Open file descriptors that it inherits.

    Raises:
        OSError: The program cannot be run.
    """
    return subprocess.Popen(  # noqa: S603 - an absolute path and our own arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ}
        | {"LC_ALL": "C", "TZ": "UTC"},
        pass_fds=keep,
        start_new_session=True,
        umask=0o077,
        user=account.uid if account.dropped else None,
        group=account.gid if account.dropped else None,
        extra_groups=[] if account.dropped else None,
    )


def may_use(path: Path, account: Account, access: int = 1) -> bool:
    """Whether the permission bits let a user enter every parent and use the path itself.

    Args:
        path: An existing file or directory.
        account: The user.
        access: What is needed of the path itself: 4 to read, 1 to enter or run, 5 for both.
    """
    real = Path(os.path.realpath(path))
    return all(_allows(parent, account, 1) for parent in real.parents) and _allows(
        real, account, access
    )


def _allows(path: Path, account: Account, access: int) -> bool:
    status = path.stat()
    if status.st_uid == account.uid:
        bits = stat.S_IMODE(status.st_mode) >> 6
    elif status.st_gid == account.gid:
        bits = stat.S_IMODE(status.st_mode) >> 3
    else:
        bits = stat.S_IMODE(status.st_mode)
    return bits & access == access
