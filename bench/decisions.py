"""What a decision costs, and how much of it is the digest of what it leaves of its claim.

Claims are ingested from made articles of 450 words (bench/ingest.py) and accepted one a
transaction, as a reviewer does. Processor seconds of the program and of the server's process that
works for it; how many decisions a second one such process could take; and the digest alone, which
the server makes when the decision is appended and compares with the claim at commit.

    python -m bench.decisions [decisions]     1,000 unless given
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

from sqlalchemy import text

from bench.home import own_home
from bench.ingest import make_articles
from bench.processor import seconds_until_now
from claims.cli.context import open_database
from claims.database.engine import Database
from claims.ledger.append import sign_in
from claims.model.decision import Signature
from claims.review.decide import decide
from claims.review.requests import DecisionRequest
from claims.review.transitions import Action

DECISIONS, EACH = 1000, 7
"""Claims of an article, or a little more."""

DIGESTS = text("SELECT count(claims.decided_digest(d)) FROM claims.decision AS d")


def fill(claims: int, folder: Path) -> None:
    """Ingest articles with so many claims."""
    path = folder / "articles.jsonl"
    made = make_articles(1 + claims // EACH, random.Random("1"))  # noqa: S311 - repeatable on purpose
    path.write_text("".join(json.dumps(one) + "\n" for one in made), "utf-8")
    command = "from claims.cli import main; main()"
    subprocess.run([sys.executable, "-c", command, "ingest", str(path)], check=True)


def measure(database: Database, decisions: int) -> None:
    """Print a line for the decisions and one for their digests."""
    with database.writer() as session:
        reviewer = sign_in(session, "bench", uuid.uuid4())
        backend = session.scalar(text("SELECT pg_backend_pid()"))
        query = text("SELECT id FROM claims.claim ORDER BY id LIMIT :most")
        claims = list(session.scalars(query, {"most": decisions}))
    assert backend
    began = seconds_until_now(backend)
    for claim in claims:
        signed = Signature(uuid.uuid4(), reviewer, "bench")
        with database.writer() as session:
            decide(session, DecisionRequest(claim, Action.ACCEPT, {}), signed)
    spent = seconds_until_now(backend) - began
    each = 1000 / len(claims)
    print(
        f"{len(claims)} decisions: {spent.clock * each:.2f} ms each by the clock; of the processor"
        f" {spent.program * each:.2f} ms of the program, {spent.server * each:.2f} of the server:"
        f" at most {1000 / (spent.server * each):.0f} a second for one process of the server"
    )
    with database.reader() as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) == backend
        began = seconds_until_now(backend)
        assert session.scalar(DIGESTS) == len(claims)
        alone = seconds_until_now(backend) - began
    print(f"the digest alone: {alone.server * each:.2f} ms of the server")


def main() -> None:
    """Measure on a server of its own, which is removed afterwards."""
    decisions = int(sys.argv[1]) if len(sys.argv) > 1 else DECISIONS
    with own_home(), tempfile.TemporaryDirectory(prefix="claims-decisions-") as folder:
        with open_database():
            pass
        fill(decisions, Path(folder))
        with open_database(keep=True, connections=1) as database:
            print(f"load {os.getloadavg()[0]:.1f}")
            measure(database, decisions)


if __name__ == "__main__":
    main()
