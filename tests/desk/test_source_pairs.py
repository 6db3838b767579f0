"""Pairs of sources that may be one: shown with evidence, decided by one button each."""

import uuid

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from tests.desk.conftest import Sit
from tests.review.conftest import Room
from tests.sources.test_merges import add_source

SUGGEST = text(
    "INSERT INTO claims.source_suggestion (a, b, score, reason)"
    " SELECT least(a.id, b.id), greatest(a.id, b.id), :score, :reason"
    "   FROM claims.source a, claims.source b WHERE a.name = :one AND b.name = :other"
)
Pairs = list[uuid.UUID]


@pytest.fixture
def pairs(room: Room) -> Pairs:
    room.store(outlet="The Pier")
    ann = room.reviewer("Ann")
    added = [add_source(room.database, ann, name) for name in ("A. Quill", "Adela Quill")]
    with room.database.engine.begin() as connection:
        for other, score in (("A. Quill", 0.9), ("Adela Quill", 0.7)):
            values = {"one": "Ada Quill", "other": other, "score": score, "reason": "surname"}
            connection.execute(SUGGEST, values)
    return added


def test_the_likeliest_pair_comes_first_with_what_each_said(
    room: Room, pairs: Pairs, sit: Sit
) -> None:
    assert len(pairs) == 2
    ann = sit(path="/pairs")
    assert {*ann.find("//section/h2/a")} == {"Ada Quill", "A. Quill"}
    assert "the bridge is safe" in ann.page.text
    ann.press("merge")
    assert ann.find("//div[@class='saved-line']//strong") == ["Saved"]
    assert {*ann.find("//section/h2/a")} & {"Ada Quill", "A. Quill"}
    assert "Adela Quill" in ann.find("//section/h2/a")
    ann.press("distinct")
    assert ann.find("//main/div/p[1]")[0].startswith("No pair waits")
    assert ann.find("//p[@role='status']")[-1].startswith("No pair waits")
    ann.press("undo")
    assert "Adela Quill" in ann.find("//section/h2/a")
    assert room.sql("SELECT action FROM claims.decision ORDER BY no")[-3:] == [
        ("merge",), ("distinct",), ("undo",),
    ]  # fmt: skip


def test_a_pair_is_passed_over(pairs: Pairs, sit: Sit) -> None:
    assert len(pairs) == 2
    ann = sit(path="/pairs?passed=1")
    assert "Adela Quill" in ann.find("//section/h2/a")
    ann.open("/pairs?passed=2")
    assert "that you passed over" in ann.page.text
    assert ann.open("/pairs?passed=x").status_code == 200
    ann.open(f"/pairs?source={pairs[1]}")
    assert "Adela Quill" in ann.find("//section/h2/a")


def test_strangers_are_not_asked(stranger: TestClient) -> None:
    assert stranger.get("/pairs").status_code == 401
