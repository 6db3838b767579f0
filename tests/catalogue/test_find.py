"""Claims are found by filters, ids and words."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from claims.catalogue.card import Filters
from claims.catalogue.cards import load_cards
from claims.catalogue.errors import AmbiguousIdError, UnknownIdError
from claims.catalogue.find import count_by_status, find_claim, find_claims, search_claims
from claims.catalogue.trace import draw_trace
from claims.database.engine import Database
from claims.database.errors import StatementFailedError
from claims.model.kinds import ClaimStatus, Form
from tests.makers import MORE, TEXT, proposal, settle, store
from tests.review.conftest import Room


@pytest.fixture
def stored(database: Database) -> dict[str, uuid.UUID]:
    """Three claims: old and new by one speaker, one accepted."""
    [old] = store(
        database, external_id="1", outlet="The Pier", published_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    both = TEXT + MORE
    new, denial = store(
        database,
        proposal(both),
        replace(proposal(both, "money was lost"), form=Form.PARAPHRASE),
        text=both,
        external_id="2",
        outlet="Quay News",
    )
    settle(database, denial)
    return {"old": old, "new": new, "denial": denial}


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, ["new", "denial", "old"]),
        ({"speaker": "quill"}, ["new", "denial", "old"]),
        ({"speaker": "agency"}, []),  # a carrier is no speaker
        ({"speaker": "%"}, []),
        ({"outlet": "pier"}, ["old"]),
        ({"status": ClaimStatus.ACCEPTED}, ["denial"]),
        ({"form": Form.PARAPHRASE}, ["denial"]),
        ({"since": date(2026, 5, 4)}, ["new", "denial"]),
        ({"until": date(2026, 5, 3)}, ["old"]),
        ({"words": "bridges"}, ["new", "old"]),
        ({"words": "bridge -safe"}, []),
        ({"outlet": "quay", "words": "money"}, ["denial"]),
    ],
)
def test_filters_find_what_they_say(
    database: Database, stored: dict[str, uuid.UUID], filters: dict[str, Any], names: list[str]
) -> None:
    with database.reader() as session:
        ids = find_claims(session, Filters(**filters), limit=10)
    assert ids == [stored[name] for name in names]


def test_pages_join_without_gap_or_double(database: Database, stored: dict[str, uuid.UUID]) -> None:
    pages: list[uuid.UUID] = []
    with database.reader() as session:
        while page := find_claims(session, Filters(), limit=1, after=pages[-1] if pages else None):
            pages += page
    assert pages == [stored["new"], stored["denial"], stored["old"]]


def test_any_unambiguous_prefix_is_an_id(database: Database, stored: dict[str, uuid.UUID]) -> None:
    claim = stored["old"]
    with database.reader() as session:
        for prefix in (str(claim), claim.hex, str(claim)[:14], claim.hex[:10].upper()):
            assert find_claim(session, prefix) == claim
        for wrong in ("", "xyz", "0" * 33, "'; DROP TABLE claims.claim; --", claim.hex[:-1] + "g"):
            with pytest.raises(UnknownIdError):
                find_claim(session, wrong)


@pytest.mark.usefixtures("stored")
def test_a_prefix_of_two_is_ambiguous(database: Database) -> None:
    for number in range(20):  # seventeen ids share a first digit at the latest
        store(database, external_id=f"more{number}")
    with database.reader() as session:
        firsts = [str(id_)[0] for id_ in find_claims(session, Filters(), limit=99)]
        shared = max(firsts, key=firsts.count)
        with pytest.raises(AmbiguousIdError):
            find_claim(session, shared)


def test_search_ranks_and_survives_any_words(
    database: Database, stored: dict[str, uuid.UUID]
) -> None:
    with database.reader() as session:
        assert search_claims(session, "money", limit=5) == [stored["denial"]]
        for odd in ('"', "a & | !", "(((", "\\", "' OR 1=1", "-", "NOT", "😀"):
            search_claims(session, odd, limit=5)


@pytest.mark.usefixtures("stored")
def test_a_reader_session_cannot_write(database: Database) -> None:
    with pytest.raises(StatementFailedError, match="read-only"), database.reader() as session:
        session.execute(text("UPDATE claims.run SET command = 'x'"))


def test_a_trace_draws_the_chain_outward(database: Database, stored: dict[str, uuid.UUID]) -> None:
    with database.reader() as session:
        [card] = load_cards(session, [stored["new"]])
    assert draw_trace(card) == [
        "“the bridge is safe”   quote, proposed, revision 0",
        "└─ Ada Quill        Mayor         “said”   ¶1  21–41",
        "   │  on Monday (2026-05-04)",
        "   └─ Harbour Agency   news outlet   “reported”",
        "      └─ printed by  Quay News, 2026-05-04, version 1",
    ]


def test_names_cannot_act_on_the_terminal(database: Database) -> None:
    hostile = "Ada\x1b[2J Quill\u202e"
    voice = replace(proposal().chain[0], name=hostile)
    [claim] = store(database, replace(proposal(), chain=(voice,)))
    with database.reader() as session:
        [card] = load_cards(session, [claim])
    drawn = "\n".join(draw_trace(card))
    assert "Ada⟨U+001B⟩[2J Quill⟨U+202E⟩" in drawn
    assert "\x1b" not in drawn


def test_claims_are_counted_by_status(database: Database) -> None:
    with database.reader() as session:
        assert count_by_status(session) == {}
    room = Room(database)
    first, second, _ = room.store()
    room.act("Ann", first, "accept")
    room.act("Ann", second, "reject")
    with database.reader() as session:
        assert count_by_status(session) == {"accepted": 1, "rejected": 1, "proposed": 1}
        session.execute(text("SET LOCAL enable_seqscan = off"))
        query = "SELECT id FROM claims.claim WHERE status IN ('rejected', 'withdrawn')"
        plan = session.scalars(text(f"EXPLAIN {query}")).all()
    assert "ix_claim_status_id" in " ".join(plan)
