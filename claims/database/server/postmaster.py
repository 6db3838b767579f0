"""Which living process, if any, is the server of a data directory: proved, not believed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from claims.database.server.account import Account

PROGRAM = "postgres"

PID_LINE, SOCKET_LINE, STATE_LINE = 0, 4, 7
"""Lines of postmaster.pid, as PostgreSQL's miscadmin.h numbers them, from 0."""


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A living server process that was proved to serve a data directory.

    Attributes:
        process: It; psutil refuses to signal a later process with the same number.
        sockets: The directory of its socket; None as long as it has not made one.
        ready: Whether it says that it takes connections.
    """

    process: psutil.Process
    sockets: Path | None
    ready: bool


def find_postmaster(data: Path, account: Account) -> Postmaster | None:
    """The server process of a data directory, or None if none is alive.

    Raises:
        PermissionError: The data directory is another user's.
    """
    lines = read_pid_file(data)
    process = find_process(lines)
    if process is None or not serves(process, data, account) or is_child(process):
        return None
    sockets = lines[SOCKET_LINE] if len(lines) > SOCKET_LINE else ""
    state = lines[STATE_LINE].strip() if len(lines) > STATE_LINE else ""
    return Postmaster(process, Path(sockets) if sockets else None, state == "ready")


def find_servers(data: Path, account: Account) -> list[psutil.Process]:
    """Every living process that works in a data directory, children without a postmaster too."""
    return [process for process in psutil.process_iter() if serves(process, data, account)]


def serves(process: psutil.Process, data: Path, account: Account) -> bool:
    """Whether a process is a living PostgreSQL program of our user that works in a data directory.

    Every process of a server has its data directory as its working directory. A zombie does not
    live: in a container nobody may ever collect it.
    """
    try:
        with process.oneshot():
            return (
                process.name() == PROGRAM
                and process.uids().real == account.uid
                and process.status() != psutil.STATUS_ZOMBIE
                and Path(process.cwd()).samefile(data)
            )
    except (psutil.Error, OSError):
        return False


def is_child(process: psutil.Process) -> bool:
    """Whether a server's process calls itself something like `postgres: checkpointer`."""
    try:
        return process.cmdline()[0].startswith(f"{PROGRAM}: ")
    except (psutil.Error, IndexError):
        return False


def is_alive(pid: int) -> bool:
    """Whether a process runs under this number; a zombie does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def read_pid_file(data: Path) -> list[str]:
    """The lines of postmaster.pid; none if there is no such file."""
    try:
        return os.fsdecode((data / "postmaster.pid").read_bytes()).split("\n")
    except (FileNotFoundError, NotADirectoryError):
        return []


def find_process(lines: list[str]) -> psutil.Process | None:
    """Whatever runs under the number in the first line of a lock file of PostgreSQL's."""
    first = lines[PID_LINE].strip() if lines else ""
    try:
        return psutil.Process(abs(int(first)))
    except (ValueError, OverflowError, psutil.Error):
        return None


def misleading_files(data: Path, sockets: Path, name: str) -> Iterator[Path]:
    """Lock files whose number belongs to some process that is not our server, or to a zombie.

    PostgreSQL would take that process for a running server and refuse to start. Files whose number
    is nobody's are left to it: it checks their shared memory, too.
    """
    for path in (data / "postmaster.pid", sockets / f"{name}.lock"):
        try:
            lines = os.fsdecode(path.read_bytes()).split("\n")
        except OSError:
            continue
        if find_process(lines) is not None:
            yield path
