"""Links between claims at the desk: settled by one button, undone, read blind by two."""

import uuid

import pytest
from starlette.testclient import TestClient

from claims.database.engine import Database
from tests.desk.conftest import OWN, Sit
from tests.review.conftest import Room
from tests.utterances.conftest import SAFE, Press

Pair = tuple[uuid.UUID, uuid.UUID]


@pytest.fixture
def press(database: Database) -> Press:
    return Press(database)


@pytest.fixture
def pair(press: Press) -> Pair:
    """A later report of Ada Quill's words, and the first."""
    first = press.print_quote(SAFE, place="First")
    later = press.print_quote(f"{SAFE} FIRST", day=1, place="Later")
    press.compare()
    return later, first


def test_a_button_confirms_and_another_takes_it_back(press: Press, pair: Pair, sit: Sit) -> None:
    ann = sit(path="/links")
    assert [*ann.find("//section//span[@class='this']")] == [f'"{SAFE} FIRST"', f'"{SAFE}"']
    ann.press("confirm")
    assert press.links() == [(*pair, "same_words", "settled")]
    assert ann.find("//div[@class='saved-line']//strong") == ["Saved"]
    assert "No link waits" in ann.page.text
    ann.press("undo")
    assert press.links() == [(*pair, "same_words", "proposed")]
    ann.open("/links")
    ann.press("different")
    assert press.links() == []


def test_another_kind_is_said_and_a_form_that_is_sent_twice_decides_once(
    room: Room, press: Press, pair: Pair, sit: Sit
) -> None:
    ann = sit(path="/links")
    form = {
        "act": str(uuid.uuid4()), "a": str(pair[0]), "b": str(pair[1]), "revision": "0",
        "do": "narrows",
    }  # fmt: skip
    answers = [ann.client.post("/links", data=form, headers=OWN) for _ in range(2)]
    assert [one.headers["location"] for one in answers] == ["/links?saved=1", "/links?saved=1"]
    assert (*pair, "narrows", "settled") in press.links()
    late = ann.client.post("/links", data={**form, "act": str(uuid.uuid4())}, headers=OWN)
    assert (late.status_code, "settled it" in late.text) == (400, True)
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]


def test_a_link_is_passed_over(pair: Pair, sit: Sit) -> None:
    assert pair
    ann = sit(path="/links")
    [later] = ann.find("//a[@data-key='space']/@href")
    ann.open(later)
    assert "that you passed over" in ann.page.text
    for query in ("last=x_y", "at=1_x", f"at={2**70}_0", "dispute=_", "reading=%27", "saved=%00"):
        assert ann.open(f"/links?{query}").status_code == 200, query


def test_two_read_blind_and_the_page_of_the_second_holds_nothing_of_the_first(
    room: Room, press: Press, pair: Pair, sit: Sit
) -> None:
    room.policy(link_share=1.0)
    ann = sit("Ann", "/links")
    assert "Two people have to read it" in ann.page.text
    ann.press("confirm")
    assert "sealed" in ann.page.text
    assert press.links() == [(*pair, "same_words", "proposed")]
    bob = sit("Bob", "/links")
    assert "Ann" not in bob.page.text
    assert "sealed" not in bob.page.text
    bob.press("confirm")
    assert press.links() == [(*pair, "same_words", "settled")]


def test_a_sealed_reading_is_taken_back(room: Room, pair: Pair, sit: Sit) -> None:
    assert pair
    room.policy(link_share=1.0)
    ann = sit(path="/links")
    ann.press("confirm")
    ann.press("undo")
    assert ann.find("//button[@value='confirm']") != []


def test_strangers_settle_nothing(stranger: TestClient) -> None:
    assert stranger.get("/links").status_code == 401
