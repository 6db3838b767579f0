"""Two programs on one article agree or compete; neither takes away what the other proposed."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError

from claims.catalogue.card import Filters
from claims.catalogue.cards import load_history
from claims.catalogue.find import find_claims
from claims.database.engine import Database
from claims.ingest.run import make_run
from claims.review.bulk import select_claims
from claims.review.cards import load_card
from claims.review.conditions import Condition
from tests.conftest import cloned
from tests.exchange.histories import import_archive, write
from tests.ingest.test_proposals import ADDRESS, DENIAL, QUOTE, bring, claims_of, lines_of
from tests.makers import MORE, TEXT, add_reviewer, proposal, settle, store

BOTH = TEXT.replace("Monday", "Monday to Bob Stone") + MORE
NEWER = make_run("ingest", ["a.txt"], "0", "y")


def others_of(database: Database) -> list[tuple[Any, ...]]:
    query = (
        "SELECT o.program, s.name, o.mention, o.score FROM claims.other_proposal AS o"
        " LEFT JOIN claims.source AS s ON s.id = o.speaker ORDER BY o.program"
    )
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def ours(database: Database, **more: Any) -> Any:  # noqa: ANN401 - an id
    one = proposal(BOTH)
    [claim] = store(database, one, url=ADDRESS, text=BOTH, **more)
    return claim


def test_the_same_words_are_one_claim_that_both_programs_propose(database: Database) -> None:
    claim = ours(database)
    stone = {"quote": "the bridge is safe", "speaker_words": "Bob Stone", "score": 0.3}
    bring(database, lines_of(stone))
    bring(database, lines_of(QUOTE, extractor={"name": "third", "version": "7"}))
    bring(database, lines_of(stone))
    assert len(claims_of(database)) == 1
    assert others_of(database) == [
        ("other", "Bob Stone", "Bob Stone", 0.3),
        ("third", "Ada Quill", "Ada Quill", 0.5),
    ]
    notes = (
        "also proposed by other/1, 0.30: speaker Bob Stone instead",
        "also proposed by third/7, 0.50: same speaker",
    )
    with database.writer() as session:
        reviewer = add_reviewer(session)
    with database.reader() as session:
        assert load_history(session, claim).others == notes
        card = load_card(session, claim, reviewer)
        assert card.others == notes
        why = {one.name: one.reason for one in card.candidates}
        assert why["Bob Stone"] == "the speaker as other has it"
        rows = session.execute(
            text("SELECT extractor, speaker, same_speaker FROM claims_v1.other_proposals")
        )
        assert sorted(map(tuple, rows)) == [
            ("other/1", "Bob Stone", False),
            ("third/7", "Ada Quill", True),
        ]


def test_other_words_over_the_same_place_compete_whatever_is_decided(database: Database) -> None:
    claim = ours(database)
    bring(database, lines_of({"quote": 'said "the bridge'}))
    settle(database, claim)
    with database.reader() as session:
        [rival] = find_claims(session, Filters(extractor="other"), limit=9)
        [note] = load_history(session, rival).others
        [back] = load_history(session, claim).others
    assert note == f'competes with {str(claim)[:8]} (accepted) by claims/x: "the bridge is safe"'
    assert back == f'competes with {str(rival)[:8]} (proposed) by other/1: said "the bridge'


def test_each_program_replaces_its_own_alone(database: Database) -> None:
    ours(database)
    bring(database, lines_of(QUOTE, DENIAL))
    # Ours finds nothing any more: what another program proposes too stays.
    store(database, silent_one(), url=ADDRESS, text=BOTH, run=NEWER)
    assert [row[0] for row in claims_of(database)] == [
        '"the bridge is safe"',
        "Harbour",
        "money was lost",
    ]
    # The other finds nothing any more: its rows go, and the claim that it proposed alone.
    bring(database, lines_of(), version="2")
    assert others_of(database) == []
    assert [row[0] for row in claims_of(database)] == ['"the bridge is safe"', "Harbour"]


def silent_one() -> Any:  # noqa: ANN401 - a proposal
    one = proposal(BOTH, "Harbour")
    return replace(one, said_on=None)


def test_what_ours_proposes_later_stands_beside_the_one_that_was_first(database: Database) -> None:
    store(database, silent_one(), url=ADDRESS, text=BOTH)
    bring(database, lines_of(QUOTE))
    store(database, proposal(BOTH), url=ADDRESS, text=BOTH, run=NEWER)
    assert others_of(database) == [("claims", "Ada Quill", "Ada Quill", 0.9)]
    with database.reader() as session:
        for extractor, count in (("claims", 1), ("other", 1), ("other/1", 1), ("other/2", 0)):
            claims = find_claims(session, Filters(extractor=extractor), limit=9)
            assert len(claims) == count


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE claims.other_proposal SET score = 1", "other_proposal_edited"),
        ("TRUNCATE claims.other_proposal", "never_removed"),
        (
            """INSERT INTO claims.other_proposal SELECT claim, 'x', run, speaker, 'Bob',
               mention_spans, mode, rule, score FROM claims.other_proposal""",
            "other_proposal_words",
        ),
    ],
)
def test_the_database_keeps_what_others_propose(
    database: Database, statement: str, constraint: str
) -> None:
    ours(database)
    bring(database, lines_of(QUOTE))
    with database.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text(statement))
    assert refused.value.orig.diag.constraint_name == constraint  # type: ignore[union-attr]


def test_what_others_propose_for_a_decided_claim_stays(database: Database) -> None:
    settle(database, ours(database))
    bring(database, lines_of(QUOTE))
    bring(database, lines_of(), version="2")
    assert [row[0] for row in others_of(database)] == ["other"]


def test_how_often_a_rule_was_right_is_counted_for_each_program(database: Database) -> None:
    # The agency's name is linked with certainty to nobody: only sure claims are offered.
    settle(database, ours(database))
    bring(database, lines_of(DENIAL | {"rule": "verb"}))
    with database.reader() as session:
        chosen = select_claims(session, Condition(Filters(), None))
        assert [(one.rule, one.claims, one.decided) for one in chosen.groups] == [
            ("other verb", 1, 0)
        ]


def test_an_archive_holds_what_each_program_proposes(
    database: Database, server: URL, template: str
) -> None:
    ours(database)
    bring(database, lines_of({"quote": "the bridge is safe", "speaker_words": "Bob Stone"}))
    archive = write(database)
    with cloned(server, template) as other:
        import_archive(other, archive)
        assert others_of(other) == others_of(database) != []
        assert write(other) == archive
