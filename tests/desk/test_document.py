"""An article's page: what it shows to whom, and what is decided on it."""

import uuid

import pytest
from starlette.testclient import TestClient

from tests.desk.conftest import OWN, Sit
from tests.makers import article, proposal, store
from tests.review.conftest import ARTICLE, CONTENTS, Room

Claims = list[uuid.UUID]
URL = "https://pier.example/1"


@pytest.fixture
def claims(room: Room) -> Claims:
    return room.store(outlet="The Pier", title="A bridge & more", url=URL)


@pytest.fixture
def path(room: Room, claims: Claims) -> str:
    assert claims
    [(document,)] = room.sql("SELECT id FROM claims.document")
    return f"/documents/{document}"


def test_an_article_shows_its_claims_versions_and_addresses(
    room: Room, claims: Claims, path: str, sit: Sit
) -> None:
    room.act("Ann", claims[0], "accept")
    ann = sit(path=path)
    assert ann.find("//h1") == ["A bridge & more"]
    words = ann.find("//section[@aria-labelledby='h-claims']//tbody/tr/td[2]")
    assert words == [CONTENTS[0], CONTENTS[1], CONTENTS[2]]
    assert ann.find("//section[@aria-labelledby='h-versions']//tbody/tr/td[1]") == ["1, current"]
    assert URL in ann.page.text
    ann.open(f"/documents?address={URL}")
    assert ann.find("//tbody/tr/td[3]/a/@href") == [path]


def test_what_changed_between_versions_is_marked(
    room: Room, claims: Claims, path: str, sit: Sit
) -> None:
    room.act("Ann", claims[0], "accept")
    changed = ARTICLE.replace("would stop", "would not stop")
    store(room.database, proposal(changed), text=changed, outlet="The Pier", url=URL)
    ann = sit(path=path)
    assert ann.find("//section[@aria-labelledby='h-versions']//tbody/tr/td[6]") == ["", "1"]
    ann.open(f"{path}/changes?from=1&to=2")
    assert ann.find("//div[@class='text']//ins") == ["not"]
    assert ann.find("//div[@class='text']//del") == []
    ann.open(f"{path}/changes?from=2&to=1")
    assert ann.find("//div[@class='text']//del") == ["not"]
    ann.open(f"{path}/text?version=1")
    assert ann.find("//a[@class='begin']/@href") == [f"/claims/{claims[0]}"]
    assert ann.open(f"{path}/changes?from=9").status_code == 404


def test_an_article_is_withdrawn_and_the_decision_undone(
    room: Room, claims: Claims, path: str, sit: Sit
) -> None:
    room.act("Ann", claims[0], "accept")
    ann = sit(path=path)
    ann.press("withdraw", **{"status-reason": "the source was a hoax"})
    assert ann.find("//header//span[@class]")[0] == "withdrawn"
    assert "hoax" in ann.find("//div[@class='notice']")[0]
    assert ann.find("//div[@class='saved-line']//strong") == ["Saved"]
    ann.press("undo")
    assert ann.find("//header//span[@class]")[0] == "usable"
    ann.press("undo")  # redo
    assert ann.find("//header//span[@class]")[0] == "withdrawn"


def test_a_form_that_is_sent_twice_decides_once(room: Room, path: str, sit: Sit) -> None:
    ann = sit(path=path)
    form = {"act": str(uuid.uuid4()), "do": "withdraw", "reason": "wrong"}
    answers = [ann.client.post(path, data=form, headers=OWN) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]
    without = ann.client.post(path, data={"act": str(uuid.uuid4()), "do": "restore"}, headers=OWN)
    assert without.status_code == 400
    again = {"act": str(uuid.uuid4()), "do": "withdraw", "reason": "wrong"}
    assert ann.client.post(path, data=again, headers=OWN).headers["location"].endswith("unchanged")


def test_copies_and_origins_are_settled(room: Room, path: str, sit: Sit) -> None:
    store(room.database, text=ARTICLE.replace("ferry", "boat"), outlet="The Quay", place="b.txt")
    [(other,)] = room.sql(
        "SELECT d.id FROM claims.document d JOIN claims.source s ON s.id = d.outlet"
        " WHERE s.name = 'The Quay'"
    )
    ann = sit(path=path)
    ann.press("copy-of", original=str(other), **{"copy-reason": "the same byline"})
    assert ann.find("//div[@class='saved-line']//p") != []
    assert room.sql("SELECT copy_of FROM claims.document WHERE copy_of IS NOT NULL") == [(other,)]
    ann.press("own-report", **{"own-reason": "no"})
    ann.press("origin", origin="Harbour Agency", **{"origin-reason": "they said so"})
    assert room.sql("SELECT action FROM claims.decision ORDER BY no") == [
        ("copy-of",), ("own-report",), ("origin",),
    ]  # fmt: skip
    answer = ann.press("copy-of", original=path.rpartition("/")[2], **{"copy-reason": "x"})
    assert (answer.status_code, "no copy of itself" in answer.text) == (400, True)


def test_strangers_see_articles_with_published_claims_and_no_word_of_an_editor(
    room: Room, claims: Claims, path: str, stranger: TestClient
) -> None:
    assert stranger.get(path).status_code == 404
    assert path not in stranger.get("/documents").text
    room.act("Ann", claims[0], "accept", reason="rang the office")
    for page in (stranger.get(path), stranger.get("/documents")):
        assert page.status_code == 200
        assert "A bridge &amp; more" in page.text
        assert "Ann" not in page.text
        assert "rang" not in page.text
        assert str(claims[1]) not in page.text
    for further in ("/text", "/changes?from=1&to=1"):
        assert stranger.get(path + further).status_code == 401
    form = {"act": str(uuid.uuid4()), "do": "withdraw", "reason": "so"}
    assert stranger.post(path, data=form, headers=OWN).status_code == 401
    assert stranger.post("/ledger/1/undo", data=form, headers=OWN).status_code == 401


@pytest.mark.parametrize(
    "path",
    ["/documents/x", "/documents/00", "/documents/' OR 1=1", "/documents/%00",
     f"/documents/{uuid.UUID(int=0)}", "/documents?address=https://[", "/documents?after=zz",
     "/documents?since=yesterday", f"/documents/{'f' * 900}"],
)  # fmt: skip
def test_hostile_addresses_are_pages_in_words(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == (400 if "since" in path else 404)
    assert "Traceback" not in answer.text
    assert article().text not in answer.text


def test_an_article_is_shown_as_it_was(room: Room, claims: Claims, path: str, sit: Sit) -> None:
    room.act("Ann", claims[0], "accept")
    [(before,)] = room.sql("SELECT clock_timestamp()")
    ann = sit(path=path)
    ann.press("withdraw", **{"status-reason": "all of it is wrong"})
    room.act("Ann", claims[0], "withdraw", reason="wrong")
    assert "all of it is wrong" in ann.open(path).text
    ann.page = ann.client.get(path, params={"as_of": before.isoformat()})
    assert "This is the state" in ann.page.text
    assert "all of it is wrong" not in ann.page.text
    assert ann.find("//section[@aria-labelledby='h-claims']//tbody/tr[1]/td[3]") == ["accepted"]
    assert ann.find("//main//form") == []
    assert ann.client.get(path, params={"as_of": "2001-01-01"}).status_code == 404


def test_lists_texts_and_changes_are_shown_as_they_were(
    room: Room, claims: Claims, path: str, sit: Sit
) -> None:
    """Every link of a page of the past leads to the same moment."""
    room.act("Ann", claims[0], "accept")
    [(before,)] = room.sql("SELECT clock_timestamp()")
    room.act("Ann", claims[0], "withdraw", reason="wrong")
    ann = sit(path=path)
    ann.press("withdraw", **{"status-reason": "all of it is wrong"})
    then = {"as_of": before.isoformat()}

    def at(address: str, **asked: str) -> None:
        ann.page = ann.client.get(address, params=asked | then)
        assert "This is the state" in ann.page.text
        inner = [one for one in ann.find("//main//a/@href") if one.startswith("/")]
        assert all("as_of=" in one for one in inner), inner

    at("/documents", status="usable", outlet="")
    assert len(ann.find("//tbody/tr")) == 1
    assert ann.find("//header//input[@name='status']/@value") == ["usable"]
    at("/documents", status="withdrawn")
    assert ann.find("//p[@role='status']")[0].startswith("No article passes")
    at(f"{path}/text")
    assert "Claim 1, accepted" in ann.page.text
    at(f"{path}/changes")
    assert ann.find("//main//input[@name='as_of']/@value") == [before.isoformat()]
    assert ann.find("//nav//a[starts-with(@href, '/search')]/@href")[0].startswith("/search?as_of=")
    assert ann.client.get("/documents", params={"as_of": "2001-01-01"}).status_code == 200


@pytest.mark.parametrize("path", ["/review/empty", "/pairs", "/links", "/add", "/releases"])
def test_pages_without_a_past_say_so(path: str, sit: Sit) -> None:
    ann = sit(path=path)
    assert ann.find("//header//p[contains(@class, 'past')]")[0].startswith("As of now: ")
    assert ann.find("//header//input[@name='as_of']") == []
