"""Pages as a browser sees them first: how long each takes, and how many bytes it has."""

import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy import text

from bench.desk.deciding import postmaster
from bench.desk.figures import Steps
from bench.desk.served import Browser, served
from claims.cli.context import open_database

SEEDS = Path("seeds")
PARAGRAPHS, AGAIN = 200, 5
FILLER = (
    "The works on the northern quay began in the spring, and the council has spent more than it"
    " meant to on pumps, timber and the wages of those who keep the water out at night."
)
SAID = "“We will have closed gate {number} before the frost comes,” said Maria Quill, an engineer."
LARGE = 60_000
"""Bytes that no page should have on its way, packed as browsers ask for it."""


def ingest_articles() -> None:
    """The seeds, and one article of 10,000 words in which somebody says something 200 times."""
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "long.txt"
        said = (f"{SAID.format(number=number)} {FILLER}" for number in range(PARAGRAPHS))
        long.write_text("\n\n".join(said), "utf-8")
        claims = [sys.executable, "-c", "from claims.cli import main; main()"]
        for path in (SEEDS, long):
            subprocess.run([*claims, "ingest", str(path)], check=True, stdout=subprocess.DEVNULL)


def view_pages() -> None:
    """Each page once in a desk that has just begun, then again; what it weighs."""
    paths = _paths()
    with served() as desk:
        reader, server = desk.enter("bench"), postmaster()
        steps = Steps(lambda: desk.processor(server))
        sizes = {name: _view(reader, steps, f"{name}, at first", path) for name, path in paths}
        for _ in range(AGAIN):
            for name, path in paths:
                _view(reader, steps, f"{name}, again", path)
        steps.tell()
    for name, size in sizes.items():
        print(f"{name}: {size:,} bytes{' (too many)' if size > LARGE else ''}")


def _view(reader: Browser, steps: Steps, name: str, path: str) -> int:
    with steps.step(name):
        answer = reader.follow(reader.ask(path))
    assert answer.status == 200, answer.text[:300]  # noqa: PLR2004 - it is there
    return answer.sent


def _paths() -> list[tuple[str, str]]:
    """What pages are called, and where they are."""
    most = (
        "SELECT v.document, min(c.id::text), count(*) FROM claims.claim c"
        " JOIN claims.document_version v ON v.id = c.version GROUP BY v.document ORDER BY 3 {}"
    )
    with open_database() as database, database.reader() as session:
        [short, long] = (session.execute(text(most.format(f"{way} LIMIT 1"))).one()
                         for way in ("ASC", "DESC"))  # fmt: skip
        speaker = session.scalar(text("SELECT speaker FROM claims.claim ORDER BY id LIMIT 1"))
        words = session.scalar(
            text(
                "SELECT array_length(regexp_split_to_array(text, '\\s+'), 1)"
                " FROM claims.document_version WHERE document = :document"
            ),
            {"document": long[0]},
        )
    print(f"the long article has {words:,} words and {long[2]} claims")
    return [
        ("a card of the seeds", f"/review/{short[1]}"),
        ("a card of the long article", f"/review/{long[1]}"),
        ("the text of the long article", f"/documents/{long[0]}/text"),
        ("the long article", f"/documents/{long[0]}"),
        ("a claim", f"/claims/{short[1]}"),
        ("a speaker", f"/sources/{speaker}"),
        ("a search", "/search?words=said"),
        ("articles", "/documents"),
        ("sources", "/sources"),
        ("the ledger", "/ledger"),
        ("progress", "/progress"),
        ("about", "/about"),
    ]
