"""The desk in a real browser: keys, two at once, stray input, selections, access, hostile text."""

import uuid
from dataclasses import replace

import pytest

from tests.desk.visitors import Visit, needs_chromium
from tests.makers import proposal, store
from tests.review.conftest import Room

pytestmark = needs_chromium

CARDS = 20
TEXT = "🌊 The pier.\n" + "".join(
    f'Mayor Ada Quill said "bridge {n} is safe for now", the Harbour Agency reported.\n'
    for n in range(100, 100 + CARDS)
)


def store_cards(room: Room) -> list[uuid.UUID]:
    """Twenty claims of one article, in its order."""
    contents = [f'"bridge {n} is safe for now"' for n in range(100, 100 + CARDS)]
    proposals = [proposal(TEXT, content) for content in contents]
    proposals = [replace(one, chain=one.chain[:1], said_on=None) for one in proposals]
    return store(room.database, *proposals, text=TEXT)


@pytest.fixture
def claims(room: Room) -> list[uuid.UUID]:
    return store_cards(room)


def statuses(room: Room, claims: list[uuid.UUID]) -> list[str]:
    return [room.standing(claim).status.value for claim in claims]


def test_an_editor_works_through_twenty_cards_with_keys(
    room: Room, claims: list[uuid.UUID], visit: Visit
) -> None:
    ann = visit("Ann")
    ann.press("a", "x", "Space", "X", "3")  # accepted, rejected, put aside, rejected for a reason
    ann.press("s", "1", "a", "S", "1", "=")  # a speaker, then accepted; both at once; as the last
    ann.press("a")
    ann.press("ArrowLeft", "t", "a")  # the end a word earlier, another form
    ann.press("j", "k", "a", "u", "U")
    ann.press("z", "a", *"aaa", *"xx")
    states = statuses(room, claims)
    assert ann.errors == []
    assert states[:4] == ["accepted", "rejected", "later", "rejected"]
    assert room.standing(claims[8]).state.text.endswith("for")
    assert (states.count("accepted"), states.count("rejected")) == (10, 4)
    undone = room.sql("SELECT count(*) FROM claims.decision WHERE undoes IS NOT NULL")
    assert undone == [(2,)]


def test_a_number_on_the_card_says_who_spoke_and_accepts(
    room: Room, claims: list[uuid.UUID], visit: Visit
) -> None:
    ann = visit("Ann")
    for opened in ("X", "h"):  # in a list a number means a row of the list, or nothing
        ann.press(opened)
        ann.page.keyboard.press("9")
        ann.page.keyboard.press("Escape")
    assert statuses(room, claims) == ["proposed"] * CARDS
    ann.press("1")
    assert room.standing(claims[0]).state.status.value == "accepted"
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]


@pytest.mark.usefixtures("claims")
def test_two_at_once_decide_each_card_once(room: Room, visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    seen = []
    for _ in range(3):
        for one in (ann, bob):
            seen.append(one.claim)
            one.press("a")
    assert len(set(seen)) == len(seen) == 6
    assert room.sql("SELECT count(*), count(DISTINCT subject) FROM claims.decision") == [(6, 6)]
    assert ann.errors == bob.errors == []


@pytest.mark.usefixtures("claims")
def test_a_key_held_down_and_a_paste_decide_at_most_once(room: Room, visit: Visit) -> None:
    ann = visit("Ann")
    ann.look()
    for _ in range(30):
        ann.page.keyboard.down("a")
    ann.page.keyboard.up("a")
    ann.page.wait_for_timeout(500)
    ann.look()
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]
    ann.page.keyboard.insert_text("ax" * 1000)
    ann.page.wait_for_timeout(500)
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]


@pytest.mark.usefixtures("claims")
def test_selected_words_become_the_claim(visit: Visit) -> None:
    # A wave stands before them that is two units of UTF-16 and one code point.
    ann = visit("Ann")
    ann.page.evaluate(
        """() => {
            const span = document.querySelector("#text .this").firstChild;
            const range = document.createRange();
            range.setStart(span, 8); range.setEnd(span, 19);
            getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    ann.page.click("button[value=selection]")
    ann.page.wait_for_load_state("load")
    assert ann.words == "100 is safe"


@pytest.mark.usefixtures("claims")
def test_what_is_typed_survives_a_closed_tab(visit: Visit) -> None:
    ann = visit("Ann")
    address = ann.page.url
    ann.press("n")
    ann.page.keyboard.type("half a thought a x u")
    with ann.page.expect_response("**/draft?*"):
        pass
    ann.page.close()
    page = visit("Ann").page
    page.goto(address)
    assert page.input_value("#note") == "half a thought a x u"


def test_hostile_words_of_an_article_are_text(room: Room, visit: Visit) -> None:
    hostile = (
        '<img src=x onerror=alert(1)> </span><script>alert(2)</script> &amp; {{ 7*7 }} "><svg>'
    )
    text = f"Mayor Ada Quill said {hostile} on Monday, the Harbour Agency reported.\n"
    [claim] = store(
        room.database, proposal(text, hostile), text=text, title=hostile, outlet=hostile
    )
    room.act("Ann", claim, "accept", {"statement": hostile, "venue": hostile}, reason=hostile)
    ann = visit(f"Ann {hostile}")
    for path in (f"/review/{claim}", f"/claims/{claim}"):
        ann.page.goto(ann.origin + path)
        shown = ann.page.text_content(".text .this")
        assert shown == hostile
        assert ann.page.locator("img, svg:not(.chain), .text script").count() == 0
    assert ann.errors == []
