"""Reviewers and their server killed at any moment: nothing lost, nothing doubled."""

import json
import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text

from claims.database.address import parse_url
from claims.database.engine import Database
from claims.database.migrations import upgrade
from claims.database.server import start, status
from claims.ledger.append import load_head, load_rows
from claims.ledger.chain import verify
from tests.journeys.conftest import COMMAND
from tests.makers import proposal, store

REVIEWERS = 4
ACKNOWLEDGED = re.compile(r":(\d+): rejected, ledger (\d+)$", re.MULTILINE)


def open_home(home: Path) -> Database:
    """The database of an embedded server of its own."""
    return Database(parse_url(start(home).url or ""))


def write_decisions(folder: Path, database: Database, count: int) -> dict[Path, list[str]]:
    """A file a reviewer, each deciding on claims of their own; with the claims in its order."""
    sentences = [f'Mayor Ada Quill said "bridge {n} is safe" to all.' for n in range(count)]
    article = " ".join([*sentences, "The Harbour Agency reported it."])
    proposals = [proposal(article, f'"bridge {n} is safe"') for n in range(count)]
    stored = [str(claim) for claim in store(database, *proposals, text=article)]
    files = {}
    for number in range(REVIEWERS):
        own = stored[number::REVIEWERS]
        path = folder / f"r{number}.jsonl"
        base = {"who": f"R{number}", "revision": 0, "action": "reject", "reason": "no claim"}
        path.write_text("".join(json.dumps(base | {"claim": claim}) + "\n" for claim in own))
        files[path] = own
    return files


def kill_server(home: Path) -> None:
    """The server and all its children at once."""
    pid = status(home).pid
    if pid is None:
        return
    parent = psutil.Process(pid)
    for process in [parent, *parent.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):  # a backend may end by itself, or with its parent
            process.send_signal(signal.SIGKILL)
    psutil.wait_procs([parent], timeout=10)


def run_round(
    files: dict[Path, list[str]], home: Path, chance: random.Random, *, server_too: bool
) -> set[tuple[str, int]]:
    """All reviewers at once until they are killed, their server before them or not.

    Returns:
        Claim and ledger number of each decision that a reviewer was told is stored.
    """
    environment = os.environ | {"CLAIMS_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    clients = {
        path: subprocess.Popen(
            [*COMMAND, "review", "apply", str(path)],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        for path in files
    }  # fmt: skip
    # Killed soon after the first of them has spoken, however long they took to start.
    speaker = next(iter(clients.values()))
    assert speaker.stdout is not None
    first_line = speaker.stdout.readline()
    time.sleep(0.4 * chance.random())
    if server_too:
        kill_server(home)
    acknowledged = set()
    for path, client in clients.items():
        client.send_signal(signal.SIGKILL)
        out = client.communicate()[0]
        out = first_line + out if client is speaker else out
        acknowledged |= {
            (files[path][int(line) - 1], int(no)) for line, no in ACKNOWLEDGED.findall(out)
        }
    return acknowledged


@pytest.mark.parametrize(
    ("kills", "claims"),
    [(1, 48), pytest.param(100, 3000, marks=pytest.mark.long)],
)
def test_what_was_acknowledged_is_stored_and_nothing_twice(
    home: Path, tmp_path: Path, *, kills: int, claims: int, figure: Callable[[str], None]
) -> None:
    database = open_home(home)
    upgrade(database.engine)
    files = write_decisions(tmp_path, database, claims)
    chance = random.Random(20261125)
    acknowledged: set[tuple[str, int]] = set()
    in_the_middle = 0
    for number in range(kills):
        # The first round, which the short form has alone, kills the server too.
        server_too = number == 0 or chance.random() < 0.5
        acknowledged |= run_round(files, home, chance, server_too=server_too)
        in_the_middle += 0 < len(acknowledged) < claims
    environment = os.environ | {"CLAIMS_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    finishing = [
        subprocess.Popen(
            [*COMMAND, "review", "apply", str(path)],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for path in files
    ]  # fmt: skip
    for client in finishing:
        out, err = client.communicate()
        assert "0 refused" in out, err
    database = open_home(home)
    with database.engine.connect() as connection:
        rows = connection.execute(text("SELECT subject::text, no FROM claims.decision")).all()
        settled = connection.scalar(
            text("SELECT count(*) FROM claims.claim WHERE status = 'rejected' AND revision = 1")
        )
    decided = {(subject, int(no)) for subject, no in rows}
    assert in_the_middle > 0
    assert acknowledged <= decided, "acknowledged and lost"
    assert len(rows) == len({subject for subject, _ in decided}) == settled == claims
    with database.reader() as session:
        assert verify(load_rows(session), load_head(session)[1]).problem is None
    figure(
        f"reviewers and server killed {kills}×: {len(acknowledged)} of {claims} decisions"
        " acknowledged before it, 0 lost, 0 doubled"
    )
