"""A journey without a script: everything by links, fields and buttons."""

import uuid

import pytest

from tests.desk.test_browser import CARDS, TEXT, statuses, store_cards
from tests.desk.visitors import Visit, Visitor, needs_chromium
from tests.review.conftest import Room

pytestmark = needs_chromium


def press(ann: Visitor, value: str, **typed: str) -> None:
    """Press the button that sends a word, after typing into fields and opening what is closed."""
    button = ann.page.locator(f'button[value="{value}"]:not([aria-hidden])').first
    fold = button.locator("xpath=ancestor::details[not(@open)]")
    while fold.count():
        fold.first.locator("summary").first.click()
    for field, text in typed.items():
        ann.page.fill(f"#{field}", text)
    button.click()
    ann.page.wait_for_load_state("load")


@pytest.fixture
def claims(room: Room) -> list[uuid.UUID]:
    return store_cards(room)


@pytest.fixture
def ann(claims: list[uuid.UUID], visit: Visit) -> Visitor:
    assert len(claims) == CARDS
    return visit("Ann", java_script_enabled=False)


def test_twenty_cards_are_settled(room: Room, claims: list[uuid.UUID], ann: Visitor) -> None:
    seen = []
    acts = ("accept", "reject 0", "reject 2", "same")
    for number in range(CARDS):
        seen.append(ann.claim)
        press(ann, acts[number % 4])
    assert "Nothing waits for you" in ann.page.inner_text("h1")
    assert len(set(seen)) == CARDS
    states = statuses(room, claims)
    assert (states.count("accepted"), states.count("rejected")) == (CARDS // 2, CARDS // 2)
    press(ann, "undo")
    assert ann.claim == seen[-1]
    press(ann, "redo")
    assert statuses(room, claims) == states
    assert ann.errors == []


def test_words_speaker_and_fields_are_corrected(
    room: Room, claims: list[uuid.UUID], ann: Visitor
) -> None:
    press(ann, "edge end-left")
    press(ann, "edge end-left")
    press(ann, "edge begin-right")
    press(ann, "edge begin-left")
    assert ann.words.strip('"') == "bridge 100 is safe"
    press(ann, "form paraphrase")
    press(ann, "search", who="Cleo Marsh")
    press(ann, "make-source speaker person")
    press(ann, "statement", statement="Bridge 100 is safe.")
    press(ann, "venue", venue="at the pier")
    press(ann, "said-on", **{"said-on": "2026-05-01"})
    press(ann, "accept")
    state = room.standing(claims[0]).state
    assert (state.statement, state.venue, state.form) == (
        "Bridge 100 is safe.", "at the pier", "paraphrase"
    )  # fmt: skip
    press(ann, "note", note="seen on the spot")
    press(ann, "second-reader")
    actions = room.sql("SELECT action FROM claims.decision WHERE subject_kind = 'claim'")
    assert {("note",), ("flag",)} <= {*actions}


def test_claims_are_split_merged_marked_and_added(
    room: Room, claims: list[uuid.UUID], ann: Visitor
) -> None:
    press(ann, "split")
    assert room.standing(claims[0]).status == "replaced"
    press(ann, "merge")
    press(ann, "merge-next")
    merged = room.sql("SELECT action FROM claims.decision WHERE subject_kind = 'claim'")
    assert {("split",), ("merge",)} <= {*merged}
    press(ann, "add", add="The pier.")
    [added] = room.sql("SELECT text FROM claims.claim WHERE text = 'The pier.'")
    assert added
    ann.page.locator("summary", has_text="Claims of the article").click()
    for box in ann.page.locator("input[name=mark]").all()[:3]:
        box.check()
    ann.page.get_by_role("button", name="Accept all marked").click()
    ann.page.wait_for_load_state("load")
    [(batch,)] = room.sql("SELECT count(*) FROM claims.decision WHERE batch IS NOT NULL")
    assert batch >= 2


def test_filters_search_and_articles(room: Room, claims: list[uuid.UUID], ann: Visitor) -> None:
    ann.page.fill("#filter", "form:paraphrase")
    ann.page.click("text=Show")
    assert "Nothing waits for you that passes" in ann.page.inner_text("h1")
    ann.page.click("text=Show all cards")
    ann.page.select_option("#order", "oldest")
    ann.page.click("form[action='/review'] button")
    assert "order=oldest" in ann.page.url
    ann.open("/search")
    ann.page.fill("#words", "bridge 107")
    ann.page.keyboard.press("Enter")
    ann.page.wait_for_url("**/search?*")
    assert "words=bridge+107" in ann.page.url
    ann.page.click(".results a")
    assert str(claims[7]) in ann.page.url
    ann.open("/add")
    ann.page.fill("#text", TEXT.replace("bridge", "ferry"))
    ann.page.locator("main form button.main").first.click()
    ann.page.get_by_role("button", name="Store it").click()
    ann.page.wait_for_load_state("load")
    assert room.sql("SELECT count(*) > 20 FROM claims.claim") == [(True,)]
    assert ann.errors == []
