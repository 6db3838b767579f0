"""A decision on a claim hashes all that it leaves of it, also what no decision names."""

import io
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.database.errors import StatementFailedError
from claims.ledger import checker
from claims.ledger.append import append, load_end, load_rows
from claims.ledger.consistency import count_without_digest, find_differences, load_digested
from claims.ledger.lines import write_claims, write_ledger
from claims.review.edits import set_source
from claims.schema import Base
from tests.makers import decision
from tests.review.conftest import Room

CLAIM = {
    "version": "gen_random_uuid()",
    "run": "gen_random_uuid()",
    "status": "'corrected'",
    "content_spans": "int4multirange(int4range(lower(content_spans), upper(content_spans) - 1))",
    "text": "text || ' not'",
    "form": "'paraphrase'",
    "statement": "'mine'",
    "said_on": "daterange('2001-01-01', '2001-01-02')",
    "said_on_text": "'on Friday'",
    "said_on_spans": "'{[0,5)}'",
    "venue": "'in Rome'",
    "venue_spans": "'{[0,5)}'",
    "rule": "'other'",
    "extractor_score": "0.123",
    "attribution_confidence": "0.5",
    "credibility": "1",
    "recorded_at": "recorded_at - interval '1 microsecond'",
}
"""What a forger writes into each column of an accepted claim."""

CLAIM_APART = {
    "id": "it names the claim",
    "revision": "it counts the decisions",
    "changed_in": "means nothing outside of its transaction",
    "speaker": "the source of the first hop, which is compared with it",
    "listed_on": "follows from said_on and the article's day",
    **dict.fromkeys(
        ("class", "name_score", "suggested_name", "hearer", "hearer_spans"),
        "the machine says it of its proposal, and the database lets nobody change it",
    ),
}

HOP = {
    "source": "(SELECT id FROM claims.source WHERE name = 'Harbour Agency')",
    "mention_spans": "'{[0,5)}'",
    "cue_spans": "'{[0,5)}'",
    "capacity_spans": "'{[6,9)}'",
    "mode": "'denies'",
    "link_rule": "'other'",
    "link_score": "0.123",
    "link_reason": "'mine'",
}
"""The same for the columns of its first hop."""

HOP_APART = {
    "claim": "a hop that goes to another claim is one too few here",
    "position": "changed below",
    "mention": "must be what stands at its spans",
    "cue": "likewise",
    "capacity": "likewise",
}

HOPS = {
    "taken out": "DELETE FROM claims.attribution WHERE position = 2 AND claim = :claim",
    "put in": """INSERT INTO claims.attribution (claim, position, source, mention, mention_spans,
                        cue, cue_spans, capacity_spans, mode)
                 SELECT claim, 3, source, mention, mention_spans, cue, cue_spans, '{}', mode
                   FROM claims.attribution WHERE position = 2 AND claim = :claim""",
    "in another order": """UPDATE claims.attribution SET position = 5 - position
                            WHERE claim = :claim""",
    "moved to another claim": """UPDATE claims.attribution AS a SET position = 9, claim = c.id
                                   FROM claims.claim AS c
                                  WHERE c.id <> :claim AND a.position = 2 AND a.claim = :claim""",
}

FORGERIES = {
    **{f"claim.{name}": f"UPDATE claims.claim SET {name} = {value} WHERE id = :claim"
       for name, value in CLAIM.items()},
    **{f"hop.{name}": f"UPDATE claims.attribution SET {name} = {value}"
       " WHERE position = 1 AND claim = :claim" for name, value in HOP.items()},
    **{f"a hop is {name}": forgery for name, forgery in HOPS.items()},
    "the article": "UPDATE claims.document_version SET text = text || 'x',"
    " sha256 = sha256(convert_to(text || 'x', 'UTF8'))",
}  # fmt: skip


def test_no_column_is_forgotten() -> None:
    """Each column is forged below, or it is said why not."""
    of_claim = set(Base.metadata.tables["claims.claim"].columns.keys())
    assert of_claim == set(CLAIM) | set(CLAIM_APART)
    of_hop = set(Base.metadata.tables["claims.attribution"].columns.keys())
    assert of_hop == set(HOP) | set(HOP_APART)


CHECKS = """SELECT c.conrelid::regclass, c.conname FROM pg_constraint AS c
             WHERE c.contype = 'c'
               AND c.conrelid IN ('claims.claim'::regclass, 'claims.attribution'::regclass)"""


@contextmanager
def forged(database: Database, forgery: str, claim: uuid.UUID) -> Iterator[Session]:
    """A session in which the owner changed something, with all that keeps it off."""
    with database.rehearsal() as session:
        for table in Base.metadata.tables:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        for table, name in session.execute(text(CHECKS)).all():
            session.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
        result = session.execute(text(forgery), {"claim": claim} if ":claim" in forgery else {})
        assert result.rowcount > 0, forgery  # type: ignore[attr-defined]
        yield session


@pytest.fixture
def accepted(database: Database) -> uuid.UUID:
    """A claim that somebody accepted as the machine proposed it; another waits."""
    room = Room(database)
    claims = room.store()
    room.act("Ann", claims[0], "accept")
    return claims[0]


def test_verify_finds_what_was_changed_of_an_accepted_claim(
    database: Database, accepted: uuid.UUID
) -> None:
    with database.reader() as session:
        assert list(find_differences(session)) == []
    overlooked = []
    for name, forgery in FORGERIES.items():
        with forged(database, forgery, accepted) as session:
            fields = {
                one.field for one in find_differences(session) if one.subject == str(accepted)
            }
        if "digest" not in fields:
            overlooked.append(name)
    assert overlooked == []


def test_each_kind_of_decision_names_the_digest_of_what_it_leaves(database: Database) -> None:
    room = Room(database)
    claims = room.store()
    ann = room.sitting("Ann")
    card = ann.next_card()
    assert card is not None
    article = card.article
    room.act("Ann", claims[0], "accept")
    room.act("Ann", claims[0], "correct", set_source(room.standing(claims[0]).state, 1, None))
    ann.undo()
    ann.redo()
    room.act("Ann", claims[1], "reject", reason="no")
    ann.undo()
    place = article.index("and nobody would")
    card = ann.card(claims[2])
    split = ann.split(card, place)
    ann.undo()
    ann.redo()
    assert split.number is not None
    parts = room.sql("SELECT claim FROM claims.claim_parent ORDER BY claim")
    ann.merge(ann.card(parts[0][0]), parts[1][0])
    rows = room.sql("SELECT DISTINCT action FROM claims.decision ORDER BY 1")
    assert {action for (action,) in rows} >= {"accept", "correct", "undo", "redo", "split", "merge"}
    assert room.sql("SELECT count(*) FROM claims.decision WHERE NOT after ? 'digest'") == [(0,)]
    with database.reader() as session:
        assert list(find_differences(session)) == []
        assert count_without_digest(session) == 0


ACCEPT = "UPDATE claims.claim SET status = 'accepted', revision = 1 WHERE id = :id"


def test_the_digest_is_the_databases_own(database: Database) -> None:
    """Whatever a writer gives, and whether the decision or its effect is written first."""
    room = Room(database)
    claims = room.store()
    ann = room.reviewer("Ann")
    with database.writer() as session:
        append(session, decision(claims[0], ann))
        session.execute(text(ACCEPT), {"id": claims[0]})
    with database.writer() as session:
        session.execute(text(ACCEPT), {"id": claims[1]})
        append(session, decision(claims[1], ann))
    with database.reader() as session:
        assert list(find_differences(session)) == []


def test_what_is_changed_beside_its_decision_is_refused_at_commit(database: Database) -> None:
    room = Room(database)
    claim = room.store()[0]
    ann = room.reviewer("Ann")

    def accept_and_change() -> None:
        with database.writer() as session:
            session.execute(text(ACCEPT), {"id": claim})
            append(session, decision(claim, ann))
            session.execute(text("ALTER TABLE claims.document_version DISABLE TRIGGER ALL"))
            session.execute(text(FORGERIES["the article"]))

    with pytest.raises(StatementFailedError, match="digest of another state"):
        accept_and_change()


def test_older_decisions_without_a_digest_are_counted(
    database: Database, accepted: uuid.UUID
) -> None:
    with forged(database, FORGERIES["hop.mode"], accepted) as session:
        session.execute(text("UPDATE claims.decision SET after = after - 'digest'"))
        assert list(find_differences(session)) == []
        assert count_without_digest(session) == 1


def test_a_number_is_hashed_alike_however_it_is_written(database: Database) -> None:
    """A decision may write 0.50 of what its column then has as 0.5."""
    room = Room(database)
    claim = room.store()[0]
    sure = """INSERT INTO claims.decision (id, reviewer, action, subject_kind, subject, revision,
                     before, after, tool_version)
              VALUES (gen_random_uuid(), :ann, 'correct', 'claim', :id, 1,
                      '{"status": "proposed", "attribution_confidence": null}',
                      '{"status": "corrected", "attribution_confidence": 0.50}', '0')"""
    effect = """UPDATE claims.claim SET status = 'corrected', attribution_confidence = 0.5,
                       revision = 1 WHERE id = :id"""
    with database.writer() as session:
        session.execute(text(sure), {"id": claim, "ann": room.reviewer("Ann")})
        session.execute(text(effect), {"id": claim})
    with database.reader() as session:
        assert list(find_differences(session)) == []
    forms = 'SELECT claims.trimmed(\'[0.50, {"a": 1.0, "b": [10, "0.50"]}, 0.0, []]\')::text'
    assert room.sql(forms) == [('[0.5, {"a": 1, "b": [10, "0.50"]}, 0, []]',)]


def _exported(session: Session) -> tuple[list[bytes], list[bytes]]:
    """The ledger and what it left of claims, as lines."""
    ledger, left = io.BytesIO(), io.BytesIO()
    write_ledger(load_rows(session), load_end(session), ledger)
    write_claims(load_digested(session), left)
    return ledger.getvalue().splitlines(keepends=True), left.getvalue().splitlines(keepends=True)


@pytest.fixture
def lines(database: Database) -> tuple[list[bytes], list[bytes]]:
    """The export of a ledger with decisions of several kinds on two of three claims."""
    room = Room(database)
    claims = room.store()
    ann = room.sitting("Ann")
    ann.next_card()
    room.act("Ann", claims[0], "accept")
    room.act("Ann", claims[0], "correct", set_source(room.standing(claims[0]).state, 1, None))
    sure = replace(room.standing(claims[0]).state, attribution_confidence=0.5, statement="é\t\\ ﬁ")
    room.act("Ann", claims[0], "correct", sure)
    room.act("Ann", claims[1], "reject", reason="no")
    with database.reader() as session:
        return _exported(session)


Lines = tuple[list[bytes], list[bytes]]


def test_a_checker_without_a_database_computes_what_decisions_left(lines: Lines) -> None:
    ledger, left = lines
    assert checker.check(ledger) == (4, None)
    assert checker.check_claims(ledger, left) == (2, 0, None)
    # As another program would write them: other blanks, another order, other zeros.
    loose = [json.dumps(json.loads(line), sort_keys=True).encode() for line in left]
    assert checker.check_claims(ledger, [one.replace(b": 0.5,", b": 0.50,") for one in loose]) == (
        2, 0, None)  # fmt: skip


def test_the_checker_names_the_claim_of_which_anything_was_changed(lines: Lines) -> None:
    ledger, left = lines
    first = json.loads(left[0])
    changed = []
    for name, value in first["state"].items():
        for other in (None, f"{value}x", [value]):
            line = json.dumps({"claim": first["claim"], "state": first["state"] | {name: other}})
            changed.append(checker.check_claims(ledger, [line.encode(), left[1]])[2])
    assert len(first["state"]) > 10
    assert {str(one).partition(" is not what")[0] for one in changed} == {f"claim {first['claim']}"}
    missing = checker.check_claims(ledger, left[1:])[2]
    assert missing is not None
    assert missing.startswith(f"claim {first['claim']} is missing")
    assert "twice" in str(checker.check_claims(ledger, [*left, left[0]])[2])
    assert checker.check_claims(ledger, [b"{}"])[2] == "line 1 of the claims is none"


def test_the_checker_counts_claims_of_older_decisions(database: Database, lines: Lines) -> None:
    del lines
    with database.rehearsal() as session:
        session.execute(text("ALTER TABLE claims.decision DISABLE TRIGGER ALL"))
        session.execute(text("UPDATE claims.decision SET after = after - 'digest' WHERE no < 4"))
        ledger, left = _exported(session)
    assert checker.check_claims(ledger, left) == (1, 1, None)
