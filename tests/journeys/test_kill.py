"""Killed at any moment and run again, an ingest ends in the rows of one that was never killed."""

import json
import random
import signal
import subprocess
import time
from pathlib import Path

from sqlalchemy import text

from claims.database.engine import Database
from tests.journeys.conftest import COMMAND

ARTICLES, KILLS = 40, 20
ROWS = {
    "document": "SELECT id, url, title, published_at, outlet FROM claims.document",
    "version": "SELECT id, document, number, sha256, reader FROM claims.document_version",
    "claim": "SELECT id, version, text, speaker, status, run FROM claims.claim",
    "attribution": "SELECT claim, position, source, mention, cue FROM claims.attribution",
    "source": "SELECT id, kind, name, run FROM claims.source",
    "source_name": "SELECT id, source, name, kind FROM claims.source_name",
    "problem": "SELECT id, place, line, reason, run FROM claims.problem",
    "run": "SELECT id, command, inputs FROM claims.run",
}


def write_articles(path: Path) -> None:
    """Articles that share people and agencies, and some records that cannot be read."""
    with path.open("w") as out:
        for number in range(ARTICLES):
            words = (
                f"Mayor Ada Quill said on Monday that bridge {number} was safe, Reuters reported.\n"
                f'"We counted {number} lorries," said Bob Stone, according to the Harbour News.\n'
            )
            record = {"doc_id": f"n{number}", "text": words, "outlet": f"Paper {number % 3}"}
            out.write(json.dumps(record) + "\n")
            if number % 10 == 0:
                out.write("{broken\n")


def rows_of(database: Database) -> dict[str, list[str]]:
    with database.engine.connect() as connection:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(text(query)))
            for name, query in ROWS.items()
        }


def test_twenty_kills_leave_the_rows_of_none(
    database: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "in.jsonl"
    write_articles(path)
    command = [*COMMAND, "ingest", str(path)]
    chance = random.Random(20260504)
    killed_in_the_middle = 0
    for _ in range(KILLS):
        begun = rows_of(database)["document"]
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        # The parser takes a second or two to load; kills before and after that both count.
        deadline = time.monotonic() + 30
        if chance.random() < 0.8:
            while len(rows_of(database)["document"]) == len(begun) and process.poll() is None:
                assert time.monotonic() < deadline
                time.sleep(0.005)
            time.sleep(chance.random() * 0.05)
        else:
            time.sleep(chance.random())
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed_in_the_middle += 0 < len(rows_of(database)["document"]) < ARTICLES
    for _ in range(2):
        assert (
            subprocess.run(command, env=environment, capture_output=True, check=False).returncode
            == 1
        )
    survived = rows_of(database)
    assert killed_in_the_middle >= KILLS // 4

    with database.engine.begin() as connection:
        # Everything away, past the laws, to read it once more without a kill.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in ROWS:
            name = {"version": "document_version"}.get(table, table)
            connection.execute(text(f"ALTER TABLE claims.{name} DISABLE TRIGGER USER"))
            connection.execute(text(f"DELETE FROM claims.{name}"))
            connection.execute(text(f"ALTER TABLE claims.{name} ENABLE TRIGGER USER"))
    subprocess.run(command, env=environment, capture_output=True, check=False)
    undisturbed = rows_of(database)
    assert len(undisturbed["document"]) == ARTICLES
    assert len(undisturbed["problem"]) == ARTICLES // 10
    assert len(undisturbed["claim"]) >= 2 * ARTICLES
    assert survived == undisturbed
