"""Bytes that were read are stored once, with where they came from."""

import hashlib
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from claims.database.engine import Database
from claims.evidence.save import save_evidence
from claims.ingest.run import save_run
from claims.model.capture import Capture
from tests.makers import NOW, RUN, article, store

PAGE = b"<p>Ada Quill"
CAPTURE = Capture(
    uri="https://paper.example/a",
    retrieved_at=datetime(2026, 5, 4, 10, 30, tzinfo=UTC),
    http_status=200,
    http_headers=(("Content-Type", "text/html"), ("X-Odd", "a\0b"), ("X-Odd", "\udce9")),
    redirects=("http://paper.example/a",),
    warc_record="<urn:uuid:1>",
)


def stored(database: Database, columns: str) -> list[tuple[object, ...]]:
    query = text(f"SELECT {columns} FROM claims.archive_record ORDER BY size, uri")
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_a_version_points_to_the_bytes_it_was_read_from(database: Database) -> None:
    store(database, archived=PAGE, media_type="text/html", part="entry-7", capture=CAPTURE)
    with database.engine.connect() as connection:
        query = (
            "SELECT r.payload, v.part FROM claims.document_version AS v"
            " JOIN claims.archive_record AS r ON r.id = v.archive_record"
        )
        assert connection.execute(text(query)).all() == [(PAGE, "entry-7")]
    assert stored(database, "uri, retrieved_at, http_status, redirects") == [
        ("https://paper.example/a", CAPTURE.retrieved_at, 200, ["http://paper.example/a"])
    ]
    assert stored(database, "media_type, warc_record") == [("text/html", "<urn:uuid:1>")]
    assert stored(database, "size, sha256") == [(12, hashlib.sha256(PAGE).digest())]


def test_headers_that_no_database_takes_are_stored_readable(database: Database) -> None:
    store(database, archived=PAGE, capture=CAPTURE)
    [(headers,)] = stored(database, "http_headers")
    assert headers == [["Content-Type", "text/html"], ["X-Odd", "a\ufffdb"], ["X-Odd", "\\udce9"]]


def test_a_file_has_no_address_and_was_retrieved_when_it_was_read(database: Database) -> None:
    store(database, archived=PAGE)
    assert stored(database, "uri, http_status, http_headers, retrieved_at") == [
        (None, None, [], NOW)
    ]


def test_the_same_bytes_are_one_record_and_the_first_reading_stays(database: Database) -> None:
    first = article(archived=PAGE, capture=CAPTURE)
    later = Capture(CAPTURE.uri, CAPTURE.retrieved_at + timedelta(days=1), 203)
    again = article(archived=PAGE, capture=later)
    elsewhere = article(archived=PAGE, capture=Capture("https://b.example/", NOW))
    with database.writer() as session:
        save_run(session, RUN)
        ids = [
            save_evidence(session, one, run=RUN.id, retrieved_at=NOW)
            for one in (first, again, elsewhere)
        ]
    assert ids[0] == ids[1] != ids[2]
    assert stored(database, "uri, http_status") == [
        ("https://b.example/", None), ("https://paper.example/a", 200),
    ]  # fmt: skip
