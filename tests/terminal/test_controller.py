"""Each key of the queue, on a real database: what is decided, and what is not."""

import uuid

import pytest

from claims.catalogue.card import Filters
from claims.terminal.controller import PAUSE, RENEW
from claims.terminal.keys.table import InputMode
from claims.terminal.navigation import read_filter, write_filter
from claims.terminal.state import Message, ProgramRequest
from claims.terminal.words import clause_borders
from tests.conftest import run_outside
from tests.review.conftest import CONTENTS, Room
from tests.terminal.conftest import Sit

Claims = list[uuid.UUID]
STATUS = "SELECT status FROM claims.claim WHERE id = :claim"
LEDGER = "SELECT action, reason FROM claims.decision WHERE subject_kind = 'claim' ORDER BY no"


@pytest.fixture
def claims(room: Room) -> Claims:
    return room.store()


def status(room: Room, claim: uuid.UUID) -> str:
    return str(room.sql(STATUS, claim=claim)[0][0])


def test_one_key_decides_and_the_next_card_is_there(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    assert ann.words == CONTENTS[0]
    ann.press("a x space")
    assert [status(room, claim) for claim in claims] == ["accepted", "rejected", "later"]
    assert room.sql(LEDGER) == [("accept", None), ("reject", "not a claim"), ("later", None)]
    assert ann.words == CONTENTS[2]
    assert "only what was put aside is left" in ann.state.message.text
    assert ann.state.last_saved is not None
    assert ann.state.last_saved.number == 3
    ann.press("a")
    assert ann.state.card is None
    assert ann.press("a").message.text == "nothing waits here"


def test_undo_and_redo_go_back_over_sessions(room: Room, claims: Claims, sit: Sit) -> None:
    sit().press("a x q")
    ann = sit()
    assert ann.press("u").card.claim == claims[1]  # type: ignore[union-attr]
    ann.press("u")
    assert [status(room, claim) for claim in claims[:2]] == ["proposed", "proposed"]
    assert ann.words == CONTENTS[0]
    ann.press("U U")
    assert [status(room, claim) for claim in claims[:2]] == ["accepted", "rejected"]
    assert "error[" in ann.press("U").message.text


@pytest.mark.parametrize(
    ("keys", "reason"), [("1", "not said"), ("4", "outlet's own opinion"), ("6", "rumour")]
)
@pytest.mark.usefixtures("claims")
def test_a_rejection_for_a_reason(room: Room, sit: Sit, keys: str, reason: str) -> None:
    sit().press(f"X {keys}")
    assert room.sql(LEDGER) == [("reject", reason)]


@pytest.mark.usefixtures("claims")
def test_a_rejection_in_words(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.press("X 7")
    ann.type("a joke")
    assert room.sql(LEDGER) == [("reject", "other: a joke")]


def test_a_speaker_is_picked_and_accepted(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    names = [one.name for one in ann.state.card_candidates]
    assert names[:2] == ["Ada Quill", "Harbour Agency"]
    ann.press("S 2")
    query = """SELECT s.name FROM claims.claim c JOIN claims.source s ON s.id = c.speaker
                WHERE c.id = :claim"""
    assert room.sql(query, claim=claims[0]) == [("Harbour Agency",)]
    ann.press("s 0")
    assert ann.state.claim.chain[0].source is None
    ann.press("s 9")
    assert ann.state.message.is_error
    assert ann.state.mode is InputMode.SPEAKER


def test_a_number_on_the_card_says_who_spoke_and_accepts(
    room: Room, claims: Claims, sit: Sit
) -> None:
    ann = sit()
    ann.press("9")
    assert ann.state.message == Message("no candidate has the number 9", is_error=True)
    assert room.sql(LEDGER) == []
    ann.press("2")
    assert ann.state.message.text == "it is Harbour Agency"
    query = """SELECT s.name, c.status FROM claims.claim c JOIN claims.source s ON s.id = c.speaker
                WHERE c.id = :claim"""
    assert room.sql(query, claim=claims[0]) == [("Harbour Agency", "accepted")]
    ann.press("X 2")  # in a list a number means what the list says
    assert room.sql(LEDGER) == [("accept", None), ("reject", "wrong speaker beyond repair")]


@pytest.mark.usefixtures("claims")
def test_a_speaker_is_found_by_name(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.press("s")
    ann.type("harb")
    assert [one.name for one in ann.state.search_results] == ["Harbour Agency"]
    ann.press("1")
    assert ann.state.hops[0].name == "Harbour Agency"
    assert ann.state.mode is InputMode.CARD
    assert room.sql(LEDGER) == []


def test_same_as_the_last_accepted(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("s 2 a")
    ann.press("=")
    chains = """SELECT s.name, a.mention FROM claims.attribution a
                  LEFT JOIN claims.source s ON s.id = a.source
                 WHERE claim = :claim ORDER BY position"""
    accepted = room.sql(chains, claim=claims[1])
    assert [name for name, _ in accepted] == ["Harbour Agency", "Harbour Agency"]
    assert status(room, claims[1]) == "accepted"
    later = sit()
    later.press("=")
    assert next(name for name, _ in room.sql(chains, claim=claims[2])) == "Harbour Agency"


def test_the_chain_is_changed_hop_by_hop(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("h")
    assert (ann.state.mode, ann.state.hop) == (InputMode.CHAIN, 2)
    ann.press("<")
    assert [hop.name for hop in ann.state.hops] == ["Harbour Agency", "Ada Quill"]
    ann.press("> m i 1")
    assert [hop.name for hop in ann.state.hops] == ["Ada Quill", "Harbour Agency", "Ada Quill"]
    assert ann.state.hops[1].mode == "denies"
    ann.press("d 1 c")
    assert ann.state.field is not None
    ann.press("ctrl+u")
    ann.type("on Monday")
    ann.press("enter a")
    rows = room.sql(
        "SELECT mode, cue FROM claims.attribution WHERE claim = :claim ORDER BY position",
        claim=claims[0],
    )
    assert rows == [("says", "said"), ("denies", "on Monday")]


def test_the_edges_move_by_words_and_characters(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("j")
    ann.press("left left left left left")
    assert ann.words == "money was lost"
    ann.press("b right shift+left")
    assert ann.words == " was lost"
    ann.press("shift+right shift+right")
    assert ann.words == "as lost"
    ann.press("esc a")
    assert room.sql("SELECT text FROM claims.claim WHERE id = :c", c=claims[1]) == [("was lost",)]


def test_wording_is_found_in_the_article_or_refused(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("w ctrl+u")
    ann.type('"the ferry is safe"')
    assert "[-bridge-] {+ferry+}" in ann.state.message.text
    ann.press("w ctrl+u")
    ann.type("the bridge is safe")
    assert (ann.words, ann.state.claim.form) == ("the bridge is safe", "quote")
    ann.press("t W")
    ann.type("The bridge over the harbour is safe")
    ann.press("a")
    assert room.sql(
        "SELECT text, form, statement FROM claims.claim WHERE id = :c", c=claims[0]
    ) == [("the bridge is safe", "mixed", "The bridge over the harbour is safe")]


def test_a_claim_is_split_and_its_parts_are_merged(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("j p")
    assert ann.state.mode is InputMode.SPLIT
    ann.press("left left right right right enter")
    assert status(room, claims[1]) == "replaced"
    ann.press("g")
    ann.type("2")
    first = ann.words
    ann.press("m n")
    assert ann.words.startswith(first.split()[0])
    assert len(ann.words) > len(first)
    assert {action for action, _ in room.sql(LEDGER)} == {"split", "merge"}


def test_notes_flags_and_what_two_have_to_read(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("right n")
    ann.type("ask the mayor")
    assert ann.state.card is not None
    assert ann.state.card.revision == 1
    assert ann.state.steps
    ann.press("esc z")
    assert status(room, claims[0]) == "second_reading"
    assert "one of the two" in ann.state.message.text
    bob = sit("Bob")
    bob.press("g")
    bob.type(str(claims[0])[:8])
    assert "somebody else has it" in bob.state.message.text
    ann.press("a")
    assert ann.state.last_saved is not None
    assert ann.state.last_saved.summary.startswith("read; your reading is sealed")
    bob.press("g")
    bob.type(str(claims[0])[:8])
    assert bob.state.card is not None
    assert bob.state.card.two_readers
    assert bob.state.card.disputed == ()
    bob.press("a")
    assert status(room, claims[0]) == "accepted"


@pytest.mark.usefixtures("claims")
def test_moving_decides_nothing_and_comes_back(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.press("j j")
    assert ann.words == CONTENTS[2]
    ann.press("j")
    assert ann.words == CONTENTS[0]
    ann.press("k")
    assert ann.words == CONTENTS[2]
    ann.press("g")
    ann.type("2")
    assert ann.words == CONTENTS[1]
    ann.press("a")
    assert ann.words == CONTENTS[0]
    ann.press("g")
    ann.type("zzz")
    assert "error[unknown-id]" in ann.state.message.text
    assert len(room.sql(LEDGER)) == 1


@pytest.mark.usefixtures("claims")
def test_a_filter_holds_until_it_is_taken_off(sit: Sit) -> None:
    ann = sit()
    ann.press("/")
    ann.type('form:paraphrase speaker:"Ada Quill" ferry')
    assert ann.words == CONTENTS[2]
    assert ann.state.filter_text == 'speaker:"Ada Quill" form:paraphrase ferry'
    ann.press("a")
    assert ann.state.card is None
    ann.press("/ ctrl+u enter")
    assert ann.words == CONTENTS[0]
    ann.press("/ ctrl+u")
    ann.type("since:yesterday")
    assert "2026-05-01" in ann.state.message.text


def test_filters_are_written_as_they_are_read() -> None:
    text = 'speaker:"Ada Quill" outlet:Tribune since:2026-05-01 oil ties'
    filters = read_filter(text)
    assert isinstance(filters, Filters)
    assert read_filter(write_filter(filters)) == filters


@pytest.mark.parametrize(
    "typed",
    ['outlet: Tribune words:ties "oil"', "Outlet=Tribune  ties oil", "oil ties outlet:Tribune"],
)
def test_conditions_are_read_as_people_type_them(typed: str) -> None:
    filters = read_filter(typed)
    assert isinstance(filters, Filters)
    assert filters.outlet == "Tribune"
    assert filters.words is not None
    assert set(filters.words.replace('"', "").split()) == {"oil", "ties"}


@pytest.mark.parametrize("typed", ["source:Quill", "oil status=accepted", "speaker:"])
def test_a_condition_that_there_is_not_is_told(typed: str) -> None:
    assert str(read_filter(typed)).startswith("nothing is chosen by ")


@pytest.mark.parametrize(
    "words", ["note: ties", '"a note: b" oil', 'speaker: Ada -"by the: way"', "oil outlet=Tribune"]
)
def test_words_that_look_like_a_condition_come_back_as_words(words: str) -> None:
    """A command's `--words` may hold any; the queue shows and the desk reads them as a filter."""
    filters = read_filter(write_filter(Filters(words=words, outlet="The Pier")))
    assert filters == Filters(words=words, outlet="The Pier")


def test_words_with_a_colon_are_words() -> None:
    filters = read_filter('"at 10:30" https://news.example')
    assert isinstance(filters, Filters)
    assert filters.words == '"at 10:30" https://news.example'


def test_marked_claims_are_decided_as_one(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("M j M j M M esc M")
    assert len(ann.state.marked_cards) == 3
    ann.press("x")
    assert ann.state.mode is InputMode.SURE
    assert "reject all 3 marked" in ann.state.message.text
    ann.press("x")
    assert room.sql(LEDGER) == []
    room.act("Bob", claims[1], "note")
    ann.press("Y")
    assert [status(room, claim) for claim in claims] == ["rejected", "proposed", "rejected"]
    assert ann.state.last_saved is not None
    assert "1 skipped" in ann.state.last_saved.summary
    ann.press("u")
    assert {status(room, claim) for claim in claims} == {"proposed"}


def test_a_stale_card_is_shown_with_both_versions(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("right")
    room.act("Bob", claims[0], "edit", {"form": "paraphrase"})
    ann.press("a")
    assert "Bob" in ann.state.message.text
    assert ann.state.stale_card is not None
    assert ann.state.stale_card.state.form == "quote"
    assert ann.state.steps
    ann.press("a")
    assert status(room, claims[0]) == "accepted"
    assert ann.state.stale_card is None


def test_a_draft_outlives_the_program(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("right s 2 n")
    ann.controller.type("half a no", ann.now)
    ann.controller.tick(ann.now + PAUSE)
    again = sit()
    assert again.state.card is not None
    assert again.state.card.claim == claims[0]
    assert again.state.hops[0].name == "Harbour Agency"
    assert again.state.field is not None
    assert again.state.field.text == "half a no"
    again.press("esc a")
    assert room.sql("SELECT count(*) FROM claims.draft") == [(0,)]
    assert status(room, claims[0]) == "accepted"


def test_a_key_renews_the_lease_and_a_lost_one_is_reported(
    room: Room, claims: Claims, sit: Sit
) -> None:
    ann = sit()
    before = room.sql("SELECT until FROM claims.lease")
    ann.press("c", apart=RENEW + 1)
    ann.controller.tick(ann.now)
    assert room.sql("SELECT until FROM claims.lease") > before
    with room.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE claims.lease SET until = now() - interval '1 second'")
    assert sit("Bob").words == CONTENTS[0]
    ann.press("c", apart=RENEW + 1)
    ann.controller.tick(ann.now)
    assert "somebody else has this card" in ann.state.message.text
    ann.press("a")
    assert "Bob has the card now" in ann.state.message.text
    assert status(room, claims[0]) == "proposed"


@pytest.mark.usefixtures("claims")
def test_a_held_key_decides_once_and_many_stop_and_ask(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.press("c")
    ann.press(" ".join("a" * 30), apart=0.025)
    assert len(room.sql(LEDGER)) == 1
    assert ann.state.mode is InputMode.PAUSED
    ann.press("a x Y")
    assert len(room.sql(LEDGER)) == 1
    ann.press("esc a")
    assert len(room.sql(LEDGER)) == 2


@pytest.mark.usefixtures("claims")
def test_a_paste_outside_a_line_does_nothing(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.controller.type("axu\n" * 500, ann.now)
    assert "pasted text is no command" in ann.state.message.text
    assert room.sql(LEDGER) == []
    ann.press("n")
    ann.controller.type("axu\n" * 500, ann.now)
    assert ann.state.field is not None
    assert len(ann.state.field.text) >= 1999
    assert room.sql(LEDGER) == []


@pytest.mark.usefixtures("claims")
def test_looking_about_changes_nothing(room: Room, sit: Sit) -> None:
    ann = sit()
    card = ann.state.card
    ann.press("c c c c v down pagedown end home up esc ? down esc y o esc b b")
    assert ann.state.card is card
    assert ann.state.mode is InputMode.CARD
    assert "moves" in ann.press("b").message.text or ann.state.message.text
    assert room.sql(LEDGER) == []


def test_a_failure_is_loud_and_the_card_stays(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("right")
    with room.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE claims.decision RENAME TO gone")
    ann.press("a")
    assert ann.state.message.is_error
    assert ann.state.message.text.startswith("error[")
    assert ann.state.last_saved is None
    assert ann.state.steps
    assert ann.state.card is not None
    assert ann.state.card.claim == claims[0]
    with room.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE claims.gone RENAME TO decision")
    ann.press("a")
    assert status(room, claims[0]) == "accepted"


def test_edges_move_by_clauses(sit: Sit, claims: Claims) -> None:
    ann = sit()
    ann.press("g")
    ann.type("3")
    ann.press("{")
    assert ann.words == "the ferry would stop"
    ann.press("[")
    assert ann.words == "Bob Stone said the ferry would stop"
    ann.press("right")
    assert ann.words == "Stone said the ferry would stop"
    ann.press("] ]")
    assert ann.state.message.is_error
    assert len(claims) == 3


def test_a_clause_begins_after_that_and_ends_before_it() -> None:
    article = "The mayor told them on Monday that it holds whether it rains or not."
    words = article.split()
    begins, ends = (clause_borders(article, end=end) for end in (False, True))
    first = [word for word, border in zip(words, begins, strict=True) if border]
    last = [word for word, border in zip(words, ends, strict=True) if border]
    assert (first, last) == (["The", "it", "it"], ["Monday", "holds", "not."])


@pytest.mark.usefixtures("claims")
def test_without_a_server_q_quits_and_what_was_typed_is_not_thrown_away(
    room: Room, sit: Sit
) -> None:
    typing, reading = sit("Ann"), sit("Ben")
    typing.press("t")
    name = room.database.url.database
    run_outside(
        room.database.url.set(database="postgres"),
        f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )
    assert reading.press("q").request == ProgramRequest("quit")
    assert typing.press("q").request is None
    assert "what you typed is not saved; the same key again quits" in typing.state.message.text
    assert typing.press("q").request == ProgramRequest("quit")
