"""An editor is never stuck: sources that nobody named, days and places, lines that were refused."""

import uuid
from dataclasses import replace

import pytest

from claims.database.engine import Database
from claims.errors.base import ClaimsError
from claims.review.session import ReviewSession
from claims.sources import changes
from claims.sources.edit import load_source
from claims.sources.lists import OfficeEntry
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.panels import draw_panel
from claims.terminal.screen.segments import words_in
from tests.acts import decide_source, signed
from tests.makers import proposal, silent, spans_of, store, store_said_and_denied
from tests.review.conftest import CONTENTS, Room
from tests.terminal.conftest import Hands, Sit

Claims = list[uuid.UUID]
SPEAKER = """SELECT s.name, s.kind FROM claims.claim AS c
               JOIN claims.source AS s ON s.id = c.speaker WHERE c.id = :claim"""


@pytest.fixture
def claims(room: Room) -> Claims:
    return room.store()


def panel(hands: Hands) -> str:
    lines = draw_panel(hands.state, hands.controller.keymap, 100)
    return "\n".join(words_in(line) for line in lines)


def test_a_name_that_no_source_has_becomes_one(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("S")
    ann.type("Mina Vale")
    assert ann.state.mode.value == "new-source"
    assert "1  person" in panel(ann)
    ann.press("1")
    assert room.sql(SPEAKER, claim=claims[0]) == [("Mina Vale", "person")]
    ledger = room.sql("SELECT action, subject_kind FROM claims.decision ORDER BY no")
    assert ledger == [("add", "source"), ("accept", "claim")]
    ann.press("h i")
    ann.type("Tide Herald")
    ann.press("3")
    assert [hop.name for hop in ann.state.hops] == ["Ada Quill", "Tide Herald"]
    assert ann.state.mode is InputMode.CHAIN


@pytest.mark.usefixtures("claims")
def test_no_source_is_added_by_leaving_and_printed_names_need_no_typing(
    room: Room, sit: Sit
) -> None:
    ann = sit()
    before = room.sql("SELECT count(*) FROM claims.source")
    ann.press("s")
    ann.type("Mina Vale")
    ann.press("esc esc")
    assert ann.state.mode is InputMode.CARD
    assert room.sql("SELECT count(*) FROM claims.source") == before
    ann.press("s + 1")
    assert ann.state.hops[0].name == "Ada Quill"
    ann.press("S *")
    assert room.sql("SELECT count(*) FROM claims.source WHERE name = 'Ada Quill'") == [(3,)]
    assert room.sql("SELECT status FROM claims.claim WHERE status <> 'proposed'") == [("accepted",)]


def test_a_surname_finds_who_has_it_before_whose_first_name_begins_with_it(
    database: Database, claims: Claims, sit: Sit
) -> None:
    ann = sit()
    for name in ("Quillon Marsh", "Quill Tanner", "Bob Quill"):
        ann.press("s")
        ann.type(name)
        ann.press("1 esc")
    ann.press("s")
    ann.type("quill")
    names = [one.name for one in ann.state.search_results]
    assert names == ["Ada Quill", "Bob Quill", "Quill Tanner", "Quillon Marsh"]
    assert "named in this article; 3 claims" in ann.state.search_results[0].reason
    assert "0 claims" in ann.state.search_results[1].reason
    assert database
    assert claims


@pytest.mark.usefixtures("claims")
def test_a_name_that_is_found_says_its_office_and_its_last_claim(room: Room, sit: Sit) -> None:
    by = room.reviewer("Ann")
    [(quill,)] = room.sql("SELECT id FROM claims.source WHERE name = 'Ada Quill'")
    with room.database.reader() as session:
        state = load_source(session, quill)
    mayor = OfficeEntry("mayor of Quayside")
    office = changes.change_office(state, mayor, signed(by), stored=False, remove=False)
    assert office is not None
    decide_source(room.database, office)
    ann = sit()
    ann.press("s")
    ann.type("quill")
    [found] = ann.state.search_results
    assert found.reason == "mayor of Quayside; named in this article; 3 claims; last 2026-05-04"


@pytest.mark.usefixtures("claims")
def test_numbers_of_an_article_mean_the_same_on_each_card(sit: Sit) -> None:
    ann = sit()
    first = [one.name for one in ann.state.card_candidates]
    ann.press("S 2")
    assert (
        [one.name for one in ann.state.card_candidates] == first == ["Ada Quill", "Harbour Agency"]
    )


def test_a_day_and_a_place_are_mended_on_a_published_claim(
    room: Room, claims: Claims, sit: Sit
) -> None:
    ann = sit()
    ann.press("a g")
    ann.type("1")
    ann.press("D")
    assert ann.state.field is not None
    assert ann.state.field.text == "2026-05-04"
    ann.press("ctrl+u")
    ann.type("2026-05-02 2026-05-03")
    ann.press("V")
    ann.type("on the radio")
    ann.press("h 0 o ctrl+u")
    ann.type("-")
    ann.press("enter a")
    query = "SELECT status, lower(said_on)::text, venue FROM claims.claim WHERE id = :claim"
    assert room.sql(query, claim=claims[0]) == [("corrected", "2026-05-02", "on the radio")]
    query = """SELECT capacity FROM claims.attribution WHERE claim = :claim AND position = 1"""
    assert room.sql(query, claim=claims[0]) == [(None,)]
    ann.press("u")
    query = "SELECT status, lower(said_on)::text, venue FROM claims.claim WHERE id = :claim"
    assert room.sql(query, claim=claims[0]) == [("accepted", "2026-05-04", None)]


@pytest.mark.usefixtures("claims")
@pytest.mark.parametrize("typed", ["2026-13-40", "2026-05-03 2026-05-01", "yesterday"])
def test_what_is_refused_stays_in_its_line(sit: Sit, typed: str) -> None:
    ann = sit()
    ann.press("D ctrl+u")
    ann.type(typed)
    assert ann.state.message.is_error
    assert ann.state.field is not None
    assert ann.state.field.text == typed
    ann.press("w ctrl+u")


@pytest.mark.usefixtures("claims")
def test_words_that_are_not_printed_stay_and_a_line_that_was_left_comes_back(sit: Sit) -> None:
    ann = sit()
    ann.press("w ctrl+u")
    ann.type("the tunnel is safe")
    assert ann.state.message.is_error
    assert ann.state.field is not None
    assert ann.state.field.text == "the tunnel is safe"
    assert ann.press("esc").field is None
    ann.press("w")
    assert ann.state.field.text == "the tunnel is safe"


@pytest.mark.usefixtures("claims")
def test_a_name_is_pasted_where_names_are_asked_for(sit: Sit) -> None:
    ann = sit()
    ann.press("s")
    ann.controller.type("Harbour\nAgency", ann.now)
    assert ann.state.field is not None
    assert ann.state.field.text == "Harbour Agency"
    ann.press("enter 1")
    assert ann.state.hops[0].name == "Harbour Agency"


@pytest.mark.usefixtures("claims")
def test_merging_shows_both_and_warns_of_another_speaker(sit: Sit) -> None:
    ann = sit()
    ann.press("s 2 a m")
    shown = panel(ann)
    assert CONTENTS[1] in shown
    assert "n    Ada Quill" in shown
    assert "p    Harbour Agency" in shown
    assert shown.count("another speaker") == 1


def test_merging_warns_of_no_carrier_that_only_one_of_them_has(room: Room, sit: Sit) -> None:
    text = (
        "Mayor Ada Quill said the wall stood. She said that the quay had sunk, the "
        "Harbour Agency reported on Monday.\n"
    )
    alone, carried = (proposal(text, words) for words in ("the wall stood", "the quay had sunk"))
    store(room.database, replace(alone, chain=alone.chain[:1]), carried, text=text)
    ann = sit()
    ann.press("m")
    assert "the quay had sunk" in panel(ann)
    assert "!" not in panel(ann)


def test_merging_warns_that_a_denial_would_take_in_what_was_said(room: Room, sit: Sit) -> None:
    store_said_and_denied(room.database)
    ann = sit()
    ann.press("m")
    assert "merged, these words too would be what Ada Quill says" in panel(ann)
    ann.press("esc j m")
    assert "merged, these words too would be what Ada Quill denies" in panel(ann)


def test_splitting_shows_the_words_alone_and_begins_at_a_clause(room: Room, sit: Sit) -> None:
    text = 'She said "it holds" on Monday, "and nobody leaves, not even me".\n'
    parts = spans_of(text, '"it holds"', '"and nobody leaves, not even me"')
    store(room.database, replace(silent(parts[0]), content=parts), text=text)
    ann = sit()
    ann.press("p")
    assert "on Monday" not in panel(ann)
    assert '[["it holds"' in panel(ann)


def test_splitting_warns_of_a_mark_that_stays_open(room: Room, sit: Sit) -> None:
    text = 'She said "it holds, and nobody leaves" on Monday.\n'
    store(room.database, silent(*spans_of(text, '"it holds, and nobody leaves"')), text=text)
    ann = sit()
    ann.press("p")
    assert "a quotation mark stays open in the first part" in panel(ann)


@pytest.mark.usefixtures("claims")
def test_undos_count_neither_today_nor_for_the_pace(sit: Sit) -> None:
    ann = sit()
    ann.press("a a u")
    ann.controller.refresh()
    assert ann.state.counts == (2, 1)
    assert len(ann.controller.decision_times) == 1


@pytest.mark.usefixtures("claims")
def test_a_filter_counts_in_the_first_picture(sit: Sit) -> None:
    ann = sit()
    assert ann.state.counts[0] == 3
    ann.press("/")
    ann.type("form:quote")
    assert ann.state.counts[0] == 1


@pytest.mark.usefixtures("claims")
def test_same_says_as_whom(sit: Sit) -> None:
    ann = sit()
    ann.press("a =")
    assert ann.state.message.text == "as said by Ada Quill, via Harbour Agency"


def test_a_card_that_another_person_holds_says_so(claims: Claims, sit: Sit) -> None:
    ann, bob = sit(), sit("Bob")
    bob.press("g")
    bob.type("1")
    assert bob.state.card is not None
    assert bob.state.card.claim == claims[0]
    bob.press("a")
    assert "Ann has the card now" in bob.state.message.text
    assert "decided on this" not in bob.state.message.text
    assert "your time ran out" not in bob.state.message.text
    assert ann.state.card is not None


@pytest.mark.usefixtures("claims")
def test_quitting_needs_no_server(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    class GoneError(ClaimsError):
        """The database does not answer."""

    def gone(*_: object) -> None:
        raise GoneError("database", "gone")

    ann = sit()
    ann.press("right")
    monkeypatch.setattr(ReviewSession, "leave", gone)
    monkeypatch.setattr(ReviewSession, "keep_draft", gone)
    ann.press("q")
    assert "not saved" in ann.state.message.text
    ann.press("q")
    assert ann.state.request is not None
    assert ann.state.request.what == "quit"


@pytest.mark.usefixtures("claims")
def test_what_follows_a_key_in_plain_lines_is_debounced(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.controller.press("X", ann.now + 0.01, "3")
    assert room.sql("SELECT count(*) FROM claims.decision") == [(0,)]
    ann.controller.press("X", ann.now + 1.0, "3")
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]
