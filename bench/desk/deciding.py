"""Decisions through the desk: one editor at the queue, and several at once."""

import os
import subprocess
import sys
import threading
import time
from collections import Counter

from sqlalchemy import text

from bench.desk.figures import Steps
from bench.desk.served import Answer, Browser, served
from claims.cli.context import open_database
from claims.database.engine import Database
from claims.database.server import status
from claims.settings import read_settings

CARDS, WARM = int(os.environ.get("BENCH_CARDS", "200")), 20
EDITORS = int(os.environ.get("BENCH_EDITORS", "8"))
EACH = int(os.environ.get("BENCH_EACH", "500"))
BUTTONS = ("accept", "reject 0", "accept", "reject 1", "later")
"""What is pressed, in turn."""


def postmaster() -> int:
    """The process of the embedded server."""
    process = status(read_settings().home).pid
    assert process is not None, "the desk needs it"
    return process


def next_cards() -> None:
    """The next card of those that wait, step by step."""
    with served() as desk:
        editor = desk.enter("bench")
        server = postmaster()
        page = editor.follow(editor.ask("/review"))
        steps = Steps(lambda: desk.processor(server))
        for number in range(WARM + CARDS):
            if number == WARM:
                steps = Steps(lambda: desk.processor(server))
            with steps.step("key to next card"):
                with steps.step("  the form"):
                    answer = editor.press(page, BUTTONS[number % len(BUTTONS)])
                with steps.step("  the page it leads to"):
                    page = editor.follow(answer)
        steps.tell()


def decide_at_once() -> None:
    """Editors who decide at the same time; nothing may be lost or doubled."""
    with open_database() as database, served() as desk:
        before = _decisions(database)
        editors = [desk.enter(f"bench {number}") for number in range(EDITORS)]
        told: list[Counter[str]] = [Counter() for _ in editors]
        threads = [
            threading.Thread(target=_decide, args=(editor, told[number]))
            for number, editor in enumerate(editors)
        ]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
        _tell(database, before, sum(told, Counter()), seconds)


def _decide(editor: Browser, told: Counter[str]) -> None:
    """Decide card after card; a conflict is told, and the card that follows is taken."""
    page = editor.follow(editor.ask("/review"))
    while told["saved"] < EACH and told["told of a conflict"] < EACH:
        answer = editor.press(page, "accept" if told["saved"] % 3 else "reject 0")
        told[_outcome(answer)] += 1
        page = editor.follow(answer if answer.location else editor.ask("/review"))


def _outcome(answer: Answer) -> str:
    return {303: "saved", 409: "told of a conflict"}.get(answer.status, f"status {answer.status}")


def _decisions(database: Database) -> int:
    with database.reader() as session:
        return session.scalar(text("SELECT count(*) FROM claims.decision")) or 0


def _tell(database: Database, before: int, told: Counter[str], seconds: float) -> None:
    """What the ledger holds beside what the editors were told."""
    with database.reader() as session:
        doubled = session.scalar(
            text(
                "SELECT count(*) FROM (SELECT subject FROM claims.decision WHERE no > :before"
                " GROUP BY subject HAVING count(*) > 1) AS twice"
            ),
            {"before": before},
        )
    lost = told["saved"] - (_decisions(database) - before)
    print(f"{EDITORS} editors, {dict(told)}: {lost} lost, {doubled} doubled, in {seconds:.0f} s")
    command = [sys.executable, "-c", "from claims.cli import main; main()", "ledger", "verify"]
    verified = subprocess.run(command, capture_output=True, text=True, check=False)
    print(f"ledger verify: {verified.stdout.strip() or verified.stderr.strip()}")
