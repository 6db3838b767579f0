"""Killed at any moment and run again, an ingest ends in the rows of one that was never killed."""

import json
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from tests.journeys.conftest import COMMAND, Claims
from tests.readers.archives import FILLING, HTML, Archive

ARTICLES = 40
ROWS = {
    "document": "SELECT id, url, title, published_at, outlet FROM claims.document",
    "archive_record": "SELECT id, uri, media_type, sha256, run FROM claims.archive_record",
    "version": "SELECT id, document, number, sha256, archive_record FROM claims.document_version",
    "sighting": "SELECT id, document, version, archive_record, seen_at, run FROM claims.sighting",
    "document_address": "SELECT id, document, url, kind, run FROM claims.document_address",
    "document_identifier": "SELECT id, document, external_id, run FROM claims.document_identifier",
    "claim": "SELECT id, version, text, speaker, status, run FROM claims.claim",
    "attribution": "SELECT claim, position, source, mention, cue FROM claims.attribution",
    "source": "SELECT id, kind, name, run FROM claims.source",
    "source_name": "SELECT id, source, name, kind FROM claims.source_name",
    "problem": "SELECT id, place, line, reason, run FROM claims.problem",
    "run": "SELECT id, command, inputs FROM claims.run",
}


def words_of(number: int) -> str:
    """An article; all share people and agencies."""
    return (
        f"Mayor Ada Quill said on Monday that bridge {number} was safe, Reuters reported.\n"
        f'"We counted {number} lorries," said Bob Stone, according to the Harbour News.\n'
    )


def write_lines(path: Path) -> None:
    """Articles as JSON lines, and some lines that cannot be read."""
    with path.open("w") as out:
        for number in range(ARTICLES):
            text = words_of(number)
            record = {"doc_id": f"n{number}", "text": text, "outlet": f"Paper {number % 3}"}
            out.write(json.dumps(record) + "\n")
            if number % 10 == 0:
                out.write("{broken\n")


def write_archive(path: Path) -> None:
    """Articles as pages of a web archive, and some pages that are damaged."""
    archive = Archive()
    for number in range(ARTICLES):
        paragraphs = "".join(f"<p>{line}</p>" for line in words_of(number).splitlines())
        body = f"<html><body><article>{paragraphs}<p>{FILLING}</p></article></body></html>"
        archive.add(f"https://paper.example/{number}", body.encode())
        if number % 10 == 0:
            damaged = (*HTML, ("Content-Encoding", "br"))
            archive.add(f"https://paper.example/damaged/{number}", b"x", headers=damaged)
    path.write_bytes(archive.raw)


def rows_of(database: Database) -> dict[str, list[str]]:
    with database.engine.connect() as connection:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(text(query)))
            for name, query in ROWS.items()
        }


def count_documents(database: Database) -> int:
    with database.engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM claims.document")) or 0)


def kill_at_work(
    database: Database, command: list[str], environment: dict[str, str], chance: random.Random
) -> None:
    """Start an ingest and kill it: soon after it has stored an article, or while it still loads."""
    stored_before = count_documents(database)
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    # The parser takes a second or two to load; kills before and after that both count.
    deadline = time.monotonic() + 300  # a machine with other work to do
    if chance.random() < 0.8:
        while count_documents(database) == stored_before and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(chance.random() * 0.05)
    else:
        time.sleep(chance.random())
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("write", [write_lines, write_archive])
@pytest.mark.parametrize("kills", [1, pytest.param(20, marks=pytest.mark.long)])
def test_kills_leave_the_rows_of_a_run_that_was_never_killed(
    database: Database,
    environment: dict[str, str],
    claims: Claims,
    tmp_path: Path,
    *,
    write: Callable[[Path], None],
    kills: int,
) -> None:
    path = tmp_path / "in.jsonl"
    write(path)
    command = [*COMMAND, "ingest", str(path)]
    chance = random.Random(20260504)
    killed_in_the_middle = 0
    for _ in range(kills):
        kill_at_work(database, command, environment, chance)
        killed_in_the_middle += 0 < count_documents(database) < ARTICLES
    assert killed_in_the_middle >= max(1, kills // 4)
    for _ in range(2):
        assert claims("ingest", str(path)).code == 1
    survived = rows_of(database)

    with database.engine.begin() as connection:
        # Everything away, past the laws, to read it once more without a kill.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in ROWS:
            name = {"version": "document_version"}.get(table, table)
            connection.execute(text(f"ALTER TABLE claims.{name} DISABLE TRIGGER USER"))
            connection.execute(text(f"DELETE FROM claims.{name}"))
            connection.execute(text(f"ALTER TABLE claims.{name} ENABLE TRIGGER USER"))
    claims("ingest", str(path))
    undisturbed = rows_of(database)
    assert len(undisturbed["document"]) == ARTICLES
    assert len(undisturbed["problem"]) == ARTICLES // 10
    assert len(undisturbed["claim"]) >= 2 * ARTICLES
    assert survived == undisturbed
