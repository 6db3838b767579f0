"""claims evidence: from a claim to the bytes it was read from, verified and handed out."""

import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from warcio.archiveiterator import ArchiveIterator

from claims.database.engine import Database
from claims.model.article import Article
from claims.readers.options import ReadOptions
from claims.readers.source import read_path
from tests.makers import TEXT, store
from tests.readers.archives import Archive, page

Run = Callable[..., Any]
ADDRESS = "https://paper.example/bridge"
CLAIM = "SELECT id FROM claims.claim ORDER BY extractor_score DESC, id LIMIT 1"


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """A web archive with one page."""
    path = tmp_path / "crawl.warc.gz"
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Transfer-Encoding", "chunked"))
    archive = Archive().add("https://paper.example/old", status="301 Moved",
                            headers=(("Location", ADDRESS),))  # fmt: skip
    archive.add(ADDRESS, page("the bridge is safe"), headers=headers, WARC_Record_ID="<urn:1>")
    path.write_bytes(archive.raw)
    return path


@pytest.fixture
def claim(claims: Run, database: Database, crawl: Path) -> str:
    """The id of a claim of that page."""
    assert claims("ingest", str(crawl)).code == 0
    return first(database, CLAIM)


def first(database: Database, query: str) -> str:
    with database.engine.connect() as connection:
        return str(connection.scalar(text(query)))


def tamper(database: Database, statement: str) -> None:
    """Change what is stored, past every law, as somebody with all rights could."""
    with database.engine.begin() as connection:
        for table in ("archive_record", "document_version"):
            connection.execute(text(f"ALTER TABLE claims.{table} DISABLE TRIGGER USER"))
            constraint = f"ck_{table}_sha256"
            connection.execute(text(f"ALTER TABLE claims.{table} DROP CONSTRAINT {constraint}"))
        connection.execute(text(statement))


def test_a_claim_is_shown_with_its_way_back_to_the_bytes(claims: Run, claim: str) -> None:
    shown = claims("evidence", claim[:8])
    lines = [line.split("  ", 1) for line in shown.out.splitlines()]
    facts = {name: fact.strip() for name, fact in lines if name}
    assert (shown.code, facts["claim"], facts["article"]) == (0, claim, "Bridge")
    assert facts["captured at"] == ADDRESS
    assert facts["redirected by"] == "https://paper.example/old"
    assert facts["WARC record"] == "<urn:1>"
    assert facts["bytes"] == f"{len(page('the bridge is safe'))} of text/html"
    assert "on 2026-05-04 10:30:00Z, status 200" in shown.out
    assert "derived again from the bytes: the same" in shown.out
    assert "»“the bridge is safe”«" in facts["stands at"]
    assert claims("evidence", "show", claim).out == shown.out


def test_programs_get_the_same_as_json(claims: Run, claim: str) -> None:
    [facts] = json.loads(claims("evidence", "show", claim, "--format", "json").out)
    record = facts["archive_record"]
    assert (record["uri"], record["http_status"], record["unchanged"]) == (ADDRESS, 200, True)
    assert record["size"] == len(page("the bridge is safe"))
    assert facts["derived"]["result"] == "same"
    [[start, end]] = facts["claim"]["spans"]
    assert facts["text"][start:end] == facts["claim"]["text"]


def test_a_document_is_shown_with_all_its_versions(claims: Run, database: Database) -> None:
    store(database, url="https://a.example/")
    store(database, url="https://a.example/", text=TEXT + TEXT)
    document = first(database, "SELECT id FROM claims.document")
    shown = claims("evidence", document)
    assert shown.out.count("derived again from the bytes: the same") == 2
    assert claims("evidence", "show", document[:4]).out == shown.out
    assert claims("evidence", "https://a.example/").out == shown.out


def test_an_unknown_id_is_one_line(claims: Run) -> None:
    for words in (["abc"], ["show", "abc"], ["export", "abc"], ["verify", "--document", "abc"]):
        ended = claims("evidence", *words)
        assert (ended.code, ended.err.splitlines()[0][:26]) == (2, "error[unknown-id] abc: Not")


def test_changed_bytes_are_named_and_fail(claims: Run, database: Database, claim: str) -> None:
    assert claims("evidence", "verify").code == 0
    tamper(database, "UPDATE claims.archive_record SET payload = 'x' || substr(payload, 2)")
    ended = claims("evidence", "verify")
    assert (ended.code, ended.out) == (3, "")
    assert "do not have their digest" in ended.err
    assert "error[evidence-broken]" in ended.err
    assert "CHANGED since it was stored" in claims("evidence", claim).out


def test_a_changed_text_is_named(claims: Run, database: Database, claim: str) -> None:
    tamper(database, "UPDATE claims.document_version SET text = text || '!'")
    assert "its text does not have its digest" in claims("evidence", "verify").err
    tamper_again = "UPDATE claims.document_version SET sha256 = sha256(convert_to(text, 'UTF8'))"
    with database.engine.begin() as connection:
        connection.execute(text(tamper_again))
    assert claims("evidence", "verify").code == 0
    ended = claims("evidence", "verify", "--derive")
    assert (ended.code, "the same reader now makes another text" in ended.err) == (3, True)
    assert "ANOTHER TEXT" in claims("evidence", claim).out


def test_another_version_of_the_reader_is_said_and_no_failure(
    claims: Run, database: Database, claim: str
) -> None:
    tamper(database, "UPDATE claims.document_version SET reader = 'html/0 old'")
    assert "derived again from the bytes: the same, by html/" in claims("evidence", claim).out
    with database.engine.begin() as connection:
        change = "UPDATE claims.document_version SET text = 'a', sha256 = sha256('a')"
        connection.execute(text(change))
    ended = claims("evidence", "verify", "--derive")
    assert (ended.code, "another text, by html/" in ended.err) == (0, True)


FEED = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Pier</title>
<item><title>Bridge</title><link>https://paper.example/a</link><guid>g1</guid>
<content:encoded>&lt;p&gt;Ada Quill said "the bridge is safe".&lt;/p&gt;</content:encoded></item>
<item><title>Port</title><link>https://paper.example/b</link><guid>g2</guid>
<content:encoded>&lt;p&gt;Bob Stone said "the port is open".&lt;/p&gt;</content:encoded></item>
</channel></rss>"""
FILES = {
    "a.rss": FEED,
    "b.jsonl": '{"text": "Cy Finch said \\"no\\".", "doc_id": "c"}\n{"text": "Nobody said it."}\n',
    "c.json": '[{"text": "Dov Hale said \\"yes\\".",\n "doc_id": "d"}, {"text": "All said it."}]',
    "d.txt": "Edith Crane said “perhaps”.",
    "e.html": page("the page").decode(),
}


def test_texts_of_all_formats_are_derived_again(
    claims: Run, database: Database, tmp_path: Path
) -> None:
    for name, content in FILES.items():
        tmp_path.joinpath(name).write_text(content, "utf-8")
    assert claims("ingest", str(tmp_path)).code == 0
    assert first(database, "SELECT count(*) FROM claims.document_version") == "8"
    assert first(database, "SELECT count(*) FROM claims.archive_record") == "7"
    ended = claims("evidence", "verify", "--derive")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("8 versions and records checked: all digests and texts")
    shown = claims("evidence", "https://paper.example/b").out
    assert "the article in them is g2" in shown
    assert "derived again from the bytes: the same" in shown


def test_a_text_from_a_list_is_not_derived_again_and_that_is_said(
    claims: Run, database: Database
) -> None:
    store(database, reader="sheet/1")
    ended = claims("evidence", "verify", "--derive")
    assert (ended.code, "not tried, sheet/1 reads lists" in ended.err) == (0, True)
    assert "1 text not compared" in ended.err


def test_a_text_in_the_encoding_that_its_server_named_is_derived_again(
    claims: Run, database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "crawl.warc.gz"
    headers = (("Content-Type", "text/plain; charset=iso-8859-1"),)
    words = 'Mayor Zoë Quill said "the café is safe" on Monday.'
    path.write_bytes(Archive().add(ADDRESS, words.encode("latin-1"), headers=headers).raw)
    assert claims("ingest", str(path)).code == 0
    assert first(database, "SELECT text FROM claims.document_version").strip() == words
    assert "all digests and texts" in claims("evidence", "verify", "--derive").out


def test_one_document_is_verified_alone(claims: Run, database: Database) -> None:
    store(database)
    store(database, external_id="2", text=TEXT + TEXT)
    document = first(database, "SELECT id FROM claims.document ORDER BY id LIMIT 1")
    assert claims("evidence", "verify").out.startswith("2 versions and records checked")
    alone = claims("evidence", "verify", "--document", document, "--derive")
    assert alone.out.startswith("1 version or record checked: all digests and texts")


def test_a_page_that_was_captured_again_has_all_its_bytes(
    claims: Run, database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "crawl.warc.gz"
    furniture = page("safe").replace(b"</body>", b"<aside>Today: rain</aside></body>")
    archive = Archive().add(ADDRESS, page("safe"))
    archive.add(ADDRESS, furniture, WARC_Date="2026-05-09T08:00:00Z")
    path.write_bytes(archive.raw)
    assert claims("ingest", str(path)).code == 0
    claim = first(database, CLAIM)
    shown = claims("evidence", claim).out
    assert "2 times, last on 2026-05-09 08:00:00Z, also in 1 other archive record" in shown
    assert claims("evidence", "verify").out.startswith("2 versions and records checked")
    out = tmp_path / "evidence.warc.gz"
    claims("evidence", "export", claim, "-o", str(out))
    records = records_of(out.read_bytes())
    assert [kind for kind, *_ in records].count("response") == 2
    assert [body for _, _, body in records[1:3]] == [page("safe"), furniture]


# Handed out ---------------------------------------------------------------------------------------


def records_of(raw: bytes) -> list[tuple[str, str, bytes]]:
    """Type, address and payload of each record, read by warcio, which checks digests."""
    records = []
    for record in ArchiveIterator(io.BytesIO(raw), check_digests="raise"):
        uri = record.rec_headers.get_header("WARC-Target-URI")
        records.append((record.rec_type, uri, record.content_stream().read()))
    return records


def test_an_export_is_a_web_archive_that_gives_the_same_article(
    claims: Run, claim: str, crawl: Path, tmp_path: Path
) -> None:
    path = tmp_path / "evidence.warc.gz"
    ended = claims("evidence", "export", claim, "-o", str(path))
    assert (ended.code, ended.out) == (0, "")
    records = records_of(path.read_bytes())
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "conversion", "metadata"]
    assert records[1][1:] == (ADDRESS, page("the bridge is safe"))
    facts = json.loads(records[3][2])
    [[start, end]] = facts["claim"]["spans"]
    assert records[2][2].decode()[start:end] == facts["claim"]["text"]

    [exported] = read_path(str(path), None, ReadOptions())
    [original] = read_path(str(crawl), None, ReadOptions())
    assert isinstance(exported, Article)
    assert isinstance(original, Article)
    for field in ("text", "url", "title", "archived", "media_type", "seen_at", "reader"):
        assert getattr(exported, field) == getattr(original, field), field


def test_each_record_of_an_export_is_a_gzip_member(claims: Run, claim: str, tmp_path: Path) -> None:
    path = tmp_path / "evidence.warc.gz"
    claims("evidence", "export", claim, "-o", str(path))
    with path.open("rb") as file:
        iterator = ArchiveIterator(file)
        offsets = [iterator.get_record_offset() for _ in iterator]
    raw = path.read_bytes()
    assert len(offsets) == 4
    for start, end in zip(offsets, [*offsets[1:], len(raw)], strict=True):
        assert gzip.decompress(raw[start:end]).startswith(b"WARC/1.1\r\n")


def test_a_file_without_an_address_can_be_exported_too(
    claims: Run, database: Database, tmp_path: Path
) -> None:
    [claim] = store(database)
    path = tmp_path / "evidence.warc.gz"
    assert claims("evidence", "export", str(claim), "-o", str(path)).code == 0
    kind, uri, payload = records_of(path.read_bytes())[1]
    assert (kind, uri[:9], payload) == ("resource", "urn:uuid:", TEXT.encode())
    [exported] = read_path(str(path), None, ReadOptions())
    assert isinstance(exported, Article)
    assert (exported.text, exported.url) == (TEXT, None)


def test_a_file_is_not_replaced_and_a_terminal_gets_no_web_archive(
    claims: Run, claim: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine"
    path.write_bytes(b"mine")
    refused = claims("evidence", "export", claim, "-o", str(path))
    assert (refused.code, path.read_bytes()) == (1, b"mine")
    assert "error[would-replace]" in refused.err
    assert claims("evidence", "export", claim, "-o", str(path), "--force").code == 0
    assert path.read_bytes()[:2] == b"\x1f\x8b"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert "not for a terminal" in claims("evidence", "export", claim).err
