"""Out, in and out again are the same bytes; what is damaged or unlawful is refused whole."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import orjson
import pytest
from sqlalchemy import URL, text

from claims.archive.errors import BadArchiveError, InvariantBrokenError, NewerArchiveError
from claims.archive.tables import OMITTED_TABLES, ORDER
from claims.archive.write import write_archive
from claims.database.engine import Database
from claims.ledger.append import load_rows
from claims.ledger.chain import verify
from claims.model.kinds import SourceKind
from claims.review.edits import set_source
from claims.schema import Base
from claims.sources import changes
from claims.sources.edit import load_source
from tests.acts import decide_source, edit_document, signed
from tests.conftest import cloned
from tests.exchange.histories import import_archive, populate, write
from tests.makers import proposal, settle, store
from tests.migrations.test_migrations import CATALOGUE, INVARIANTS
from tests.review.conftest import Room

SEEDS = range(6)


@pytest.fixture
def other(server: URL, template: str) -> Iterator[Database]:
    """A second migrated database."""
    with cloned(server, template) as second:
        yield second


def test_every_table_is_in_the_archive_or_listed_as_omitted() -> None:
    tables = {table.name for table in Base.metadata.tables.values()} - {"alembic_version"}
    assert set(ORDER) | set(OMITTED_TABLES) == tables
    assert not set(ORDER) & set(OMITTED_TABLES)


@pytest.mark.parametrize("seed", SEEDS)
def test_out_in_and_out_again_is_the_same(database: Database, other: Database, seed: int) -> None:
    room = populate(database, seed)
    first = write(database)
    result, set_aside = import_archive(other, first)
    assert result.restored is not None
    assert set_aside == []
    assert write(other) == first
    for query in (
        "SELECT to_jsonb(w) FROM claims.waiting AS w ORDER BY w.claim",
        "SELECT source, root FROM claims.source_merged ORDER BY source",
        "SELECT no, digest FROM claims.ledger_head",
    ):
        with other.engine.connect() as connection:
            assert [tuple(row) for row in connection.execute(text(query))] == room.sql(query)
    with other.reader() as session:
        assert verify(load_rows(session)).problem is None


def test_the_triggers_are_on_again(database: Database, other: Database) -> None:
    store(database)
    import_archive(other, write(database))
    with database.engine.connect() as one, other.engine.connect() as two:
        for query in (CATALOGUE, INVARIANTS):
            rows = [
                [tuple(row) for row in connection.execute(text(query))] for connection in (one, two)
            ]
            assert rows[0] == rows[1]


def test_a_rehearsal_leaves_nothing(database: Database, other: Database) -> None:
    store(database)
    result, _ = import_archive(other, write(database), rehearse=True)
    assert result.restored is not None
    assert b'"claim":0' in write(other)


def test_the_same_again_changes_nothing(database: Database) -> None:
    populate(database, 1)
    archive = write(database)
    result, set_aside = import_archive(database, archive)
    assert (set_aside, result.merged.unchanged) == ([], result.merged.read.total())
    assert write(database) == archive


def test_what_is_new_is_added_and_what_differs_set_aside(
    database: Database, other: Database
) -> None:
    store(database, external_id="both")
    store(database, external_id="one")
    decided = store(database, external_id="decided")[0]
    settle(database, decided)
    store(other, replace(proposal(), score=0.1), external_id="both")
    result, set_aside = import_archive(other, write(database))
    assert result.merged.added["claim"] == 1
    assert {(one.table, one.why.value) for one in set_aside} == {
        ("claim", "conflict"), ("claim", "decided-elsewhere"),
        ("attribution", "decided-elsewhere"), ("decision", "decided-elsewhere"),
    }  # fmt: skip
    conflict = next(one for one in set_aside if one.why.value == "conflict")
    assert orjson.loads(write(database).split(b"\n")[conflict.line - 1])[0] == conflict.key
    again, aside_again = import_archive(other, write(database))
    assert again.merged.added.total() == 0
    assert aside_again == set_aside


def test_the_same_text_of_other_bytes_is_no_conflict_and_both_are_kept(
    database: Database, other: Database
) -> None:
    for where, raw in ((database, b"<p>here"), (other, b"<p>there")):
        store(where, external_id="both", archived=raw, media_type="text/html")
    result, set_aside = import_archive(other, write(database))
    assert (set_aside, result.merged.added["archive_record"]) == ([], 1)
    with other.engine.connect() as connection:
        payloads = "SELECT payload FROM claims.archive_record ORDER BY payload"
        assert connection.scalars(text(payloads)).all() == [b"<p>here", b"<p>there"]
        first = "SELECT r.payload FROM claims.document_version AS v"
        first += " JOIN claims.archive_record AS r ON r.id = v.archive_record"
        assert connection.scalars(text(first)).all() == [b"<p>there"]


def test_what_was_decided_here_since_stays(database: Database) -> None:
    claim = store(database)[0]
    before = write(database)
    settle(database, claim)
    after = write(database)
    result, set_aside = import_archive(database, before)
    assert (set_aside, result.merged.newer["claim"]) == ([], 1)
    assert write(database) == after


def sealed(archive: bytes) -> bytes:
    """An archive whose last line counts its bytes anew, as a forger would."""
    body, foot = archive[:-1].rsplit(b"\n", 1)
    resealed = orjson.loads(foot) | {"sha256": hashlib.sha256(body + b"\n").hexdigest()}
    return body + b"\n" + orjson.dumps(resealed) + b"\n"


@pytest.fixture
def archive(database: Database) -> bytes:
    """An archive with a decision."""
    settle(database, store(database)[0])
    return write(database)


def test_damage_is_reported_and_nothing_imported(archive: bytes, other: Database) -> None:
    lines = archive.splitlines(keepends=True)
    damaged = [
        archive.replace(b"the bridge is safe", b"the bridge is sure", 1),
        archive[: len(archive) // 2], archive[:-1], archive + b"x", b"", b"{}\n",
        b"".join(lines[:5] + lines[6:]), b"".join(lines[:-1]),
        archive.replace(b'"rows":1}', b'"rows":2}', 1),
        archive.replace(b'"document"', b'"documents"', 1),
    ]  # fmt: skip
    for bad in damaged:
        with pytest.raises((BadArchiveError, NewerArchiveError, InvariantBrokenError)):
            import_archive(other, bad)
    assert b'"claim":0' in write(other)


def test_a_newer_format_is_reported(archive: bytes, other: Database) -> None:
    with pytest.raises(NewerArchiveError):
        import_archive(other, archive.replace(b'"format":1', b'"format":9', 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'Ada Quill","{[6,15)}', b'Ada Quilt","{[6,15)}'),  # a mention's words
        (b'"{[21,41)}"', b'"{[21,40)}"'),  # where a claim's words stand
        (b'"accepted","1"', b'"accepted","2"'),  # a revision without its decision
        (b'"accepted","1"', b'"proposed","0"'),  # a decision without its effect
        (b'"accept","claim"', b'"reject","claim"'),  # a decision that was changed
        ("a café".encode(), b"a cafe"),  # and its reason
        (b'"2026-05-04","{[42,51)}"', b'"2026-05-05","{[42,51)}"'),  # listed elsewhere
        (b'"{[42,51)}"', b'"{[42,999)}"'),  # said beyond the article
    ],
)
def test_what_breaks_an_invariant_is_refused(
    archive: bytes, other: Database, old: bytes, new: bytes
) -> None:
    assert old in archive
    with pytest.raises((InvariantBrokenError, BadArchiveError)):
        import_archive(other, sealed(archive.replace(old, new, 1)))
    assert b'"claim":0' in write(other)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"contract":"claims_v1"', b'"contract":"claims_v9"'),
        (b'"revision":"01', b'"revision":"99'),
    ],
)
def test_an_archive_of_another_contract_or_schema_is_refused(
    archive: bytes, other: Database, old: bytes, new: bytes
) -> None:
    with pytest.raises(NewerArchiveError):
        import_archive(other, sealed(archive.replace(old, new, 1)))


FORGERIES = {
    "a rejected claim is published": "UPDATE claims.claim SET status = 'accepted'"
    " WHERE status = 'rejected'",
    "a hop is taken out": "DELETE FROM claims.attribution WHERE position = 2 AND claim IN"
    " (SELECT subject FROM claims.decision WHERE after ? 'chain')",
    "a hop that no decision names is taken out": "DELETE FROM claims.attribution WHERE position = 2"
    " AND claim IN (SELECT subject FROM claims.decision WHERE action = 'accept')",
    "a hop that no decision names denies it": "UPDATE claims.attribution SET mode = 'denies'"
    " WHERE claim IN (SELECT subject FROM claims.decision WHERE action = 'accept')",
    "the rule that found a claim": "UPDATE claims.claim SET rule = 'other' WHERE revision > 0",
    "a statement": "UPDATE claims.claim SET statement = 'mine' WHERE revision > 0",
    "a credibility": "UPDATE claims.claim SET credibility = 1 WHERE revision > 0",
    "a confidence": "UPDATE claims.claim SET attribution_confidence = 1 WHERE revision > 0",
    "another speaker": "UPDATE claims.attribution SET mode = 'denies' WHERE claim IN"
    " (SELECT subject FROM claims.decision WHERE after ? 'chain')",
    "an alias": "INSERT INTO claims.source_name (id, source, name, kind, keys)"
    " SELECT gen_random_uuid(), id, 'Sly', 'alias', '{}' FROM claims.source"
    " WHERE revision > 0 AND kind = 'person'",
    "an alias of an outlet": "INSERT INTO claims.source_name (id, source, name, kind, keys)"
    " SELECT gen_random_uuid(), id, 'Sly', 'alias', '{}' FROM claims.source"
    " WHERE revision > 0 AND kind = 'outlet'",
    "an alias of an outlet that nobody decided on": "WITH new AS (INSERT INTO claims.source"
    " (id, kind, name) VALUES (gen_random_uuid(), 'outlet', 'Reuters') RETURNING id)"
    " INSERT INTO claims.source_name (id, source, name, kind, keys)"
    " SELECT gen_random_uuid(), id, 'Sly', 'alias', '{}' FROM new",
    "the name of another outlet": "WITH new AS (INSERT INTO claims.source"
    " (id, kind, name) VALUES (gen_random_uuid(), 'outlet', 'New') RETURNING id)"
    " INSERT INTO claims.source_name (id, source, name, kind, keys)"
    " SELECT gen_random_uuid(), id, 'AP', 'alias', '{}' FROM new",
    "an alias of a source that nobody decided on": "WITH new AS (INSERT INTO claims.source"
    " (id, kind, name) VALUES (gen_random_uuid(), 'person', 'New') RETURNING id)"
    " INSERT INTO claims.source_name (id, source, name, kind, keys)"
    " SELECT gen_random_uuid(), id, 'Sly', 'former', '{}' FROM new",
    "a description": "UPDATE claims.source SET description = 'spy'",
    "a country": "UPDATE claims.source SET country = 'XX' WHERE revision > 0",
    "an office": "INSERT INTO claims.source_role (id, source, title, valid, keys)"
    " SELECT gen_random_uuid(), id, 'King', '[,]', '{}' FROM claims.source WHERE revision > 0",
    "a rating": "UPDATE claims.outlet_rating SET rating = 'F'",
    "a register's id": "INSERT INTO claims.source_identifier"
    " SELECT 'r', 'v', id FROM claims.source WHERE revision > 0 LIMIT 1",
    "a merge": "UPDATE claims.source AS s SET merged_into = (SELECT o.id FROM claims.source AS o"
    " WHERE o.kind = s.kind AND o.id <> s.id AND o.merged_into IS NULL LIMIT 1)"
    " WHERE s.revision > 0 AND s.kind = 'person'",
    "a link": "INSERT INTO claims.claim_link (id, a, b, kind, linked_by)"
    " SELECT gen_random_uuid(), c.id, o.id, 'narrows', r.id FROM claims.claim AS c,"
    " claims.claim AS o, claims.reviewer AS r WHERE c.revision > 0 AND o.id <> c.id LIMIT 1",
    "a document that is withdrawn": "UPDATE claims.document SET status = 'withdrawn'"
    " WHERE revision > 0",
    "a kill that somebody lifted": "UPDATE claims.document SET kill_lifted = gen_random_uuid()"
    " WHERE revision > 0",
    "an anchor in its own version": "INSERT INTO claims.anchor"
    " (claim, version, spans, state, score, method) SELECT id, version, content_spans, 'same', 1,"
    " 'x' FROM claims.claim LIMIT 1",
    "a sighting of another document": "UPDATE claims.sighting SET document ="
    " (SELECT max(id::text)::uuid FROM claims.document)",
}
"""What a forger changes before the archive is written; each must be refused on the way in."""


def decided_on(database: Database) -> None:
    """Claims, a chain, a person, an outlet and a document that people decided on."""
    room = Room(database)
    claims = [room.store(external_id=f"doc{number}")[0] for number in range(3)]
    room.act("Ann", claims[0], "accept")
    room.act("Ann", claims[1], "reject", reason="no")
    state = room.standing(claims[2]).state
    room.act("Ann", claims[2], "accept", set_source(state, 1, None))
    by = room.reviewer("Ann")
    [(person,)] = room.sql("SELECT id FROM claims.source WHERE kind = 'person' ORDER BY id LIMIT 1")
    [(outlet,)] = room.sql("SELECT id FROM claims.source WHERE kind = 'outlet' ORDER BY id LIMIT 1")
    [(document,)] = room.sql("SELECT id FROM claims.document ORDER BY id LIMIT 1")
    add = changes.add(SourceKind.PERSON, "Cy Poe", {}, signed(by))
    decide_source(database, add)
    with database.reader() as session:
        one, other = load_source(session, person), load_source(session, outlet)
    decide_source(database, changes.set_fields(one, {"wikidata": "Q7"}, signed(by)))
    decide_source(database, changes.rate(other, "B", date(2026, 1, 1), why="so", signed=signed(by)))
    edit_document(database, document, by, status="corrected")


def test_forged_rows_are_refused(database: Database, other: Database) -> None:
    """Each forgery is written by the owner with all triggers off, and read into nothing."""
    decided_on(database)
    import_archive(other, write(database), rehearse=True)
    taken_in = []
    for name, forgery in FORGERIES.items():
        with database.rehearsal() as session:
            for table in Base.metadata.tables:
                session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
            assert session.execute(text(forgery)).rowcount > 0, name  # type: ignore[attr-defined]
            out = io.BytesIO()
            write_archive(session, out, lambda _what, _count: None)
        try:
            import_archive(other, out.getvalue(), rehearse=True)
            taken_in.append(name)
        except InvariantBrokenError:
            continue
    assert taken_in == []
