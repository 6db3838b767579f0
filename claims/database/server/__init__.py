"""The embedded server: one PostgreSQL below the user's own directory, shared by all commands."""

from dataclasses import dataclass
from pathlib import Path

from claims.database.server.account import Account, server_account
from claims.database.server.binaries import find_binaries
from claims.database.server.cluster import make_cluster
from claims.database.server.diagnosis import translate_errors
from claims.database.server.directory import (
    Layout,
    find_layout,
    make_layout,
    require_ours,
    require_owner,
)
from claims.database.server.lock import held
from claims.database.server.postmaster import find_postmaster
from claims.database.server.process import (
    START_SECONDS,
    STOP_SECONDS,
    end,
    launch,
    read_version,
    wait_for_answer,
)
from claims.database.server.sockets import url_of

__all__ = ["ServerStatus", "start", "status", "stop"]


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """The state of the embedded server.

    Attributes:
        running: Whether it answers.
        url: Its address for psycopg or SQLAlchemy; None unless it runs.
        directory: Its own directory, with the cluster and the log.
        pid: Its process number; with `running` false it is starting, recovering or ending.
        version: Its version, such as 18.6; None unless it runs.
        log: Its log file, which may not exist yet.
    """

    running: bool
    url: str | None
    directory: Path
    pid: int | None
    version: str | None
    log: Path


def start(home: Path) -> ServerStatus:
    """Make sure that the server of a home runs and answers; the first time, make its cluster.

    It runs in the background until it is stopped. A second call costs one connection.

    Args:
        home: The program's own directory, with the server in `postgresql`. Root's server runs as
            another user, who may not be able to reach it: then a link there shows where it is.

    Raises:
        DatabaseError: It cannot run; the subclass says why. No data were harmed.
    """
    account = server_account()
    with translate_errors(home):
        now = _status(_find(home, account), account)
        if now.running:
            return now
        layout = make_layout(home, account)
        with held(layout.lock, account, seconds=START_SECONDS) as lock:
            _start_under_lock(layout, account, lock)
        return _status(layout, account)


def stop(home: Path) -> ServerStatus:
    """Make sure that the server of a home does not run; waits until everything is written.

    Raises:
        DatabaseError: It has not ended in time, or is another user's.
    """
    account = server_account()
    with translate_errors(home):
        layout = _find(home, account)
        if not layout.lock.exists():
            return _status(layout, account)
        require_ours(layout, account)
        with held(layout.lock, account, seconds=STOP_SECONDS):
            postmaster = find_postmaster(layout.data, account)
            if postmaster:
                end(postmaster, layout)
        return _status(layout, account)


def status(home: Path) -> ServerStatus:
    """The state of a home's server; starts nothing and changes nothing.

    Raises:
        DatabaseError: Its directory may not be read.
    """
    account = server_account()
    with translate_errors(home):
        return _status(_find(home, account), account)


def _find(home: Path, account: Account) -> Layout:
    layout = find_layout(home, account)
    # Root's own directory may be one that a killed start made and had not given away yet.
    require_owner(layout.directory, {account.uid, 0} if account.dropped else {account.uid})
    return layout


def _start_under_lock(layout: Layout, account: Account, lock: int) -> None:
    postmaster = find_postmaster(layout.data, account)
    if postmaster and wait_for_answer(layout, account, postmaster.process.pid):
        return
    binaries = find_binaries(account)
    make_cluster(layout, binaries, account, lock=lock)
    launch(layout, binaries, account)


def _status(layout: Layout, account: Account) -> ServerStatus:
    postmaster = find_postmaster(layout.data, account)
    ready = postmaster and postmaster.ready and postmaster.sockets
    url = url_of(ready) if ready else None
    version = read_version(url) if url else None
    return ServerStatus(
        running=version is not None,
        url=url if version else None,
        directory=layout.directory,
        pid=postmaster.process.pid if postmaster else None,
        version=version,
        log=layout.log,
    )
