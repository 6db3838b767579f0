"""What a page costs as evidence in PostgreSQL, beside gzip: bytes on disk and time to store.

Pages go through `save_evidence`, a page a transaction, as an ingest stores them; once with the
server's own compression (pglz) and once with lz4.

    python -m bench.evidence [pages]
"""

import gzip
import hashlib
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median

from sqlalchemy import text

from bench.home import own_home
from bench.pages import pages
from claims.cli.context import open_database
from claims.database.engine import Database
from claims.evidence.save import save_evidence
from claims.ingest.run import make_run, save_run
from claims.model.article import Article
from claims.model.capture import Capture

PAGES = 600
NOW = datetime(2026, 5, 4, tzinfo=UTC)
SIZE = "SELECT pg_total_relation_size('claims.archive_record')"
OFFERED = (
    "SELECT :method = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
)
RUN = make_run("bench", (), "0", "0")


def store(database: Database, made: Sequence[tuple[str, bytes]]) -> tuple[list[float], int]:
    """Milliseconds of each page, and what the table takes when all are stored."""
    times = []
    with database.writer() as session:
        save_run(session, RUN)
    for url, page in made:
        capture = Capture(url, NOW, 200, (("Content-Type", "text/html; charset=utf-8"),))
        article = Article("t", "html/1", url, page, media_type="text/html", capture=capture)
        began = time.perf_counter()
        with database.writer() as session:
            save_evidence(session, article, run=RUN.id, retrieved_at=NOW)
        times.append(1000 * (time.perf_counter() - began))
    with database.reader() as session:
        return times, int(session.scalar(text(SIZE)) or 0)


def read(database: Database) -> float:
    """Milliseconds a page to read all payloads and check their digests."""
    began, count = time.perf_counter(), 0
    with database.reader() as session:
        for payload, digest in session.execute(
            text("SELECT payload, sha256 FROM claims.archive_record").execution_options(
                yield_per=50
            )
        ):
            assert hashlib.sha256(payload).digest() == digest
            count += 1
    return 1000 * (time.perf_counter() - began) / count


def main() -> None:
    """Print a line for each compression."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    made = list(pages(count))
    plain = sum(len(page) for _, page in made) / count / 1000
    began = time.perf_counter()
    packed = sum(len(gzip.compress(page, 6)) for _, page in made) / count / 1000
    spent = 1000 * (time.perf_counter() - began) / count
    print(f"{count} pages: {plain:.1f} KB each; gzip -6 {packed:.1f} KB, {spent:.1f} ms")
    for method in ("pglz", "lz4"):
        with own_home(), open_database() as database:
            with database.engine.begin() as connection:
                if not connection.scalar(text(OFFERED), {"method": method}):
                    print(f"{method}: this server was built without it")
                    continue
                connection.execute(
                    text(
                        f"ALTER TABLE claims.archive_record ALTER payload SET COMPRESSION {method}"
                    )
                )
            times, size = store(database, made)
            print(
                f"{method}: {size / count / 1000:.1f} KB a page in the table with its indexes;"
                f" stored in {median(times):.1f} ms, read and checked in {read(database):.1f} ms"
            )


if __name__ == "__main__":
    main()
