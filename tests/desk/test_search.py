"""The search page: what is found, and by whom."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from claims.desk import search
from tests.desk.conftest import Sit
from tests.review.conftest import CONTENTS, Room

LINKS = "//ol[@class='results']/li/a"
DAY = datetime(2026, 5, 4, 23, 59, 59, 999_999, UTC)
CHOSEN = "//ul[@aria-label='What narrows the list']//a"


def test_claims_are_found_by_their_words(room: Room, sit: Sit, stranger: TestClient) -> None:
    claims = room.store()
    room.act("Ann", claims[0], "accept")
    ann = sit(path="/search?words=ferry")
    assert ann.find(LINKS) == [CONTENTS[2]]
    ann.open("/search?words=ferry OR bridge")
    assert set(ann.find(LINKS)) == {CONTENTS[0], CONTENTS[2]}
    page = stranger.get("/search", params={"words": "ferry OR bridge"}).text
    assert str(claims[0]) in page
    assert str(claims[2]) not in page


@pytest.mark.parametrize(
    "words", ["", "nowhere", "'; DROP", '"', "\0", "<script>", "OR", "x" * 900]
)
def test_whatever_is_searched_for_is_a_page(stranger: TestClient, words: str) -> None:
    answer = stranger.get("/search", params={"words": words})
    assert answer.status_code == 200
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("speaker=quill", [0, 1, 2]),
        ("speaker=stone", []),
        ("speaker=quill&form=paraphrase", [1, 2]),
        ("outlet=courier", [0, 1, 2]),
        ("outlet=nobody", []),
        ("status=accepted", [0]),
        ("status=proposed&form=paraphrase", [1, 2]),
        ("form=quote", [0]),
        ("class=speech", [0, 1, 2]),
        ("class=label", []),
        ("since=2026-05-04&until=2026-05-04", [0, 1, 2]),
        ("until=2026-05-03", []),
        ("since=0001-01-01&until=9999-12-31", [0, 1, 2]),
        ("words=ferry OR bridge&form=quote", [0]),
        ("words=ferry&order=newest", [2]),
        ("order=newest", [0, 1, 2]),
    ],
)
def test_filters_stand_in_the_address(room: Room, sit: Sit, asked: str, found: list[int]) -> None:
    claims = room.store(outlet="Harbour Courier", published_at=DAY)
    room.act("Ann", claims[0], "accept")
    ann = sit(path=f"/search?{asked}")
    assert sorted(ann.find(LINKS)) == sorted(CONTENTS[one] for one in found)
    pairs = dict(one.split("=") for one in asked.split("&"))
    fields = ann.find("//form[@aria-label='Claims']//input[@value!='']/@value")
    fields += ann.find("//form[@aria-label='Claims']//option[@selected]/@value")
    assert sorted(fields) == sorted(pairs[name] for name in pairs if name != "order")
    assert len(ann.find(CHOSEN)) == len(pairs) + (len(pairs) > 1)


def test_each_filter_is_removed_alone_and_all_at_once(room: Room, sit: Sit) -> None:
    room.store(published_at=DAY)
    ann = sit(path="/search?words=ferry&form=paraphrase&speaker=Quill")
    without = ann.find(f"{CHOSEN}/@href")
    assert without == [
        "/search?speaker=Quill&form=paraphrase",
        "/search?words=ferry&form=paraphrase",
        "/search?words=ferry&speaker=Quill",
        "/search",
    ]
    assert ann.find(LINKS) == [CONTENTS[2]]
    ann.open(without[0])
    assert ann.find(LINKS) == [CONTENTS[1], CONTENTS[2]]
    assert ann.find("//footer//code") == ["claims list --speaker Quill --claim-form paraphrase"]


def test_next_pages_keep_the_filters(room: Room, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 1)
    room.store(published_at=DAY)
    ann = sit(path="/search?form=paraphrase&since=2026-05-01")
    seen = ann.find(LINKS)
    [further] = ann.find("//a[text()='Next page']/@href")
    assert "form=paraphrase&since=2026-05-01&after=" in further
    ann.open(further)
    seen += ann.find(LINKS)
    assert seen == [CONTENTS[1], CONTENTS[2]]
    ann.open("/search?words=ferry OR bridge")
    [further] = ann.find("//a[contains(text(), 'newest first')]/@href")
    ann.open(further)
    assert "order=newest" in further
    assert ann.find(LINKS) == [CONTENTS[0]]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"status": "nice"}, "status is none of proposed, later"),
        ({"form": "<b>"}, "form is none of quote, mixed, paraphrase"),
        ({"class": "x" * 900}, "class is none of speech"),
        ({"since": "yesterday"}, "since is no day: write 2026-05-01"),
        ({"until": "2026-02-30"}, "until is no day"),
        ({"since": "2026-05-02", "until": "2026-05-01"}, "until 2026-05-01 is before"),
        ({"order": "oldest", "words": "ferry"}, "order is not newest"),
        ({"after": "zz", "form": "quote"}, "after is no claim"),
        ({"after": "8b2f7a64-52a4-4d04-9c33-8f3b1e0f1a11", "words": "ferry"}, "after is no claim"),
    ],
)
def test_wrong_values_are_a_message_in_the_page(
    sit: Sit, stranger: TestClient, asked: Mapping[str, str], said: str
) -> None:
    for client in (stranger, sit().client):
        answer = client.get("/search", params=asked)
        assert answer.status_code == 400
        assert said in answer.text
        assert 'aria-label="Claims"' in answer.text
        assert "Traceback" not in answer.text


def test_a_stranger_filters_what_is_published(room: Room, stranger: TestClient) -> None:
    claims = room.store()
    room.act("Ann", claims[0], "accept")
    page = stranger.get("/search", params={"class": "speech"}).text
    assert str(claims[0]) in page
    assert str(claims[1]) not in page
    asked = {"class": "speech", "status": "proposed"}
    assert "No claim passes" in stranger.get("/search", params=asked).text
    answer = stranger.get("/search", params={"class": "speech", "after": str(claims[1])})
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/search", "/documents", "/ledger"])
def test_the_last_day_of_the_calendar_is_a_day(sit: Sit, path: str) -> None:
    assert sit(path=f"{path}?since=0001-01-01&until=9999-12-31").page.status_code == 200
