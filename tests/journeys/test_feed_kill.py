"""Killed at any moment and run again, by two at once, feeds end in the rows of a calm run."""

import random
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.feeds.follow import NewFeed, add_feed
from claims.ledger.append import sign_in
from tests.feeds.conftest import HTML, RSS, feed_of, item, page_of
from tests.fetch.conftest import Site, serve
from tests.journeys.conftest import Claims
from tests.journeys.test_kill import ROWS, count_documents, words_of
from tests.readers.archives import FILLING

PAGES, WITH_TEXT, HOSTS = 20, 8, 5
# As the program, but that a host is asked more often than once a second.
HURRIED = "import claims.fetch.client as c; c.PAUSE = 0.02; from claims.cli import main; main()"
PYTHON = (sys.executable, "-c")
RUN = [*PYTHON, HURRIED, "feeds", "run"]
OURS = {
    # What was read and not noted before a kill is read again: another sighting of the same version.
    "sighting": "SELECT DISTINCT document, version FROM claims.sighting",
    "problem": "SELECT place, reason, run FROM claims.problem",
    "feed_address": "SELECT id, url, kind, replace(state, 'unchanged', 'read'), readings, failures,"
    " etag, due_at > now() FROM claims.feed_address",
    "feed_host": "SELECT host, leased_by FROM claims.feed_host",
}
EMPTIED = [name for name in ROWS if name != "version"] + ["document_version", *OURS]


@pytest.fixture
def site() -> Iterator[Site]:
    """A feed whose articles are on several hosts, one of them missing."""
    with serve("") as served:
        items = [
            item(served.url(f"/full/{number}"), text=page_of(words_of(100 + number)).decode())
            for number in range(WITH_TEXT)
        ]
        for number in range(PAGES):
            host = f"http://127.0.0.{number % HOSTS + 1}:{served.port}"
            body = page_of(*words_of(number).splitlines(), FILLING)
            served.put(f"/{number}", body, 200, HTML, ("ETag", f'"{number}"'))
            items.append(item(f"{host}/{number}"))
        items.append(item(served.url("/missing")))
        served.put("/feed", feed_of(*items), 200, RSS, ("ETag", '"feed"'))
        yield served


def follow(database: Database, site: Site) -> None:
    feed = NewFeed(uuid.uuid5(uuid.NAMESPACE_URL, "feed"), site.url("/feed"), "Pier", None, 3600)
    with database.writer() as session:
        add_feed(session, feed, added_by=sign_in(session, "Ann", uuid.uuid4()))


def rows_of(database: Database) -> dict[str, list[str]]:
    with database.engine.connect() as connection:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(text(query)))
            for name, query in (ROWS | OURS).items()
        }


def let_leases_end(database: Database) -> None:
    """As if three minutes had passed."""
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE claims.feed_host SET leased_until = now()"
                                " WHERE leased_by IS NOT NULL"))  # fmt: skip


def kill_at_work(database: Database, environment: dict[str, str], chance: random.Random) -> None:
    """Start a run and kill it: soon after it has stored something, or while it still loads."""
    before = count_documents(database)
    process = subprocess.Popen(
        RUN, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    if chance.random() < 0.8:
        while count_documents(database) == before and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(chance.random() * 0.2)
    else:
        time.sleep(chance.random())
    process.send_signal(signal.SIGKILL)
    process.wait()
    let_leases_end(database)


def run_two_at_once(environment: dict[str, str]) -> None:
    """Run until nothing is due, in two processes."""
    processes = [
        subprocess.Popen(RUN, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode in {0, 1}, errors


def clear(database: Database) -> None:
    """Take everything away, past the laws, to read it once more without a kill."""
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name in (*EMPTIED, "feed"):
            connection.execute(text(f"ALTER TABLE claims.{name} DISABLE TRIGGER USER"))
            connection.execute(text(f"DELETE FROM claims.{name}"))
            connection.execute(text(f"ALTER TABLE claims.{name} ENABLE TRIGGER USER"))


@pytest.mark.parametrize("kills", [1, pytest.param(20, marks=pytest.mark.long)])
def test_kills_leave_the_rows_of_a_run_that_was_never_killed(
    database: Database,
    environment: dict[str, str],
    claims: Claims,
    site: Site,
    *,
    kills: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    allowed = ",".join(f"127.0.0.{number}:{site.port}" for number in range(1, HOSTS + 1))
    environment = environment | {"CLAIMS_FETCH_ALLOW": allowed}
    follow(database, site)
    chance, killed_in_the_middle = random.Random(20260504), 0
    for _ in range(kills):
        kill_at_work(database, environment, chance)
        killed_in_the_middle += 0 < count_documents(database) < PAGES + WITH_TEXT
    assert killed_in_the_middle >= max(1, kills // 4)
    run_two_at_once(environment)
    survived = rows_of(database)
    clear(database)

    follow(database, site)
    monkeypatch.setenv("CLAIMS_FETCH_ALLOW", allowed)
    monkeypatch.setattr("claims.fetch.client.PAUSE", 0.02)
    assert claims("feeds", "run").code in {0, 1}
    undisturbed = rows_of(database)
    assert len(undisturbed["document"]) == PAGES + WITH_TEXT
    assert len(undisturbed["claim"]) >= 2 * (PAGES + WITH_TEXT)
    assert len(undisturbed["problem"]) == 1
    assert survived == undisturbed
