"""A source's page: its timeline and figures, what is decided on it, what strangers see."""

import uuid
from dataclasses import replace
from datetime import UTC, date

import pytest
from starlette.testclient import TestClient

from claims.desk.timeline_picture import GROUND, WIDTH, draw_timeline
from tests.desk.conftest import OWN, Sit
from tests.makers import proposal, store
from tests.review.conftest import CONTENTS, Room
from tests.sources.test_merges import add_source

Claims = list[uuid.UUID]


@pytest.fixture
def claims(room: Room) -> Claims:
    return room.store(outlet="The Pier", title="A bridge", url="https://pier.example/1")


def source(room: Room, name: str) -> str:
    [(id_,)] = room.sql("SELECT id FROM claims.source WHERE name = :name", name=name)
    return f"/sources/{id_}"


def test_a_speaker_has_a_timeline_with_a_mark_for_each_claim(
    room: Room, claims: Claims, sit: Sit
) -> None:
    room.act("Ann", claims[0], "accept")
    room.act("Ann", claims[1], "accept")
    ann = sit(path=f"{source(room, 'Ada Quill')}?published=yes")
    rows = ann.find("//section[@aria-labelledby='claims']//tbody/tr/td[3]/a")
    assert len(rows) == 2
    assert CONTENTS[0] in rows
    marks = ann.find("//*[local-name()='svg'][@role='group']/*[local-name()='a']/@href")
    assert {*marks} == {"#c1", "#c2"}
    facts = dict(zip(ann.find("//dl/dt"), ann.find("//dl/dd"), strict=True))
    assert facts["First hand"] == "50 % (1)"
    assert facts["Second hand, through one other"] == "50 % (1)"
    ann.open(f"{source(room, 'Ada Quill')}?words=bridge")
    assert ann.find("//section[@aria-labelledby='claims']//tbody/tr/td[3]/a") == [CONTENTS[0]]


def test_an_outlet_shows_what_it_printed(room: Room, claims: Claims, sit: Sit) -> None:
    room.act("Ann", claims[0], "accept")
    ann = sit(path=source(room, "The Pier"))
    facts = dict(zip(ann.find("//dl/dt"), ann.find("//dl/dd"), strict=True))
    assert facts["Articles"] == "1"
    assert facts["Its articles come from"].startswith("The Pier 1")
    ann.press("rate", why="it corrects itself", on="2026-05-01")
    assert ann.find("//dt[starts-with(., 'Rated')]") == ["Rated A"]
    assert "it corrects itself" in ann.page.text
    form = {"act": str(uuid.uuid4()), "do": "rate", "rating": "Z", "why": "so"}
    assert ann.client.post(source(room, "The Pier"), data=form, headers=OWN).status_code == 400


def test_names_offices_and_merges_are_decided_and_undone(
    room: Room, claims: Claims, sit: Sit
) -> None:
    assert claims
    add_source(room.database, room.reviewer("Ann"), "Bob Stone")
    ada, bob = source(room, "Ada Quill"), source(room, "Bob Stone")
    ann = sit(path=ada)
    ann.press("add-name", name="Adela Quill")
    assert "Adela Quill (alias)" in ann.find("//dl/dd")[0]
    ann.press("remove-name")
    assert "Adela" not in ann.find("//dl/dd")[0]
    ann.press("add-office", office="mayor", first="2026-01-01")
    assert "mayor (2026-01-01 to …)" in ann.page.text
    assert "mayor" in ann.find("//section[@aria-labelledby='claims']//tbody/tr/td[4]")
    ann.press("merge", other=bob.rpartition("/")[2])
    assert ann.find("//div[@class='notice']/p/a/@href") == [bob]
    ann.press("undo")
    assert ann.find("//div[@class='notice']") == []
    ann.press("distinct", other="Bob Stone")
    assert "is somebody else" in ann.page.text
    ann.press("undistinct")
    assert "is somebody else" not in ann.page.text


def test_a_source_is_shown_as_of_a_moment(room: Room, claims: Claims, sit: Sit) -> None:
    assert claims
    ada = source(room, "Ada Quill")
    ann = sit(path=ada)
    ann.press("add-name", name="Adela Quill")
    [(before,)] = room.sql("SELECT min(at) - interval '1 ms' FROM claims.decision")
    ann.open(f"{ada}?as_of={before.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z")
    assert ann.page.status_code == 200
    assert "Adela" not in ann.page.text
    assert "not the present one" in ann.page.text
    assert ann.find("//button[@name='do'][@value='add-name']") == []
    assert ann.open(f"{ada}?as_of=2999-01-01").status_code == 400
    assert ann.open(f"{ada}?as_of=no such release").status_code == 404


def test_strangers_see_sources_of_published_claims_and_no_word_of_an_editor(
    room: Room, claims: Claims, stranger: TestClient, sit: Sit
) -> None:
    room.act("Ann", claims[0], "accept", reason="rang the office")
    sit(path=source(room, "The Pier")).press("rate", why="a secret opinion")
    add_source(room.database, room.reviewer("Ann"), "Bob Stone")
    assert stranger.get(source(room, "Bob Stone")).status_code == 404
    assert "Bob Stone" not in stranger.get("/sources").text
    for path in ("/sources", source(room, "Ada Quill"), source(room, "The Pier")):
        page = stranger.get(path)
        assert page.status_code == 200
        for hidden in ("Ann", "rang", "secret", CONTENTS[1], str(claims[1])):
            assert hidden not in page.text, (path, hidden)
    form = {"act": str(uuid.uuid4()), "do": "merge", "other": "The Pier"}
    assert stranger.post(source(room, "Ada Quill"), data=form, headers=OWN).status_code == 401


@pytest.mark.parametrize(
    "path",
    ["/sources/x", "/sources/%00", "/sources/' OR 1=1 --", f"/sources/{uuid.UUID(int=0)}",
     "/sources/<script>", f"/sources/{'f' * 900}", "/sources?after=zz"],
)  # fmt: skip
def test_hostile_addresses_are_pages_in_words(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_bars_are_months_until_there_are_too_many() -> None:
    months = {date(2026, 1, 1): 2, date(2026, 3, 1): 4}
    picture = draw_timeline(months, [(date(2026, 3, 9), "quote"), (None, "mixed")])
    assert picture is not None
    assert [(bar.label, bar.number) for bar in picture.bars] == [
        ("January 2026", 2), ("March 2026", 4),
    ]  # fmt: skip
    assert picture.bars[0].height * 2 == picture.bars[1].height
    assert [(mark.form, mark.number) for mark in picture.marks] == [("quote", 1)]
    assert picture.text == "6 claims from January 2026 to March 2026; the most in March 2026, 4."
    long = draw_timeline({date(1800, 5, 1): 1, date(1800, 9, 1): 2, date(2026, 1, 1): 1}, [])
    assert long is not None
    assert [(bar.label, bar.number) for bar in long.bars] == [("1800", 3), ("2026", 1)]
    assert len(long.years) < WIDTH / 40
    assert draw_timeline({}, []) is None


def test_marks_of_one_day_stand_above_each_other_inside_the_picture() -> None:
    day = date(2026, 12, 31)
    picture = draw_timeline({date(2026, 12, 1): 30}, [(day, "quote")] * 30)
    assert picture is not None
    heights = [mark.y for mark in picture.marks]
    assert len({*heights}) == len(heights)
    assert all(0 < mark.y < GROUND and 0 < mark.x < WIDTH for mark in picture.marks)


def test_a_claim_whose_day_nobody_knows_is_listed_and_not_drawn(room: Room, sit: Sit) -> None:
    spoken = replace(proposal(), said_on=None)
    store(room.database, spoken, published_at=None)
    ann = sit(path=source(room, "Ada Quill"))
    assert ann.find("//section[@aria-labelledby='claims']//tbody/tr/td[1]") == ["not known"]
    assert ann.find("//*[local-name()='svg']") == []
