"""A claim's own page: permanent addresses, what strangers see of it, citations, files."""

import json
import uuid
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from claims.catalogue.cards import load_cards
from claims.database.engine import Database
from claims.desk.chain_picture import draw_chain
from claims.exchange.cite import cite_as_bibtex, cite_as_csl, cite_as_text
from claims.model.proposal import Hearer
from tests.desk.conftest import Sit
from tests.makers import TEXT, proposal, spans_of, store
from tests.review.conftest import CONTENTS, Room

Claims = list[uuid.UUID]


@pytest.fixture
def claims(room: Room) -> Claims:
    return room.store(outlet="The Pier", title="A bridge & more", url="https://pier.example/1")


def test_a_claim_shows_its_chain_words_confidence_and_history(
    room: Room, claims: Claims, sit: Sit
) -> None:
    room.act("Ann", claims[0], "accept", {"credibility": 2})
    ann = sit(path=f"/claims/{claims[0]}")
    assert ann.find("//h1") == [CONTENTS[0]]
    assert ann.find("//*[local-name()='svg']/*[local-name()='title']") == [
        "Ada Quill says; Harbour Agency says it; The Pier printed it."
    ]
    assert ann.find("//div[@class='text']//span[contains(@class, 'this')]") == [CONTENTS[0]]
    facts = dict(zip(ann.find("//dl/dt"), ann.find("//dl/dd"), strict=True))
    assert facts["The program, of its proposal"].startswith("0.90 ")
    assert facts["An editor, that they said it"] == "not judged"
    assert facts["An editor, that it is so"] == "2 of 5, probably true"
    assert ann.find("//section[@aria-labelledby='h-history']//tbody/tr[2]/td[position()>3]") == [
        "Ann", "accept: proposed to accepted", "so",
    ]  # fmt: skip


def test_a_claim_shows_how_sure_the_name_is_and_who_was_told(room: Room, sit: Sit) -> None:
    hearer = Hearer("on Monday", spans_of(TEXT, "on Monday"))
    one = proposal()
    chain = (replace(one.chain[0], name=None), *one.chain[1:])
    guess = replace(one, chain=chain, name_score=0.4, suggested_name="Ada Quill", hearer=hearer)
    [claim] = store(room.database, guess)
    ann = sit(path=f"/claims/{claim}")
    facts = dict(zip(ann.find("//dl/dt"), ann.find("//dl/dd"), strict=True))
    assert facts["The program, of the speaker's name"] == "0.40 perhaps Ada Quill"
    assert facts["Said to"] == "on Monday"


def test_an_address_with_a_revision_shows_that_one_for_ever(
    room: Room, claims: Claims, sit: Sit
) -> None:
    room.act("Ann", claims[0], "accept", {"statement": "The bridge can be crossed."})
    room.act("Ann", claims[0], "correct", {"statement": "The bridge holds."})
    ann = sit(path=f"/claims/{claims[0]}")
    assert ann.find("//p[@class='means']") == ["Means The bridge holds."]
    for revision, state, means in (
        (2, "corrected", ["Means The bridge holds."]),
        (1, "accepted", ["Means The bridge can be crossed."]),
        (0, "proposed", []),
    ):
        ann.open(f"/claims/{claims[0]}@{revision}")
        assert ann.find("//header/p/span[@class]")[0] == state
        assert ann.find("//p[@class='means']") == means
    assert ann.open(f"/claims/{claims[0]}@3").status_code == 404
    assert ann.open(f"/claims/{str(claims[0])[:8]}").status_code == 200


def test_strangers_see_what_is_published_and_no_word_of_an_editor(
    room: Room, claims: Claims, stranger: TestClient
) -> None:
    room.act("Ann", claims[0], "accept", reason="rang the office")
    page = stranger.get(f"/claims/{claims[0]}")
    assert page.status_code == 200
    assert "Ann" not in page.text
    assert "rang the office" not in page.text
    for path in (
        f"/claims/{claims[1]}",
        f"/claims/{claims[0]}@0",
        f"/claims/{claims[1]}/export/csv",
    ):
        assert stranger.get(path).status_code == 404, path


def test_strangers_see_no_link_to_what_is_not_published_and_no_reason(
    room: Room, claims: Claims, stranger: TestClient, sit: Sit
) -> None:
    for claim in claims[:2]:
        links = [{"b": str(claims[2]), "kind": "contradicts"}]
        room.act("Ann", claim, "accept", {"links": links} if claim == claims[0] else None)
    [(document,)] = room.sql("SELECT id FROM claims.document")
    ann = sit(path=f"/documents/{document}")
    ann.press("correct", **{"status-reason": "a private word"})
    assert CONTENTS[2] in sit("Bob", f"/claims/{claims[0]}").page.text
    page = stranger.get(f"/claims/{claims[0]}").text
    assert CONTENTS[2] not in page
    assert "private" not in page
    assert "Its article was corrected" in page


def test_a_claim_is_shown_as_of_a_moment(room: Room, claims: Claims, sit: Sit) -> None:
    room.act("Ann", claims[0], "accept", {"statement": "The bridge can be crossed."})
    room.act("Ann", claims[0], "correct", {"statement": "The bridge holds."})
    [(at,)] = room.sql("SELECT max(at) - interval '1 ms' FROM claims.decision")
    ann = sit(path=f"/claims/{claims[0]}?as_of={at:%Y-%m-%dT%H:%M:%S.%f}Z")
    assert ann.find("//p[@class='means']") == ["Means The bridge can be crossed."]
    assert "not the present one" in ann.page.text
    assert ann.open(f"/claims/{claims[0]}?as_of=2001-01-01").status_code == 404


def test_a_published_claim_is_linked_data_and_nothing_ends_its_script(
    room: Room, claims: Claims, sit: Sit
) -> None:
    words = "</script><script>alert(1)</script>"
    room.act("Ann", claims[0], "accept", {"statement": words})
    ann = sit(path=f"/claims/{claims[0]}")
    [linked] = ann.find("//script[@type='application/ld+json']")
    found = json.loads(linked)
    assert (found["@type"], found["text"]) == ("Claim", words)
    assert found["@id"].endswith(f"/claims/{claims[0]}")
    assert ann.open(f"/claims/{claims[1]}").text.count("ld+json") == 0


@pytest.mark.parametrize(
    ("name", "media", "begins"),
    [("jsonl", "application/x-ndjson", b'{"claim":"'), ("csv", "text/csv", b"claim,speaker"),
     ("claimreview", "application/ld+json", b'{"@context":')],
)  # fmt: skip
def test_one_claim_is_exported(  # noqa: PLR0917 - fixtures and the three parameters
    room: Room, claims: Claims, stranger: TestClient, name: str, media: str, begins: bytes
) -> None:
    for claim in claims[:2]:
        room.act("Ann", claim, "accept")
    answer = stranger.get(f"/claims/{claims[0]}/export/{name}")
    assert answer.headers["content-type"].startswith(media)
    assert answer.content.startswith(begins)
    assert str(claims[0]) in answer.text
    assert str(claims[1]) not in answer.text
    assert f'filename="claim-{str(claims[0])[:8]}.{name}"' in answer.headers["content-disposition"]


def test_a_denial_is_cited_as_one(claims: Claims, database: Database) -> None:
    with database.reader() as session:
        [card] = load_cards(session, claims[1:2])
    card = replace(card, hops=(replace(card.hops[0], mode="denies", name="Q{u}ill & Co_"),))
    address = "https://desk.example/claims/1@0"
    assert f"denies: {CONTENTS[1]}" in cite_as_text(card, address)
    bibtex = cite_as_bibtex(card, address)
    assert r"author = {{Q\{u\}ill \& Co\_}}" in bibtex
    assert f"title = {{denies: {CONTENTS[1]}}}" in bibtex
    csl = cite_as_csl(card, address)
    assert (csl["container-title"], csl["URL"]) == ("The Pier", address)
    assert f"denies: {CONTENTS[1]}" in str(csl["note"])
    assert "Co_ denies;" in draw_chain(card).text


@pytest.mark.parametrize(
    "path",
    ["x", "00", "zzzz", "1234@", "1234@x", "1234@99999999999", "é", "1' OR '1'='1", "%00", "@1",
     f"{uuid.UUID(int=0)}", f"{uuid.UUID(int=0)}@1"],
)  # fmt: skip
def test_hostile_addresses_are_pages_in_words(stranger: TestClient, path: str) -> None:
    answer = stranger.get(f"/claims/{path}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text
