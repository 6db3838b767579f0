"""The search page: what is found, and by whom."""

import pytest
from starlette.testclient import TestClient

from tests.desk.conftest import Sit
from tests.review.conftest import CONTENTS, Room

LINKS = "//ol[@class='results']/li/a"


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
