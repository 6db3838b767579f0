"""Each invariant that the database keeps, and an attempt to break it past the program."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from claims.database.engine import Database
from claims.errors.base import ClaimsError
from claims.model.proposal import SaidOn, Venue
from claims.model.span import Span
from tests.makers import TEXT, proposal, settle, spans_of, store

RECORD = (
    "INSERT INTO claims.archive_record (id, retrieved_at, media_type, payload, sha256, size, run)"
    " SELECT gen_random_uuid(), now(), 'text/plain', {}, {}, {}, r.id FROM claims.run AS r"
)
REPLICA = "SET session_replication_role = replica"


@pytest.fixture
def settled(database: Database) -> uuid.UUID:
    """A claim that one decision accepted."""
    [claim] = store(database)
    settle(database, claim)
    return claim


@pytest.fixture
def psql(database: Database) -> Iterator[Connection]:
    """A connection as somebody at psql has it: every right, no program in between."""
    with database.engine.connect() as connection:
        yield connection


@pytest.fixture(scope="module")
def shared_claim(shared_database: Database) -> None:
    """A claim that was accepted, and that nothing may change."""
    [claim] = store(shared_database)
    settle(shared_database, claim)


@pytest.fixture
def shared_psql(shared_database: Database, shared_claim: None) -> Iterator[Connection]:
    """A connection to the database whose rows may not change."""
    del shared_claim
    with shared_database.engine.connect() as connection:
        yield connection


def refused(psql: Connection, *statements: str) -> str | None:
    """The invariant that refuses these statements, run in one transaction and committed."""
    try:
        for statement in statements:
            psql.execute(text(statement))
        psql.commit()
    except DBAPIError as error:
        invariant: str | None = error.orig.diag.constraint_name  # type: ignore[union-attr]
        return invariant
    finally:
        psql.rollback()
    return "nothing refused it"


@pytest.mark.parametrize(
    ("statement", "invariant"),
    [
        # 1: the words are what stands at the spans
        ("UPDATE claims.claim SET text = 'other words', revision = 2", "claim_words"),
        ("UPDATE claims.claim SET content_spans = '{[0,5)}', revision = 2", "claim_words"),
        ("UPDATE claims.claim SET content_spans = '{[0,)}', revision = 2", "claim_words"),
        ("UPDATE claims.claim SET said_on_spans = '{}', revision = 2", "circumstance_kept"),
        ("UPDATE claims.claim SET venue_spans = '{[0,5)}', revision = 2", "circumstance_kept"),
        ("UPDATE claims.attribution SET mention = 'somebody'", "attribution_words"),
        ("UPDATE claims.attribution SET cue_spans = '{[0,3)}'", "attribution_words"),
        ("UPDATE claims.document_version SET text = 'new'", "append_only"),
        ("DELETE FROM claims.document_version", "append_only"),
        ("TRUNCATE claims.document_version CASCADE", "append_only"),
        ("UPDATE claims.archive_record SET payload = ''", "append_only"),
        ("UPDATE claims.archive_record SET uri = 'https://example.org/'", "append_only"),
        ("DELETE FROM claims.archive_record", "append_only"),
        ("TRUNCATE claims.archive_record CASCADE", "append_only"),
        (RECORD.format("''", "sha256('other')", "0"), "ck_archive_record_sha256"),
        (RECORD.format("'page'", "sha256('page')", "5"), "ck_archive_record_size"),
        # 4: no change without its decision
        ("UPDATE claims.claim SET status = 'rejected'", "revision_step"),
        ("UPDATE claims.claim SET status = 'rejected', revision = 3", "revision_step"),
        ("UPDATE claims.claim SET status = 'rejected', revision = 2", "decision_missing"),
        ("UPDATE claims.claim SET statement = 'mine', revision = 2", "decision_missing"),
        ("UPDATE claims.source SET name = 'Another'", "revision_step"),
        ("UPDATE claims.source SET name = 'Another', revision = 1", "decision_missing"),
        ("UPDATE claims.document SET status = 'withdrawn'", "revision_step"),
        ("UPDATE claims.document SET title = NULL, language = 'fr'", "revision_step"),
        ("UPDATE claims.attribution SET mode = 'denies'", "chain_settled"),
        ("UPDATE claims.attribution SET mode = 'reckons'", "ck_attribution_mode"),
        ("DELETE FROM claims.attribution WHERE position = 2", "chain_settled"),
        ("DELETE FROM claims.claim", "never_removed"),
        ("DELETE FROM claims.source", "never_removed"),
        ("DELETE FROM claims.document", "never_removed"),
        ("DELETE FROM claims.reviewer", "never_removed"),
        ("TRUNCATE claims.claim CASCADE", "never_removed"),
        ("TRUNCATE claims.attribution", "never_removed"),
        # 5: the ledger takes INSERT only
        ("UPDATE claims.decision SET reason = 'no'", "append_only"),
        ("DELETE FROM claims.decision", "append_only"),
        ("TRUNCATE claims.decision CASCADE", "append_only"),
        ("UPDATE claims.ledger_head SET no = 0", "append_only"),
        ("DELETE FROM claims.ledger_head", "append_only"),
        ("INSERT INTO claims.ledger_head (no, digest) VALUES (5, '')", "append_only"),
    ],
)  # fmt: skip
def test_settled_rows_are_refused_every_change(
    shared_psql: Connection, statement: str, invariant: str
) -> None:
    assert refused(shared_psql, statement) == invariant


@pytest.mark.parametrize(
    "found",
    [
        {"said_on": SaidOn("on Monday", spans=(Span(0, 5),))},
        {"said_on": SaidOn("on Monday", spans=(Span(900, 909),))},
        {"venue": Venue("in a letter", spans_of(TEXT, "on Monday"))},
    ],
)
def test_where_a_day_or_venue_is_said_is_what_stands_there(
    database: Database, found: dict[str, Any]
) -> None:
    with pytest.raises(ClaimsError, match="said_on_text or venue is not what stands at its spans"):
        store(database, replace(proposal(), **found))


@pytest.mark.parametrize(
    ("statement", "invariant"),
    [
        ("DELETE FROM claims.decision", "append_only"),
        ("UPDATE claims.decision SET reason = 'no'", "append_only"),
        ("TRUNCATE claims.decision CASCADE", "append_only"),
        ("UPDATE claims.claim SET status = 'rejected'", "revision_step"),
        ("UPDATE claims.claim SET status = 'rejected', revision = 2", "decision_missing"),
        ("UPDATE claims.attribution SET mode = 'denies'", "chain_settled"),
    ],
)
def test_replica_role_does_not_get_past(
    shared_psql: Connection, statement: str, invariant: str
) -> None:
    assert refused(shared_psql, REPLICA, statement) == invariant


def insert_decision(claim: uuid.UUID, revision: int, **given: str) -> str:
    """An INSERT into the ledger as somebody at psql would write it."""
    columns = "".join(f", {name}" for name in given)
    values = "".join(f", {value}" for value in given.values())
    return (
        "INSERT INTO claims.decision (id, reviewer, action, subject_kind, subject, revision,"
        f" before, after, tool_version{columns}) SELECT gen_random_uuid(), id, 'reject', 'claim',"
        f' \'{claim}\', {revision}, \'{{"status": "accepted"}}\', \'{{"status": "rejected"}}\','
        f" 'psql'{values} FROM claims.reviewer"
    )


def test_a_decision_without_its_effect_is_refused(psql: Connection, settled: uuid.UUID) -> None:
    assert refused(psql, insert_decision(settled, 2)) == "effect_missing"
    assert refused(psql, insert_decision(uuid.uuid4(), 1)) == "effect_missing"


def test_a_decision_made_beforehand_cannot_cover_a_later_change(
    psql: Connection, settled: uuid.UUID
) -> None:
    ahead = insert_decision(settled, 3)
    change = "UPDATE claims.claim SET status = 'rejected', revision = 2"
    assert refused(psql, insert_decision(settled, 2), ahead, change) == "effect_missing"


def test_the_database_gives_number_time_and_digests_whatever_is_given(
    psql: Connection, settled: uuid.UUID
) -> None:
    psql.execute(text("UPDATE claims.claim SET status = 'rejected', revision = 2"))
    forged = insert_decision(
        settled, 2, no="99", at="'1999-01-01'", prev_digest=r"'\x00'", digest=r"'\x01'"
    )
    psql.execute(text(forged))
    psql.commit()
    row = psql.execute(
        text(
            "SELECT d.no, d.at > now() - interval '1 hour' AS recent, d.prev_digest = p.digest AS"
            " follows, d.digest = claims.decision_digest(d) AS holds, h.digest = d.digest AS head"
            " FROM claims.decision d, claims.decision p, claims.ledger_head h"
            " WHERE d.no = 2 AND p.no = 1"
        )
    ).one()
    assert row == (2, True, True, True, True)


def test_an_insert_that_conflicts_cannot_move_the_head(
    psql: Connection, settled: uuid.UUID
) -> None:
    again = insert_decision(settled, 1) + " ON CONFLICT DO NOTHING"
    assert refused(psql, again) == "head_without_decision"


def test_a_closed_reviewer_signs_nothing_more(psql: Connection, settled: uuid.UUID) -> None:
    close = "UPDATE claims.reviewer SET closed_at = '2020-01-01'"
    assert refused(psql, close, insert_decision(settled, 2)) == "reviewer_open"


def test_the_speaker_is_the_source_at_position_one(database: Database, psql: Connection) -> None:
    store(database)
    claim = (
        "INSERT INTO claims.claim (id, version, form, content_spans, text, status, run, rule,"
        " extractor_score, speaker) SELECT gen_random_uuid(), version, form, '{[0,5)}', 'Mayor',"
        " status, run, rule, 1, speaker FROM claims.claim"
    )
    assert refused(psql, claim) == "claim_chain"
    hop = (
        "INSERT INTO claims.attribution (claim, position, mention, mention_spans, cue, cue_spans,"
        " mode) SELECT claim, 9, mention, mention_spans, cue, cue_spans, mode"
        " FROM claims.attribution WHERE position = 1"
    )
    assert refused(psql, hop) == "claim_chain"


def test_a_proposal_is_replaced_whole_never_edited(database: Database, psql: Connection) -> None:
    store(database)
    assert refused(psql, "UPDATE claims.attribution SET mode = 'denies'") == "chain_settled"
    assert refused(psql, "UPDATE claims.claim SET extractor_score = 1") == "revision_step"
    psql.execute(text("DELETE FROM claims.attribution"))
    psql.execute(text("DELETE FROM claims.claim"))
    psql.commit()
    assert psql.scalar(text("SELECT count(*) FROM claims.claim")) == 0


def test_an_undecided_document_may_have_gaps_filled(database: Database, psql: Connection) -> None:
    store(database)
    psql.execute(text("UPDATE claims.document SET title = 'Bridge'"))
    psql.commit()
    assert refused(psql, "UPDATE claims.document SET title = 'Bridges'") == "revision_step"


def test_code_points_beyond_the_basic_plane_count_as_one(psql: Connection) -> None:
    words = psql.scalar(text("SELECT claims.words_at('😀a😀b', '{[1,2),[3,4)}')"))
    assert words == "a … b"


def test_no_foreign_key_acts_on_its_own(psql: Connection) -> None:
    acting = text(
        "SELECT count(*) FILTER (WHERE confdeltype <> 'a' OR confupdtype <> 'a'), count(*)"
        " FROM pg_constraint WHERE contype = 'f' AND connamespace = 'claims'::regnamespace"
    )
    acts, all_keys = psql.execute(acting).one()
    assert (acts, all_keys > 20) == (0, True)


def test_every_function_names_its_search_path(psql: Connection) -> None:
    open_ones = text(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'claims'::regnamespace"
        " AND NOT coalesce(array_to_string(proconfig, ',') LIKE 'search_path=%', false)"
    )
    assert psql.scalars(open_ones).all() == []


def test_a_planted_temporary_table_does_not_fool_the_ledger(
    psql: Connection, settled: uuid.UUID
) -> None:
    psql.execute(text("CREATE TEMP TABLE ledger_head (only_row bool, no bigint, digest bytea)"))
    psql.execute(text(r"INSERT INTO pg_temp.ledger_head VALUES (true, 500, '\x00')"))
    psql.execute(text("UPDATE claims.claim SET status = 'rejected', revision = 2"))
    psql.execute(text(insert_decision(settled, 2)))
    psql.commit()
    assert psql.scalar(text("SELECT max(no) FROM claims.decision")) == 2


@pytest.mark.usefixtures("settled")
def test_a_reader_sees_the_views_and_nothing_else(psql: Connection) -> None:
    psql.execute(text("SET ROLE claims_reader"))
    assert psql.scalar(text("SELECT speaker FROM claims_v1.claims")) == "Ada Quill"
    for forbidden in (
        "SELECT 1 FROM claims.claim",
        "SELECT 1 FROM claims.document_version",
        "SELECT claims.words_at('a', '{}')",
        "INSERT INTO claims.source (name) VALUES ('x')",
        "CREATE TABLE claims_v1.mine (a int)",
    ):
        with pytest.raises(DBAPIError, match="permission denied"), psql.begin_nested():
            psql.execute(text(forbidden))
    psql.rollback()
    assert TEXT.strip() not in str(psql.execute(text("SELECT * FROM claims_v1.evidence")).all())


# Review -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    ("statement", "invariant"),
    [
        ("UPDATE claims.claim SET status = 'settled', revision = 2", "ck_claim_status"),
        ("UPDATE claims.reviewer SET role = 'owner'", "ck_reviewer_role"),
        (
            (
                "INSERT INTO claims.claim_link (id, a, b, kind, linked_by) SELECT"
                " gen_random_uuid(), c.id, o.id, 'narrows', r.id"
                " FROM claims.claim c, claims.claim o, claims.reviewer r"
                " WHERE c.id <> o.id AND c.revision > 0"
            ),
            "claim_settled",
        ),
        (
            (
                "INSERT INTO claims.claim_parent SELECT c.id, o.id"
                " FROM claims.claim c, claims.claim o WHERE c.id <> o.id"
            ),
            "claim_settled",
        ),
        ("UPDATE claims.release SET name = 'other'", "append_only"),
        ("DELETE FROM claims.release", "append_only"),
        ("TRUNCATE claims.release", "append_only"),
        ("TRUNCATE claims.reading", "append_only"),
        ("TRUNCATE claims.claim_parent", "append_only"),
        ("TRUNCATE claims.claim_link", "never_removed"),
        ("TRUNCATE claims.review_policy", "append_only"),
    ],
)
def test_review_keeps_its_invariants(
    database: Database, psql: Connection, statement: str, invariant: str
) -> None:
    store(database, text=TEXT + "More.\n")
    release(psql)
    assert refused(psql, statement) == invariant


def release(psql: Connection) -> None:
    """A release, with a place in the ledger that is not true."""
    psql.execute(
        text(
            "INSERT INTO claims.release (id, name, no, digest, made_by)"
            " SELECT gen_random_uuid(), 'May', 999, '', id FROM claims.reviewer LIMIT 1"
        )
    )
    psql.commit()


@pytest.mark.usefixtures("settled")
def test_a_release_is_the_head_of_the_ledger_whatever_is_given(psql: Connection) -> None:
    release(psql)
    frozen = psql.execute(
        text("SELECT r.no = h.no, r.digest = h.digest FROM claims.release r, claims.ledger_head h")
    ).one()
    assert frozen == (True, True)


@pytest.mark.usefixtures("settled")
def test_a_closed_reviewer_reads_nothing_more(psql: Connection) -> None:
    close = "UPDATE claims.reviewer SET closed_at = '2020-01-01'"
    reading = (
        "INSERT INTO claims.reading (id, claim, revision, reviewer, action, after, tool_version)"
        " SELECT gen_random_uuid(), c.id, 1, r.id, 'accept', '{}', 'psql'"
        " FROM claims.claim c, claims.reviewer r"
    )
    assert refused(psql, close, reading) == "reviewer_open"


def test_the_machine_may_link_claims_anew(database: Database, psql: Connection) -> None:
    store(database)
    store(database, text=TEXT + "More.\n")
    psql.execute(
        text(
            "INSERT INTO claims.claim_link (id, a, b, kind) SELECT gen_random_uuid(), min(id::text)"
            "::uuid, max(id::text)::uuid, 'same_words' FROM claims.claim"
        )
    )
    psql.commit()
    psql.execute(text("DELETE FROM claims.claim_link"))
    psql.commit()


@pytest.mark.usefixtures("settled")
def test_a_batch_is_part_of_what_is_hashed(psql: Connection, settled: uuid.UUID) -> None:
    psql.execute(text("UPDATE claims.claim SET status = 'rejected', revision = 2"))
    psql.execute(text(insert_decision(settled, 2, batch="gen_random_uuid()")))
    psql.commit()
    psql.execute(text("ALTER TABLE claims.decision DISABLE TRIGGER decision_rows"))
    psql.execute(text("UPDATE claims.decision SET batch = NULL WHERE no = 2"))
    holds = "SELECT no, digest = claims.decision_digest(d) FROM claims.decision d ORDER BY no"
    assert psql.execute(text(holds)).all() == [(1, True), (2, False)]
    psql.rollback()
