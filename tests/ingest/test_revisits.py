"""A page that had not changed since a capture in another file is the same article, seen again."""

import io

from sqlalchemy import text

from claims.database.engine import Database
from claims.ingest.articles import ingest_articles
from claims.model.problem import Problem
from claims.readers.options import ReadOptions
from claims.readers.source import read_stream
from tests.makers import NOW, RUN
from tests.readers.archives import HTML, Archive, page
from tests.readers.test_warc import A, B, sha1

ANSWERED = "304 Not Modified"


def ingest(database: Database, archive: Archive, name: str) -> list[str]:
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(archive.raw))
    records = read_stream(name, stream, None, ReadOptions())
    outcomes = ingest_articles(database, records, lambda *_: (), run=RUN, clock=lambda: NOW)
    return [
        one.record.reason if isinstance(one.record, Problem) else type(one.record).__name__
        for one in outcomes
    ]


def count(database: Database, table: str) -> int:
    with database.engine.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM claims.{table}")) or 0)


def test_a_revisit_is_resolved_by_what_is_stored(database: Database) -> None:
    first = Archive().add(A, page("one"), WARC_Record_ID="<urn:uuid:1>")
    second = Archive()
    by_id = {"WARC_Refers_To": "<urn:uuid:1>", "WARC_Date": "2026-05-05T10:00:00Z"}
    second.add(A, b"", "revisit", ANSWERED, (), **by_id)
    digest = {
        "WARC_Payload_Digest": f"sha1:{sha1(page('one'))}",
        "WARC_Date": "2026-05-06T10:00:00Z",
    }
    second.add(A, b"", "revisit", "200 OK", HTML, **digest)
    # The same bytes at another address are another article; without an address nothing is known.
    moved = digest | {"WARC_Refers_To_Target_URI": A}
    second.add(B, b"", "revisit", "200 OK", HTML, **moved)
    second.add(f"{B}/x", b"", "revisit", "200 OK", HTML, **digest)
    other = digest | {"WARC_Payload_Digest": f"sha1:{sha1(page('two'))}"}
    second.add(A, b"", "revisit", "200 OK", HTML, **other)
    assert ingest(database, second, "b.warc.gz") == ["unresolved-revisit"] * 5
    assert ingest(database, first, "a.warc.gz") == ["Article"]
    for _ in range(2):
        outcomes = ["Article"] * 3 + ["unresolved-revisit"] * 2
        assert ingest(database, second, "b.warc.gz") == outcomes
        assert count(database, "document") == 2
        assert count(database, "document_version") == 2
        # Two more times at the first address, once at the other.
        assert count(database, "sighting") == 4
        assert count(database, "archive_record") == 2
