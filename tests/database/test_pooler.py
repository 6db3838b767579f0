"""Through pgbouncer in transaction mode, where each transaction may have another connection.

The pooler has one connection to the server, or two, and hands them to everybody in turn, so that
whatever one session leaves behind meets the next one. Where it is missing: `make pooler`.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, text

from claims.catalogue.find import search_claims
from claims.database.driver import driver_of
from claims.database.engine import SESSION, Database
from claims.database.migrations import upgrade
from claims.database.server.account import server_account
from claims.model.moment import AsOf
from tests.conftest import run_outside
from tests.in_process import Ended, run
from tests.review.conftest import Room

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no pgbouncer here: `make pooler`")

CONFIGURATION = """
[databases]
* = host={host} port={port} user={user}

[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = {connections}
query_wait_timeout = 20
max_client_conn = 100
server_reset_query =
{further}
"""
"""Without a reset query, as in transaction mode by default."""


@dataclass(frozen=True)
class Pooler:
    """A pooler in front of a server.

    Attributes:
        url: What a program connects to, with the server's own database.
    """

    url: URL


@contextmanager
def pooler(server: URL, further: str = "", connections: int = 1) -> Iterator[Pooler]:
    """A pgbouncer in a folder of its own, which ends with the block."""
    account = server_account()
    folder = Path(tempfile.mkdtemp(prefix="claims-pool-"))
    settings = folder / "pgbouncer.ini"
    where = {"host": server.query["host"], "port": server.query.get("port", server.port or 5432)}
    settings.write_text(
        CONFIGURATION.format(
            **where,
            user=server.username,
            folder=folder,
            further=further,
            connections=connections,
        )
    )
    if account.dropped:
        shutil.chown(folder, account.uid, account.gid)
    folder.chmod(0o755)
    assert PROGRAM
    process = subprocess.Popen(
        [PROGRAM, settings],
        user=account.uid if account.dropped else None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_socket(folder / ".s.PGSQL.6432")
        yield Pooler(server.set(query={"host": str(folder), "port": "6432"}))
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for_socket(path: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as door, suppress(OSError):
            door.connect(str(path))
            return
        time.sleep(0.02)
    raise AssertionError("pgbouncer does not answer")


@pytest.fixture(params=["", "ignore_startup_parameters = options"], ids=["refuses", "ignores"])
def pooled(request: pytest.FixtureRequest, server: URL, database: Database) -> Iterator[Database]:
    """The test's database through a pooler that refuses options, and through one that drops them.

    What the database sets is not what the program needs, so that a setting that was lost shows.
    """
    name = database.url.database
    run_outside(
        server,
        f"ALTER DATABASE {name} SET timezone = 'Asia/Tokyo'",
        f"ALTER DATABASE {name} SET search_path = claims_v1",
        f"ALTER DATABASE {name} SET datestyle = 'German'",
        f"ALTER DATABASE {name} SET intervalstyle = 'iso_8601'",
        f"ALTER DATABASE {name} SET bytea_output = 'escape'",
        f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'",
    )
    with pooler(server, request.param) as made:
        through = Database(made.url.set(database=name), keep=True)
        yield through
        through.close()


def settings_of(database: Database) -> dict[str, str]:
    with database.writer() as session:
        names = {name: name for name in SESSION if not name.startswith("default_")}
        return {
            **{
                name: session.scalar(text("SELECT current_setting(:name)"), {"name": name})
                for name in names
            },
            "isolation": session.scalar(text("SELECT current_setting('transaction_isolation')")),
        }


def test_each_transaction_has_its_settings_and_leaves_none_behind(pooled: Database) -> None:
    expected = {name: value for name, value in SESSION.items() if not name.startswith("default_")}
    for _ in range(3):
        assert settings_of(pooled) == expected | {"isolation": "read committed"}
        # Whoever has the connection next finds what the database sets.
        plain = pooled.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, prepare_threshold=None) as other:
            row = other.execute("SHOW search_path").fetchone()
            left = other.execute("SELECT name FROM pg_prepared_statements").fetchall()
        assert (row, left) == (("claims_v1",), [])


def test_no_statement_is_prepared_however_often_it_is_sent(pooled: Database) -> None:
    for _ in range(20):
        with pooled.reader() as session:
            assert session.scalar(text("SELECT :one + 1"), {"one": 1}) == 2
            assert driver_of(session.connection()).prepare_threshold is None
            count = session.scalar(text("SELECT count(*) FROM pg_prepared_statements"))
        assert count == 0


def test_decisions_of_several_people_at_once_and_the_past(pooled: Database) -> None:
    room = Room(pooled)
    claims = [claim for n in range(4) for claim in room.store(url=f"https://pier.example/{n}")]
    with ThreadPoolExecutor(4) as people:
        list(people.map(lambda claim: room.act("Ann", claim, "accept"), claims))
    with pooled.reader() as session:
        assert session.scalar(text("SELECT count(*) FROM claims.decision")) == len(claims)
        assert session.scalar(text("SELECT count(*) FROM claims_v1.claims")) == len(claims)
        at = session.scalar(text("SELECT min(at) FROM claims.decision"))
    assert at
    with pooled.reader(AsOf(0, at, "before")) as session:
        assert session.scalar(text("SELECT count(*) FROM claims_v1_past.claims")) == 0
    with pooled.reader() as session:
        assert len(search_claims(session, "bridge", limit=20)) == 4
        assert session.scalar(text("SELECT current_setting('claims.as_of', true)")) in {None, ""}


def test_commands_work_as_without_a_pooler(
    server: URL, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker holds the right to store in one transaction, and stores in others."""
    with pooler(server, connections=2) as made:
        through = made.url.set(database=database.url.database)
        monkeypatch.setenv("DATABASE_URL", through.render_as_string(hide_password=False))
        monkeypatch.setenv("CLAIMS_REVIEWER", "Ann")
        run_all_commands(tmp_path)
    with database.reader() as session:
        assert session.scalar(text("SELECT count(*) FROM claims.claim")) == 1


def run_all_commands(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text('Mayor Ada Quill said "the bridge is safe" on Monday, Reuters reported.\n')
    assert ended_well("ingest", "--workers", "1", str(article))
    assert ended_well("ingest", "--queue", str(article))
    assert ended_well("worker", "--workers", "1", "--idle-exit", "1")
    archive = tmp_path / "all.jsonl"
    for command in (
        ("list",), ("search", "bridge"), ("who", "Ada Quill"), ("compare",), ("ledger", "verify"),
        ("export", "--format", "csv", "--status", "proposed"),
        ("export", "--format", "archive", "-o", str(archive)), ("import", str(archive)),
    ):  # fmt: skip
        assert ended_well(*command)


def ended_well(*command: str) -> Ended:
    ended = run(*command)
    assert ended.code == 0, (command, ended.err)
    return ended


def test_migrations_run_through_a_pooler(server: URL, empty_url: URL) -> None:
    with pooler(server) as made:
        database = Database(made.url.set(database=empty_url.database))
        upgrade(database.engine)
        with database.reader() as session:
            assert session.scalar(text("SELECT count(*) FROM claims_v1.claims")) == 0
        database.close()


def test_options_of_ones_own_are_not_dropped_in_silence(server: URL) -> None:
    with pooler(server) as made:
        url = made.url.update_query_dict({"options": "-c statement_timeout=5s"})
        with (
            pytest.raises(Exception, match="unsupported startup parameter"),
            Database(url).reader(),
        ):
            pass
