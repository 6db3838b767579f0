"""The printings of an utterance: what changed in the words, how it spread, what strangers see."""

import uuid

import pytest
from starlette.testclient import TestClient

from claims.comparison.spread import Node
from claims.database.engine import Database
from claims.desk.spread_picture import ROW, draw_spread
from claims.review.transitions import Action
from tests.desk.conftest import Sit
from tests.utterances.conftest import SAFE, Press

Claims = list[uuid.UUID]
CHANGED = SAFE.replace("as safe", "not as safe")


@pytest.fixture
def claims(database: Database) -> Claims:
    """Four printings: two of the same words, one that turns them round, one that nobody decided."""
    press = Press(database)
    printed = [
        press.print_quote(words, day=day, place=place)
        for day, (words, place) in enumerate(
            [(SAFE, "First"), (SAFE, "Second"), (CHANGED, "Third"), (SAFE, "Fourth")]
        )
    ]
    for claim in printed[:3]:
        press.decide(claim, Action.ACCEPT)
    press.compare()
    return printed


def test_what_changed_from_printing_to_printing_is_marked(claims: Claims, sit: Sit) -> None:
    ann = sit(path=f"/claims/{claims[2]}/comparison")
    assert ann.find("//h1") == [f'"{SAFE}"']
    assert ann.find("//ol/li//strong") == ["First", "Second", "Third", "Fourth"]
    assert ann.find("//ol//ins") == ["not"]
    assert any("negation gained" in one for one in ann.find("//ol//ul/li"))
    assert ann.find("//ol/li[2]/p[2]") == ["The same words."]
    ann.open(f"/claims/{claims[0]}/comparison?base={claims[2]}")
    assert ann.find("//h1") == [f'"{CHANGED}"']
    assert ann.find("//ol/li[1]//del") == ["not"]
    assert ann.find("//ol//ins") == []
    assert ann.open(f"/claims/{claims[0]}/comparison?base=x").status_code == 200


def test_the_tree_is_drawn_and_written(claims: Claims, sit: Sit) -> None:
    ann = sit(path=f"/claims/{claims[0]}/comparison")
    drawn = ann.find("//*[local-name()='svg']/*[local-name()='text']")
    assert drawn[0] == "Ada Quill"
    assert len(drawn) == 5
    [written] = ann.find("//details//pre")
    assert "Third" in written


def test_a_claims_page_leads_to_it_and_says_what_kind_of_change(claims: Claims, sit: Sit) -> None:
    ann = sit(path=f"/claims/{claims[0]}")
    assert "negation gained" in ann.page.text
    assert f"/claims/{claims[0]}/comparison" in ann.page.text
    assert len(ann.find("//section[@aria-labelledby='h-evidence']//code[@class='digest']")) == 2


def test_strangers_see_published_printings(claims: Claims, stranger: TestClient) -> None:
    page = stranger.get(f"/claims/{claims[0]}/comparison")
    assert page.status_code == 200
    assert "Third" in page.text
    assert "Fourth" not in page.text
    assert "3 printings" in page.text
    assert stranger.get(f"/claims/{claims[3]}/comparison").status_code == 404
    for path in ("x", str(uuid.UUID(int=0)), "%00", "<script>"):
        assert stranger.get(f"/claims/{path}/comparison").status_code == 404


def test_a_line_stands_below_whom_it_has_the_words_from() -> None:
    root = Node("Ada")
    agency, paper = Node("Agency"), Node("A paper with a name " * 9)
    agency.children.append(paper)
    root.children.extend([agency, Node("Other")])
    picture = draw_spread(root)
    assert [(line.name[:7], line.up // ROW) for line in picture.lines] == [
        ("Ada", 0), ("Agency", 1), ("A paper", 1), ("Other", 3),
    ]  # fmt: skip
    assert len(picture.lines[2].name) < len(picture.lines[2].whole)
    assert picture.height > picture.lines[-1].y
