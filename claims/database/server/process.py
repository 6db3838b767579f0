"""Starting the server, waiting for its first answer, and stopping it."""

import os
import signal
import time
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from claims.database.errors import (
    ServerInUseError,
    ServerNotStartedError,
    ServerNotStoppedError,
    ServerTooSlowError,
)
from claims.database.server.account import Account, spawn
from claims.database.server.binaries import Binaries
from claims.database.server.cluster import OWNER
from claims.database.server.diagnosis import explain
from claims.database.server.directory import Layout
from claims.database.server.lock import acquire, open_lock
from claims.database.server.postmaster import (
    Postmaster,
    find_postmaster,
    find_servers,
    is_alive,
    misleading_files,
    serves,
)
from claims.database.server.sockets import PORT, SOCKET, make_socket_directory, setting_of, url_of

POLL_SECONDS = 0.02
CONNECT_SECONDS = 5

START_SECONDS = 120.0
"""Recovery after a crash replays at most max_wal_size (1 GB): half a minute on a slow disk."""

STOP_SECONDS = 60.0
ORPHAN_SECONDS = 2.0

LONGEST_LOG = 1 << 20
"""Bytes, after which the next start begins a new log and keeps one old one."""

LAUNCH = 'log=$1; shift; "$@" >>"$log" 2>&1 & echo "$!"'
"""The shell ends at once, so the server is the system's child and not ours: a program of ours that
runs for days leaves no zombie behind when the server is killed. The log is opened with the server
user's own rights."""


def read_version(url: str) -> str | None:
    """The version of the server at an address, or None if it does not answer."""
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS, autocommit=True) as connection:
            connection.execute("SELECT 1")
            version = connection.info.server_version
    except psycopg.OperationalError:
        return None
    return f"{version // 10000}.{version % 10000}"


def make_database(sockets: Path) -> None:
    """Make our database if the server answers and has none."""
    try:
        with psycopg.connect(
            url_of(sockets, "postgres"), connect_timeout=CONNECT_SECONDS, autocommit=True
        ) as connection:
            existing = connection.execute("SELECT FROM pg_database WHERE datname = %s", [OWNER])
            if not existing.rowcount:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(OWNER)))
    except psycopg.OperationalError:
        return


def launch(layout: Layout, binaries: Binaries, account: Account) -> None:
    """Start the server in the background and wait until it answers.

    Raises:
        ServerNotStartedError: It ended at once; with the last error in its log.
        DiskFullError: It ended because there is no space.
        ReadOnlyDirectoryError: It ended because it may not write.
        ServerTooSlowError: It does not answer in time; it is left to go on.
        ServerInUseError: A process that cannot be seen from here still has the files open.
        OSError: A directory or lock cannot be made.
    """
    sockets = make_socket_directory(layout, account)
    clear_leftovers(layout, sockets, account)
    if size_of(layout.log) > LONGEST_LOG:
        layout.log.rename(layout.log.with_name("log.old"))
    before = size_of(layout.log)
    pid = run_in_background(layout, server_command(layout, binaries, sockets), account)
    if not wait_for_answer(layout, account, pid):
        raise explain(read_from(layout.log, before), layout.directory, ServerNotStartedError)


def run_in_background(layout: Layout, command: list[str], account: Account) -> int:
    """Run the server's program in the background; returns its process number.

    Raises:
        ServerInUseError: A process that cannot be seen from here still has the files open.
        ServerNotStartedError: The shell could not start it.
        OSError: The lock cannot be opened.
    """
    life = open_lock(layout.life, account)
    try:
        if not acquire(life, seconds=ORPHAN_SECONDS):
            raise ServerInUseError(str(layout.directory), "another container or machine has it")
        shell = ["/bin/sh", "-c", LAUNCH, "sh", str(layout.log), *command]
        with spawn(shell, account, keep=[life]) as process:
            words = process.communicate()[0].decode(errors="replace").split()
    finally:
        # The server has inherited the lock; it is free again when the last of its processes ends.
        os.close(life)
    if len(words) != 1 or not words[0].isdecimal():
        raise explain(" ".join(words), layout.directory, ServerNotStartedError)
    return int(words[0])


def server_command(layout: Layout, binaries: Binaries, sockets: Path) -> list[str]:
    """The server's program with the settings that ALTER SYSTEM may not change.

    They are who can reach the server, and that it is durable.
    """
    settings = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": setting_of(sockets),
        "unix_socket_permissions": "0700",
        "fsync": "on",
        "full_page_writes": "on",
        "logging_collector": "off",
    }
    options = [f"-c{name}={value}" for name, value in settings.items()]
    return [str(binaries.directory / "postgres"), "-D", str(layout.data), *options]


def clear_leftovers(layout: Layout, sockets: Path, account: Account) -> None:
    """Let the children of a killed server end, then remove lock files that would mislead the next.

    Called with the lock held and no postmaster alive. Children notice within moments, except one
    in the middle of a long query; that one is ended, as safely as by a crash.
    """
    for ending in (None, signal.SIGTERM, signal.SIGKILL):
        left = find_servers(layout.data, account)
        for process in left if ending else ():
            _send(process, ending or signal.SIGTERM)
        deadline = time.monotonic() + ORPHAN_SECONDS
        while left and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
            left = [process for process in left if serves(process, layout.data, account)]
    for path in misleading_files(layout.data, sockets, SOCKET):
        path.unlink(missing_ok=True)


def wait_for_answer(
    layout: Layout, account: Account, pid: int, *, seconds: float = START_SECONDS
) -> bool:
    """Wait until the server has recovered and answers; make our database if it has none.

    Returns False as soon as the server has ended.

    Args:
        layout: Where it works.
        account: Who runs it.
        pid: Its process number.
        seconds: How long to wait.

    Raises:
        ServerTooSlowError: It does not answer in time; it is left to go on.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        postmaster = find_postmaster(layout.data, account)
        if postmaster and postmaster.ready and postmaster.sockets:
            if read_version(url_of(postmaster.sockets)):
                return True
            make_database(postmaster.sockets)
        elif not is_alive(pid):
            return False
        time.sleep(POLL_SECONDS)
    raise ServerTooSlowError(str(layout.directory), f"no answer within {seconds:g} s")


def end(postmaster: Postmaster, layout: Layout, *, seconds: float = STOP_SECONDS) -> None:
    """Stop the server: sessions are ended, everything is written, the files are left clean.

    Raises:
        ServerNotStoppedError: It has not ended in time.
    """
    _send(postmaster.process, signal.SIGINT)
    deadline = time.monotonic() + seconds
    while is_alive(postmaster.process.pid) and postmaster.process.is_running():
        if time.monotonic() > deadline:
            raise ServerNotStoppedError(str(layout.directory), f"still there after {seconds:g} s")
        time.sleep(POLL_SECONDS)
    if (
        postmaster.sockets
        and postmaster.sockets != layout.sockets
        and not any(postmaster.sockets.iterdir())
    ):
        postmaster.sockets.rmdir()


def size_of(log: Path) -> int:
    """How many bytes a log has; none if it is not there."""
    return log.stat().st_size if log.exists() else 0


def read_from(log: Path, position: int) -> str:
    """What was written to a log from a position on, at most its last LONGEST_LOG bytes."""
    with log.open("rb") as file:
        file.seek(max(position, size_of(log) - LONGEST_LOG))
        return file.read().decode(errors="replace")


def _send(process: psutil.Process, number: int) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
