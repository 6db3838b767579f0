"""Reading from a replica: two servers, of which one follows the other as PostgreSQL streams it.

Both are embedded servers of the module's own, whatever server the other tests run on: a replica has
to be of the same version, and its folder to be made by the other's pg_basebackup.
"""

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, create_engine, event, text
from sqlalchemy.pool import NullPool

from claims.api.scopes import Scope
from claims.api.server import Server
from claims.cli.context import fresh_id
from claims.database.address import parse_url
from claims.database.engine import Database
from claims.database.errors import (
    BadDatabaseUrlError,
    ForeignReplicaError,
    NoReplicaError,
    NotMigratedError,
    ReadOnlyServerError,
)
from claims.database.migrations import upgrade
from claims.database.opening import open_database, open_to_read
from claims.database.server import start, stop
from claims.database.server.account import Account, server_account, spawn
from claims.database.server.binaries import find_binaries
from claims.database.server.directory import make_layout
from claims.database.server.lock import open_lock
from claims.desk.desk import Desk
from claims.desk.entrance import Entrance
from claims.published.rows import load_changes
from claims.settings import read_settings
from tests.api.conftest import add_token, client_of
from tests.conftest import memory_folder, wait_until
from tests.desk.conftest import ORIGIN, entrance_of
from tests.desk.conftest import client_of as browser_of
from tests.desk.editor import Editor
from tests.in_process import Ended, run
from tests.review.conftest import Room


@dataclass(frozen=True)
class Pair:
    """A server and its replica, with an accepted claim.

    Attributes:
        home: The program's home of the server that is written to.
        follower: That of the replica.
        url: The server that is written to.
        read_url: The replica.
    """

    home: Path
    follower: Path
    url: URL
    read_url: URL

    def ask_replica(self, statement: str) -> object:
        """One value from the replica."""
        engine = create_engine(self.read_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            return connection.scalar(text(statement))

    def ask_writer(self, statement: str) -> object:
        """One value from the server that is written to."""
        with Database(self.url).engine.connect() as connection:
            return connection.scalar(text(statement))

    @contextmanager
    def behind(self) -> Iterator[None]:
        """The replica takes the log and applies nothing of it."""
        self.ask_replica("SELECT pg_wal_replay_pause()")
        wait_until(lambda: self.ask_replica("SELECT pg_get_wal_replay_pause_state()") == "paused")
        try:
            yield
        finally:
            self.ask_replica("SELECT pg_wal_replay_resume()")

    def catch_up(self) -> None:
        """Wait until the replica has what the other server has."""
        end = self.ask_writer("SELECT pg_current_wal_insert_lsn()::text")
        wait_until(lambda: bool(self.ask_replica(f"SELECT pg_last_wal_replay_lsn() >= '{end}'")))

    def environment(self, patch: pytest.MonkeyPatch) -> None:
        """Let commands write to the one and read from the other."""
        patch.setenv("DATABASE_URL", shown(self.url))
        patch.setenv("DATABASE_READ_URL", shown(self.read_url))


def shown(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def make_replica(url: str, home: Path, account: Account) -> None:
    """A copy of a running server that will follow it, with a slot: what it misses is kept."""
    layout = make_layout(home, account)
    os.close(open_lock(layout.lock, account))
    programs = find_binaries(account).directory
    command = [str(programs / "pg_basebackup"), "--pgdata", str(layout.data), "--no-sync"]
    command += [
        "--dbname",
        url,
        "--write-recovery-conf",
        "--create-slot",
        "--slot=first",
        "--checkpoint=fast",
    ]
    with spawn(command, account) as process:
        output = process.communicate()[0].decode()
    assert process.returncode == 0, output


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    account = server_account()
    folder = Path(tempfile.mkdtemp(prefix="claims-replica-", dir=memory_folder()))
    folder.chmod(0o755)
    home, follower = folder / "home", folder / "follower"
    try:
        first = start(home).url or ""
        database = Database(parse_url(first))
        upgrade(database.engine)
        room = Room(database)
        claim, *_ = room.store()
        room.act("Ann", claim, "accept")
        make_replica(first, follower, account)
        yield Pair(home, follower, database.url, parse_url(start(follower).url or ""))
    finally:
        for one in (follower, home):
            stop(one)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def claims(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    pair.environment(monkeypatch)
    monkeypatch.setenv("CLAIMS_REVIEWER", "Ann")
    pair.catch_up()
    return run


@pytest.mark.parametrize(
    "command",
    [
        ("list",), ("search", "bridge"), ("who", "Ada Quill"), ("about", "bridge"),
        ("documents", "list"), ("sources", "list"), ("problems", "list"), ("notices", "list"),
        ("links", "list"), ("release", "list"), ("reviewers", "list"), ("feeds", "list"),
        ("ledger", "show"), ("ledger", "verify"), ("review", "agreement"),
        ("export", "--format", "csv"), ("export", "--format", "jsonl"),
        ("export", "--format", "archive"), ("list", "--as-of", "2020-01-01"),
    ],
)  # fmt: skip
def test_a_command_that_reads_prints_from_the_replica_what_the_other_would(
    command: tuple[str, ...],
    pair: Pair,
    claims: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = claims(*command)
    monkeypatch.delenv("DATABASE_READ_URL")
    assert read == claims(*command)
    assert read.code == 0
    # A replica alone is enough for who only reads.
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert claims(*command, "--read-only-url", shown(pair.read_url)) == read


def test_the_replica_is_what_is_read(pair: Pair, claims: Callable[..., Ended]) -> None:
    room = Room(Database(pair.url))
    with pair.behind():
        claim, *_ = room.store(url="https://pier.example/behind")
        assert claims("show", str(claim)).code != 0
    pair.catch_up()
    assert claims("show", str(claim)).code == 0


def test_a_write_is_refused_in_words(
    pair: Pair, claims: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ReadOnlyServerError), Database(pair.read_url).writer() as session:
        session.execute(text("DELETE FROM claims.problem"))
    monkeypatch.setenv("DATABASE_URL", shown(pair.read_url))
    ended = claims("reviewers", "add", "Bea")
    assert ended.code == 3
    assert ended.err.startswith("error[read-only-server] ")
    assert "DATABASE_URL" in ended.err


def test_a_replica_that_does_not_answer_is_named(
    claims: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_READ_URL", "postgresql://nobody@127.0.0.1:1/none")
    ended = claims("list")
    assert ended.code == 3
    assert ended.err.startswith("error[no-replica] 127.0.0.1/none: ")
    assert "DATABASE_READ_URL" in ended.err
    # Who writes does not ask it.
    assert claims("reviewers", "add", "Cleo").code == 0
    ended = claims("list", "--read-only-url", "mysql://there/none")
    assert (ended.code, ended.err.split()[0]) == (3, "error[bad-database-url]")


def test_a_server_that_follows_nobody_is_refused(pair: Pair, server: URL) -> None:
    environment = {"DATABASE_URL": shown(pair.url), "DATABASE_READ_URL": shown(server)}
    with (
        pytest.raises(ForeignReplicaError),
        open_database(read_settings(environment), replica=True),
    ):
        pass
    with pytest.raises(NotMigratedError), open_to_read(read_settings(environment)):
        pass
    alone = read_settings({"DATABASE_READ_URL": shown(pair.read_url)})
    with pytest.raises(BadDatabaseUrlError), open_database(alone, replica=True):
        pass


@pytest.fixture
def both(pair: Pair) -> Iterator[Database]:
    """What the desk opens: written to here, read from there."""
    pair.catch_up()
    environment = {"DATABASE_URL": shown(pair.url), "DATABASE_READ_URL": shown(pair.read_url)}
    with open_database(read_settings(environment), keep=True, replica=True) as database:
        yield database


def is_replica(database: Database) -> bool:
    with database.reader() as session:
        return bool(session.scalar(text("SELECT pg_is_in_recovery()")))


def test_who_writes_sees_it_at_once_and_reads_from_the_replica_again_later(
    both: Database, pair: Pair
) -> None:
    assert is_replica(both)
    with pair.behind():
        assert is_replica(both), "nothing was written by this process"
        reviewer = Room(both).reviewer("Dora")
        with both.reader() as session:
            found = session.scalar(
                text("SELECT name FROM claims.reviewer WHERE id = :id"), {"id": reviewer}
            )
        assert found == "Dora"
        assert not is_replica(both)
    pair.catch_up()
    assert is_replica(both)


def test_what_one_page_showed_the_next_one_shows(both: Database, pair: Pair) -> None:
    """Also what somebody else wrote, which this process only read."""
    with pair.behind():
        Room(both).reviewer("Eve")
        Room(Database(pair.url)).reviewer("Finn")
        query = text("SELECT count(*) FROM claims.reviewer")
        with both.reader() as session:
            before = session.scalar(query)
        assert both.replica
        # As if the replica had come to what this process wrote, and no further.
        assert both.replica.is_current() is False
        with both.reader() as session:
            assert session.scalar(query) == before


def test_the_change_feed_on_a_replica_has_each_change_once_and_later(pair: Pair) -> None:
    pair.catch_up()
    room, replica = Room(Database(pair.url)), Database(pair.read_url)
    claims = room.store(url="https://pier.example/feed")
    with replica.reader() as session:
        token = load_changes(session, None, 1000)[-1]["token"]
    with pair.behind():
        for claim in claims:
            room.act("Ann", claim, "accept")
        with replica.reader() as session:
            assert load_changes(session, str(token), 1000) == []
    pair.catch_up()
    with replica.reader() as session:
        seen = load_changes(session, str(token), 1000)
        assert [row["claim"] for row in seen] == claims
        assert load_changes(session, str(seen[-1]["token"]), 1000) == []


def test_of_two_writers_the_later_end_is_waited_for(both: Database, pair: Pair) -> None:
    """Also if the one that asked where the log ends before the other wrote is told of it after."""
    asked, written = threading.Event(), threading.Event()

    def hold(_c: Connection, _cursor: object, statement: str, *_: object) -> None:
        if "pg_current_wal_insert_lsn" in statement and threading.current_thread() is slow:
            asked.set()
            written.wait(30)

    slow = threading.Thread(target=lambda: Room(both).reviewer("Gina"))
    event.listen(both.engine, "after_cursor_execute", hold)
    slow.start()
    assert asked.wait(30)
    pair.catch_up()
    with pair.behind():
        reviewer = Room(both).reviewer("Hugo")
        written.set()
        slow.join()
        query = text("SELECT count(*) FROM claims.reviewer WHERE id = :id")
        with both.reader() as session:
            assert session.scalar(query, {"id": reviewer}) == 1


@pytest.fixture
def ann(both: Database, pair: Pair) -> Iterator[Editor]:
    """An editor at the desk who came in before the replica fell behind."""
    desk = Desk(both, ORIGIN, fresh_id, Entrance(ORIGIN, lambda _address: None))
    with browser_of(desk) as browser:
        ann = Editor(browser)
        ann.open(entrance_of(desk))
        token = ann.find("//input[@name='token']/@value")[0]
        assert browser.post("/enter", data={"token": token, "name": "Ann"}).status_code == 303
        ann.open("/about")
        pair.catch_up()
        assert is_replica(both)
        yield ann


def test_a_decision_at_the_desk_is_on_the_pages_that_follow(pair: Pair, ann: Editor) -> None:
    claim, second, *_ = Room(Database(pair.url)).store(url="https://pier.example/desk")
    with pair.behind():
        ann.open(f"/review/{claim}")
        ann.press("accept")
        assert ann.claim == second, "the next of the article"
        assert ann.find("//p[@class='saved']")[0].startswith("Saved accept, ledger")
        last = ann.find("//section[@class='recent']//a/@href")[0]
        assert last.partition("?")[0] == f"/review/{claim}"
        assert "accepted" in ann.open(f"/claims/{claim}").text


def test_what_an_editor_decided_elsewhere_is_among_their_last_decisions(
    pair: Pair, ann: Editor
) -> None:
    room = Room(Database(pair.url))
    claim, *_ = room.store(url="https://pier.example/elsewhere")
    pair.catch_up()
    with pair.behind():
        room.act("Ann", claim, "reject", reason="rumour")
        ann.open("/review/empty")
        assert ann.find("//p[@class='saved']")[0].startswith("Saved reject, ledger")


def test_a_revoked_token_is_refused_however_far_behind_the_replica_is(
    both: Database, pair: Pair
) -> None:
    secret = add_token(Database(pair.url), Scope.READ)
    pair.catch_up()
    client = client_of(Server(both, fresh_id), secret)
    assert client.get("/claims").status_code == 200
    with pair.behind():
        with Database(pair.url).writer() as session:
            session.execute(text("UPDATE claims.api_token SET revoked_at = now()"))
        assert client.get("/claims").status_code == 401


def test_a_desk_whose_replica_went_away_says_so(both: Database, pair: Pair) -> None:
    secret = add_token(Database(pair.url), Scope.READ)
    pair.catch_up()
    client = client_of(Server(both, fresh_id), secret)
    stop(pair.follower)
    try:
        answer = client.get("/claims")
        assert answer.status_code == 503
        assert answer.json()["code"] == "no-replica"
        with pytest.raises(NoReplicaError), both.reader():
            pass
    finally:
        start(pair.follower)
    pair.catch_up()
    assert client.get("/claims").status_code == 200
