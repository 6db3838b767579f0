"""The ledger's page: filters, the check, what is downloaded; releases and the past."""

import json
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from claims.releases.states import save_release
from tests.desk.conftest import Sit
from tests.review.conftest import CONTENTS, Room

Claims = list[uuid.UUID]


@pytest.fixture
def claims(room: Room) -> Claims:
    claims = room.store(outlet="The Pier", title="A bridge")
    room.act("Ann", claims[0], "accept", reason="rang the office")
    room.act("Bob", claims[1], "reject", reason="nobody said so")
    return claims


def release(room: Room, name: str) -> None:
    with room.database.writer() as session:
        save_release(session, uuid.uuid4(), name, made_by=room_reviewer(room), note=None)


def room_reviewer(room: Room) -> uuid.UUID:
    [(id_,)] = room.sql("SELECT id FROM claims.reviewer WHERE name = 'Ann'")
    return uuid.UUID(str(id_))


def test_decisions_are_listed_and_filtered(claims: Claims, sit: Sit) -> None:
    ann = sit(path="/ledger")
    assert ann.find("//tbody/tr/td[1]") == ["2", "1"]
    assert ann.find("//tbody/tr[2]/td[position()=3 or position()=7]") == ["Ann", "rang the office"]
    assert ann.find("//tbody/tr/td[5]/a/@href") == [f"/claims/{claims[1]}", f"/claims/{claims[0]}"]
    for query, numbers in (
        ("by=bob", ["2"]), ("action=accept", ["1"]), ("kind=source", []), ("before=2", ["1"]),
        (f"subject={claims[0]}", ["1"]), ("subject=x", []), ("since=2999-01-01", []),
        ("until=2999-01-01", ["2", "1"]), ("before=%27", ["2", "1"]),
    ):  # fmt: skip
        ann.open(f"/ledger?{query}")
        assert ann.find("//tbody/tr/td[1]") == numbers, query


@pytest.mark.usefixtures("claims")
def test_the_ledger_is_shown_as_of_a_release(room: Room, sit: Sit) -> None:
    release(room, "first")
    ann = sit(path="/ledger")
    ann.press("undo")
    ann.open("/ledger")
    assert ann.find("//tbody/tr/td[1]") == ["3", "2", "1"]
    ann.open("/ledger?as_of=first&by=ann")
    assert ann.find("//tbody/tr/td[4]") == ["accept"], "it was not undone then"
    assert ann.find("//main//button[@value='undo']") == []
    assert ann.find("//form[@class='past']//input[@name='by']/@value") == ["ann"]
    assert ann.find("//main//input[@name='as_of']/@value") == ["first"]
    assert ann.find("//dl/dd")[0] == "2"


def test_a_decision_is_undone_from_its_row(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit(path="/ledger")
    assert len(ann.find("//tbody//button")) == 1, "what another decided has no button"
    ann.press("undo")
    assert room.standing(claims[0]).status == "proposed"
    ann.open("/ledger")
    assert ann.find("//tbody/tr/td[4]") == ["undo", "reject", "accept undone"]


def test_the_chain_is_verified_and_a_change_is_named(room: Room, claims: Claims, sit: Sit) -> None:
    assert claims
    ann = sit(path="/ledger")
    ann.press("all")
    assert ann.find("//h1") == ["The chain holds"]
    assert "agree with their decisions" in ann.page.text
    with room.database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE claims.decision DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE claims.decision SET reason = 'no' WHERE no = 1"))
    ann.open("/ledger")
    ann.press("chain")
    assert ann.find("//h1") == ["The chain does not hold"]
    assert "signed Ann" in ann.page.text


def test_what_is_downloaded_is_verified_without_the_program(
    claims: Claims, sit: Sit, tmp_path: Path
) -> None:
    assert claims
    ann = sit(path="/ledger")
    ledger, checker = tmp_path / "ledger.jsonl", tmp_path / "checker.py"
    ledger.write_bytes(ann.client.get("/ledger/export").content)
    checker.write_bytes(ann.client.get("/ledger/checker").content)
    assert [json.loads(line).get("no") for line in ledger.read_text("utf-8").splitlines()] == [
        "1", "2", None,
    ]  # fmt: skip
    command = [sys.executable, str(checker), str(ledger)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_releases_are_compared(room: Room, claims: Claims, sit: Sit, stranger: TestClient) -> None:
    release(room, "spring")
    room.act("Ann", claims[2], "accept")
    ann = sit(path="/releases")
    assert ann.find("//tbody/tr/td[1]") == ["spring"]
    ann.open("/releases?from=spring")
    assert "1 claim added" in ann.page.text
    assert CONTENTS[2] in ann.page.text
    assert ann.open("/releases?from=none").status_code == 404
    ann.open("/search?words=ferry&as_of=spring")
    assert "proposed" in ann.find("//ol/li")[0]
    page = stranger.get("/releases?from=spring")
    assert page.status_code == 200
    assert "Ann" not in page.text
    assert str(claims[2]) not in stranger.get("/search?words=ferry&as_of=spring").text


def test_strangers_read_no_ledger(claims: Claims, stranger: TestClient) -> None:
    assert claims
    for path in ("/ledger", "/ledger/export", "/ledger/checker"):
        assert stranger.get(path).status_code == 401
