"""The desk by Tab, Enter and space alone: every act is reached, and the focus is always seen."""

import uuid
from dataclasses import dataclass

import pytest

from claims.database.engine import Database
from tests.desk.test_browser import CARDS, TEXT, store_cards
from tests.desk.test_source_pairs import SUGGEST
from tests.desk.visitors import Visit, Visitor, needs_chromium
from tests.review.conftest import Room
from tests.sources.test_merges import add_source
from tests.utterances.conftest import SAFE, Press

pytestmark = needs_chromium

MOST_TABS = 250
"""Steps within which everything has to be reached."""

FOCUS = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return "";
    const name = one.outerHTML.slice(0, 120);
    const style = getComputedStyle(one), box = one.getClientRects()[0];
    if (style.outlineStyle === "none" || style.outlineWidth === "0px") return `no outline: ${name}`;
    if (!box || box.bottom <= 0 || box.top >= innerHeight) return `not on the screen: ${name}`;
    const x = box.left + box.width / 2, y = Math.min(box.top + box.height / 2, innerHeight - 1);
    const shown = document.elementFromPoint(x, y);
    return shown && (one.contains(shown) || shown.contains(one)) ? "" : `covered: ${name}`;
}"""
"""What is wrong with how the focus is shown; empty if nothing is."""

REACHABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary"

EXPECTED = f"""() => {{
    const all = [...document.querySelectorAll("{REACHABLE}")];
    const expected = all.filter((one) => one.tabIndex >= 0 && one.checkVisibility());
    expected.forEach((one, number) => one.dataset.place = number);
    return expected.length;
}}"""
"""Numbers what can be pressed or filled in, in the order of the page."""


@dataclass
class Typist:
    """Somebody at the desk who has no mouse."""

    visitor: Visitor
    pressed: int = 0

    def open(self, path: str) -> None:
        self.visitor.open(path)

    def reach(self, selector: str) -> None:
        """Tab to an element, from wherever the focus is, and open what it is folded in."""
        page = self.visitor.page
        page.evaluate(
            "for (const one of document.querySelectorAll('[data-goal]')) delete one.dataset.goal"
        )
        target = page.locator(selector).first
        folds = target.locator("xpath=ancestor::details[not(@open)]/summary")
        if folds.count():
            folds.first.evaluate("(one) => one.dataset.goal = 1")
            self._tab_to_goal(f"the fold of {selector}")
            page.keyboard.press("Enter")
            self.reach(selector)
            return
        target.evaluate("(one) => one.dataset.goal = 1")
        self._tab_to_goal(selector)

    def _tab_to_goal(self, what: str) -> None:
        page = self.visitor.page
        for _ in range(MOST_TABS):
            if page.evaluate("document.activeElement.dataset.goal === '1'"):
                return
            page.keyboard.press("Tab")
            assert page.evaluate(FOCUS) == ""
        pytest.fail(f"{what} is not reached")

    def press(self, selector: str) -> None:
        """Reach what leads to another page, and press it: by Enter and by space in turns."""
        self.reach(selector)
        is_link = self.visitor.page.locator(selector).first.evaluate("(one) => one.tagName === 'A'")
        self.pressed += 1
        key = "Enter" if is_link or self.pressed % 2 else "Space"
        with self.visitor.page.expect_navigation():
            self.visitor.page.keyboard.press(key)

    def do(self, value: str) -> None:
        """Press the button of an act."""
        self.press(f'main button[value="{value}"]:not([aria-hidden])')

    def fill(self, field: str, words: str) -> None:
        """Type into a field, in place of what it holds."""
        self.reach(f"#{field}")
        self.visitor.page.keyboard.press("Control+a")
        self.visitor.page.keyboard.type(words)


@pytest.fixture
def claims(room: Room) -> list[uuid.UUID]:
    return store_cards(room)


@pytest.fixture
def ann(visit: Visit) -> Typist:
    # It opens the first card. Where the page glides to the focus, it is there a moment later.
    return Typist(visit("Ann", reduced_motion="reduce"))


def acts(room: Room, kind: str = "claim") -> list[str]:
    """What was decided, in its order."""
    query = "SELECT action FROM claims.decision WHERE subject_kind = :kind ORDER BY no"
    return [action for (action,) in room.sql(query, kind=kind)]


def test_cards_are_decided(room: Room, claims: list[uuid.UUID], ann: Typist) -> None:
    ann.do("accept")
    ann.do("reject 0")
    ann.do("reject 2")
    ann.do("later")
    ann.do("same")
    assert acts(room) == ["accept", "reject", "reject", "later", "accept"]
    ann.do("undo")
    assert room.standing(claims[4]).status == "proposed"
    ann.do("redo")
    assert room.standing(claims[4]).status == "accepted"
    before = ann.visitor.claim
    ann.press("main a[data-key]:has-text('Next')")
    assert ann.visitor.claim not in {before, ""}
    ann.press("main a[data-key]:has-text('Back')")
    assert len(acts(room)) == 7
    assert ann.visitor.complaints == []


def test_what_a_card_says_is_corrected(room: Room, claims: list[uuid.UUID], ann: Typist) -> None:
    ann.do("edge end-left")
    ann.do("end-later")
    ann.do("edge end-left")
    ann.do("form paraphrase")
    ann.press("button[value^='hop-mode'][value$='denies']")
    ann.fill("who", "Cleo Marsh")
    ann.do("search")
    ann.do("make-source speaker person")
    ann.fill("statement", "Bridge 100 is safe.")
    ann.do("statement")
    ann.fill("venue", "at the pier")
    ann.do("venue")
    ann.fill("said-on", "2026-05-01")
    ann.do("said-on")
    ann.do("accept")
    state = room.standing(claims[0]).state
    assert (state.form, state.statement, state.venue) == (
        "paraphrase", "Bridge 100 is safe.", "at the pier"
    )  # fmt: skip
    assert state.text.strip('"').endswith("safe for")
    assert state.chain[0].mode == "denies"
    assert room.sql("SELECT kind FROM claims.source WHERE name = 'Cleo Marsh'") == [("person",)]
    ann.do("speaker 0")
    ann.do("accept")
    assert room.standing(claims[1]).state.chain[0].source is None
    assert ann.visitor.complaints == []


def test_claims_are_noted_split_merged_added_and_marked(
    room: Room, claims: list[uuid.UUID], ann: Typist
) -> None:
    ann.do("split")
    assert room.standing(claims[0]).status == "replaced"
    ann.do("merge")
    ann.do("merge-next")
    assert {*acts(room)} == {"split", "merge"}
    before = len(acts(room))
    ann.fill("note", "seen on the spot")
    ann.do("note")
    ann.do("second-reader")
    assert acts(room)[before:] == ["note", "flag"]
    ann.fill("add", "The pier.")
    ann.do("add")
    assert room.sql("SELECT count(*) FROM claims.claim WHERE text = 'The pier.'") == [(1,)]
    for number in (CARDS - 2, CARDS - 1):
        ann.reach(f'input[name=mark][value^="{claims[number]}"]')
        ann.visitor.page.keyboard.press("Space")
    ann.press("button:has-text('Accept all marked')")
    assert [room.standing(claim).status for claim in claims[-2:]] == ["accepted"] * 2
    assert ann.visitor.complaints == []


def test_sources_are_merged_and_told_apart(room: Room, ann: Typist) -> None:
    room.store()
    editor = room.reviewer("Ann")
    for name, score in (("A. Quill", 0.9), ("Adela Quill", 0.7)):
        add_source(room.database, editor, name)
        with room.database.engine.begin() as connection:
            values = {"one": "Ada Quill", "other": name, "score": score, "reason": "surname"}
            connection.execute(SUGGEST, values)
    before = len(acts(room, "source"))
    ann.open("/sources")
    ann.press("a[href='/pairs']")
    ann.do("merge")
    ann.do("distinct")
    ann.do("undo")
    assert acts(room, "source")[before:] == ["merge", "distinct", "undo"]
    assert ann.visitor.complaints == []


def test_links_are_settled(database: Database, ann: Typist) -> None:
    press = Press(database)
    press.print_quote(SAFE, place="First")
    press.print_quote(f"{SAFE} FIRST", day=1, place="Later")
    press.compare()
    ann.open("/links")
    ann.do("confirm")
    assert [link[2:] for link in press.links()] == [("same_words", "settled")]
    ann.do("undo")
    ann.open("/links")
    ann.do("narrows")
    assert ("narrows", "settled") in [link[2:] for link in press.links()]
    assert ann.visitor.complaints == []


@pytest.mark.usefixtures("claims")
def test_lists_are_filtered_and_an_article_is_added(room: Room, ann: Typist) -> None:
    page = ann.visitor.page
    ann.open("/review")
    ann.fill("filter", "form:quote")
    ann.reach("#order")
    page.keyboard.press("o")
    ann.press("form[action='/review'] button")
    assert "order=oldest" in page.url
    assert "filter=form%3Aquote" in page.url
    ann.open("/search")
    ann.fill("words", "bridge 107")
    ann.reach("#form")
    page.keyboard.press("q")
    ann.press("form[role=search] button.main")
    assert "words=bridge+107" in page.url
    assert "form=quote" in page.url
    assert page.locator(".results a").count() == 1
    ann.press("a:has-text('Form: quote')")
    assert "form=" not in page.url
    ann.press(".results a")
    assert "/claims/" in page.url
    ann.open("/add")
    ann.fill("text", TEXT.replace("bridge", "ferry"))
    ann.press("main form button[value=see]")
    ann.press("button:has-text('Store it')")
    assert room.sql("SELECT count(*) FROM claims.document") == [(2,)]
    assert ann.visitor.complaints == []


@pytest.mark.usefixtures("claims")
@pytest.mark.parametrize(
    "path", ["/review", "/links", "/pairs", "/add", "/search?form=quote", "/documents", "/sources",
             "/ledger"]
)  # fmt: skip
def test_a_round_by_tab_follows_the_page_and_comes_to_its_end(ann: Typist, path: str) -> None:
    page = ann.visitor.page
    ann.open(path)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    expected = page.evaluate(EXPECTED)
    seen: list[int] = []
    for _ in range(4 * expected + 20):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) == ""
        place = int(page.evaluate("document.activeElement.dataset.place ?? -1"))
        if seen and place == 0:
            break
        if place >= 0 and place not in seen[-1:]:
            seen.append(place)
    assert expected > 10
    assert seen == [*range(expected)]
