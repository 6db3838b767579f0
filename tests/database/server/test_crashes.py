"""Whatever is killed, the next start works and what was committed is there."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from claims.database.errors import ClusterNotMadeError, ServerBusyError
from claims.database.server import ServerStatus, start, status, stop
from claims.database.server.account import Account, spawn
from claims.database.server.directory import find_layout, make_layout
from claims.database.server.lock import held
from claims.database.server.postmaster import find_servers, is_alive
from tests.conftest import wait_until

Homes = Callable[..., Path]
Child = Callable[..., subprocess.Popen[str]]


def asked_of(data: Path, account: Account, what: str) -> Iterator[Any]:
    """One thing of every process of a server; of one that ends meanwhile nothing."""
    for process in find_servers(data, account):
        with suppress(psutil.NoSuchProcess):
            yield getattr(process, what)()


def connect(now: ServerStatus) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(now.url or "", autocommit=True)


def write_rows(now: ServerStatus, count: int = 100) -> None:
    with connect(now) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, %s) AS n", [count])


def count_rows(now: ServerStatus) -> object:
    with connect(now) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    return row[0] if row else None


def kill(pid: int | None) -> None:
    assert pid
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not is_alive(pid))


def test_killed_client_leaves_a_server_that_others_use_and_stop(
    seeded: Homes, child: Child
) -> None:
    home = seeded()
    client = child(
        home,
        """
import psycopg, time
connection = psycopg.connect(start(home).url)
connection.execute("CREATE TABLE half AS SELECT 1")
say("holding")
time.sleep(60)
""",
    )
    assert client.stdout
    assert client.stdout.readline() == "holding\n"
    before = status(home)
    client.kill()
    client.wait()
    assert start(home) == before
    with connect(before) as connection:
        assert connection.execute("SELECT to_regclass('half')").fetchone() == (None,)
    assert not stop(home).running


def test_killed_client_releases_the_lock(seeded: Homes, child: Child, account: Account) -> None:
    home = seeded()
    client = child(
        home,
        """
import time
from claims.database.server.account import server_account
from claims.database.server.directory import make_layout
from claims.database.server.lock import held
account = server_account()
with held(make_layout(home, account).lock, account, seconds=1):
    say("held")
    time.sleep(60)
""",
    )
    assert client.stdout
    assert client.stdout.readline() == "held\n"
    threading.Timer(0.3, client.kill).start()
    began = time.monotonic()
    assert start(home).running
    assert time.monotonic() - began > 0.2
    assert make_layout(home, account).lock.exists()


def test_a_lock_that_is_not_released_is_reported(seeded: Homes, account: Account) -> None:
    layout = find_layout(seeded(), account)
    with (
        held(layout.lock, account, seconds=0),
        pytest.raises(ServerBusyError),
        held(layout.lock, account, seconds=0),
    ):
        pass


def test_killed_postmaster_comes_back_with_every_committed_row(seeded: Homes) -> None:
    home = seeded()
    first = start(home)
    write_rows(first)
    kill(first.pid)
    assert not status(home).running
    second = start(home)
    assert second.pid != first.pid
    assert count_rows(second) == 100


def test_client_and_postmaster_killed_together(seeded: Homes, child: Child) -> None:
    home = seeded()
    client = child(
        home,
        """
import psycopg
connection = psycopg.connect(start(home).url, autocommit=True)
connection.execute("CREATE TABLE kept (n int)")
for number in range(1, 1000000):
    connection.execute("INSERT INTO kept VALUES (%s)", [number])
    say(number)
""",
    )
    assert client.stdout
    for line in client.stdout:
        if int(line) >= 50:
            break
    pid = status(home).pid
    client.kill()
    kill(pid)
    acknowledged = int((client.stdout.read().split() or ["50"])[-1])
    rows = count_rows(start(home))
    # The last one may have been committed without the client having heard of it.
    assert rows in {acknowledged, acknowledged + 1}


def test_child_left_in_a_long_query_is_ended(seeded: Homes, account: Account) -> None:
    home = seeded()
    first = start(home)
    write_rows(first)

    def run_long() -> None:
        with suppress(psycopg.OperationalError), connect(first) as connection:
            connection.execute("SELECT count(*) FROM generate_series(1, 1000000000) a, kept")

    thread = threading.Thread(target=run_long)
    thread.start()
    data = first.directory / "data"
    wait_until(
        lambda: any("SELECT" in " ".join(words) for words in asked_of(data, account, "cmdline"))
    )
    kill(first.pid)
    second = start(home)
    thread.join(10)
    assert not thread.is_alive()
    assert count_rows(second) == 100


@pytest.mark.parametrize("kind", ["stranger", "zombie"])
def test_reused_pid_is_neither_taken_for_the_server_nor_signalled(
    seeded: Homes, account: Account, kind: str
) -> None:
    home = seeded()
    first = start(home)
    pid_file = first.directory / "data" / "postmaster.pid"
    other_lines = pid_file.read_text().split("\n", maxsplit=1)[1]
    stop(home)
    other = spawn(["/bin/sleep", "60"], account)
    if kind == "zombie":
        other.kill()
        wait_until(lambda: psutil.Process(other.pid).status() == psutil.STATUS_ZOMBIE)
    for path in (pid_file, first.directory / "run" / ".s.PGSQL.5432.lock"):
        path.write_text(f"{other.pid}\n{other_lines}")
        os.chown(path, account.uid, account.gid)
    assert status(home).pid is None
    assert not stop(home).running
    second = start(home)
    assert second.running
    assert second.pid != other.pid
    if kind == "stranger":
        assert other.poll() is None
    other.kill()
    other.communicate()


def test_pid_of_another_home_is_left_alone(seeded: Homes, account: Account) -> None:
    ours, other = seeded("ours"), seeded("other")
    running = start(other)
    pid_file = find_layout(ours, account).data / "postmaster.pid"
    pid_file.write_bytes((running.directory / "data" / "postmaster.pid").read_bytes())
    os.chown(pid_file, account.uid, account.gid)
    assert not status(ours).running
    assert not stop(ours).running
    assert start(ours).pid != running.pid
    assert start(other) == running


def test_client_killed_in_initdb(bare: Homes, child: Child, account: Account) -> None:
    home = bare()
    client = child(home, "start(home)")
    layout = find_layout(home, account)
    wait_until(layout.partial.exists)
    client.kill()
    client.wait()
    assert not layout.data.exists()
    assert start(home).running
    assert not layout.partial.exists()


def test_killed_initdb_is_reported_and_repeated(bare: Homes, account: Account) -> None:
    home = bare()
    layout = make_layout(home, account)
    failed: list[ClusterNotMadeError] = []

    def begin() -> None:
        try:
            start(home)
        except ClusterNotMadeError as error:
            failed.append(error)

    thread = threading.Thread(target=begin)
    thread.start()
    wait_until((layout.partial / "PG_VERSION").exists)
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess):
            if process.name() == "initdb" and f"--pgdata={layout.partial}" in process.cmdline():
                process.kill()
    thread.join(20)
    assert [error.code for error in failed] == ["cluster-not-made"]
    assert not layout.data.exists()
    assert start(home).running


def test_four_at_once_share_one_server(bare: Homes, child: Child, account: Account) -> None:
    home = bare()
    clients = [child(home, "say(start(home).pid)") for _ in range(4)]
    pids = {client.communicate(timeout=30)[0] for client in clients}
    assert pids == {f"{status(home).pid}\n"}
    data = find_layout(home, account).data
    parents = set(asked_of(data, account, "ppid"))
    assert len(parents - {status(home).pid}) == 1
