"""Tabs of one editor: each has its own cards, with a script and without."""

import uuid

import pytest

from tests.desk.conftest import Sit
from tests.desk.visitors import Visit, needs_chromium
from tests.review.conftest import CONTENTS, Room


@pytest.fixture
def claims(room: Room) -> list[uuid.UUID]:
    return room.store()


@pytest.mark.usefixtures("claims")
def test_two_tabs_show_different_cards_and_keep_them(room: Room, sit: Sit) -> None:
    one = sit()
    two = type(one)(one.client)
    two.open("/review")
    assert (one.words, two.words) == (CONTENTS[0], CONTENTS[1])
    assert str(one.page.url).partition("tab=")[2] != str(two.page.url).partition("tab=")[2]
    two.press("later")
    assert two.words == CONTENTS[2]
    one.press("accept")
    assert room.sql("SELECT action FROM claims.decision ORDER BY no") == [("later",), ("accept",)]


def test_a_card_of_another_tab_is_taken_over_by_the_second_press(
    room: Room, claims: list[uuid.UUID], sit: Sit
) -> None:
    one = sit()
    two = type(one)(one.client)
    two.open(f"/review/{claims[0]}")
    assert "You have it in another tab or terminal" in two.page.text
    assert two.press("accept").status_code == 409
    assert "in another tab or terminal" in two.find("//div[@role='alert']")[0]
    # The first is told in its turn.
    assert one.press("reject 0").status_code == 409
    assert one.press("reject 0").status_code == 200
    assert room.standing(claims[0]).status == "rejected"


def test_a_closed_page_frees_its_card_and_no_other_tabs(
    room: Room, claims: list[uuid.UUID], sit: Sit
) -> None:
    one = sit()
    [until] = one.find("//time[contains(@class, 'lease')]/@datetime")
    query = str(one.page.url).partition("?")[2]
    strange = f"tab={uuid.uuid4().hex}"
    for asked, left in ((strange, 1), (query, 0)):
        answer = one.client.post(f"/review/{claims[0]}/free?{asked}", data={"until": until})
        assert answer.status_code == 204
        assert room.sql("SELECT count(*) FROM claims.lease") == [(left,)]
    for wrong in ({}, {"until": "soon"}, {"until": "9" * 99}):
        answer = one.client.post(f"/review/{claims[0]}/free?{query}", data=wrong)
        assert answer.status_code == 400


@pytest.mark.usefixtures("claims")
def test_a_filter_frees_the_card_that_was_left(room: Room, sit: Sit) -> None:
    ann = sit()
    left, tab = ann.claim, ann.find("//input[@name='tab']/@value")[0]
    assert ann.find("//input[@name='left']/@value") == [str(left)]
    ann.open(f"/review?order=oldest&filter=&tab={tab}&left={left}")
    assert ann.claim == left
    assert room.sql("SELECT count(*) FROM claims.lease") == [(1,)]


@needs_chromium
@pytest.mark.usefixtures("claims")
def test_a_duplicated_tab_becomes_one_of_its_own(room: Room, visit: Visit) -> None:
    ann = visit("Ann")
    ann.look()
    address = ann.page.url
    other = ann.page.context.new_page()
    other.goto(address)
    other.wait_for_url(lambda url: url != address)
    other.wait_for_selector("text=You have it in another tab")
    assert room.sql("SELECT count(*) FROM claims.lease") == [(1,)]
    other.close()
    ann.page.reload()
    ann.look()
    assert ann.page.url == address
    assert ann.page.locator("time.lease").count() == 1
    ann.press("a")
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]
    assert ann.complaints == []


@needs_chromium
@pytest.mark.usefixtures("claims")
def test_a_reload_keeps_the_lease_and_closing_gives_it_back(room: Room, visit: Visit) -> None:
    ann = visit("Ann")
    for _ in range(3):
        ann.page.reload()
        ann.look()
        ann.page.wait_for_timeout(200)
        assert room.sql("SELECT count(*) FROM claims.lease WHERE until > now()") == [(1,)]
    ann.page.evaluate("performance.now = () => 1e7")
    with ann.page.expect_response("**/lease*") as renewed:
        ann.page.keyboard.press("Shift")
    [(until,)] = room.sql("SELECT until FROM claims.lease")
    assert renewed.value.text() == until.isoformat()
    ann.page.goto("about:blank")
    ann.page.wait_for_timeout(1000)
    assert room.sql("SELECT count(*) FROM claims.lease") == [(0,)]
