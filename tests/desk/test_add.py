"""Adding articles at the desk: nothing is stored before it was seen, and it is stored once."""

import json
import uuid

import pytest
from starlette.testclient import TestClient

from tests.desk.conftest import OWN, Sit
from tests.desk.editor import Editor
from tests.review.conftest import Room

TEXT = 'Mayor Ada Quill said "the old bridge is safe" on Monday, the Harbour Agency reported.'
URL = "https://pier.example/1"
COUNT = "SELECT count(*) FROM claims.document"


def upload(editor: Editor, name: str, content: bytes) -> None:
    editor.page = editor.client.post(
        "/add", data={"do": "see"}, files={"file": (name, content)}, headers=OWN
    )


def test_a_pasted_article_is_seen_and_then_stored_once(room: Room, sit: Sit) -> None:
    ann = sit(path="/add")
    ann.press("see", text=TEXT, title="A bridge & more", outlet="The Pier", url=URL)
    assert ann.find("//tbody/tr/td[1]") == ["Ada Quill"]
    assert "the old bridge is safe" in ann.find("//tbody/tr/td[2]")[0]
    assert room.sql(COUNT) == [(0,)]
    form = ann.page
    ann.press("store")
    assert room.sql(COUNT) == [(1,)]
    assert room.sql("SELECT title FROM claims.document") == [("A bridge & more",)]
    assert "1 new claim waits" in ann.page.text
    [address] = ann.find("//main//ul/li/a/@href")
    assert ann.open(address).status_code == 200
    ann.page = form
    ann.press("store")
    assert "1 of them there already" in ann.page.text
    assert room.sql(COUNT) == [(1,)]


def test_a_file_is_read_by_its_format_and_kept_as_it_came(room: Room, sit: Sit) -> None:
    ann = sit(path="/add")
    line = json.dumps({"text": TEXT, "title": "From a file", "outlet": "The Quay"}).encode()
    upload(ann, "articles.jsonl", line + b"\n{broken\n")
    assert ann.find("//section/h2") == ["From a file"]
    assert "Not read" in ann.page.text
    ann.press("store")
    assert room.sql("SELECT title FROM claims.document") == [("From a file",)]
    assert line in bytes(room.sql("SELECT payload FROM claims.archive_record")[0][0])


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({}, 400, "no text, no file and no address"),
        ({"kept": "%%%"}, 400, "damaged"),
        ({"address": "http://127.0.0.1:1/"}, 200, "Not read"),
        ({"address": "file:///etc/passwd"}, 200, "Not read"),
        ({"address": "http://["}, 200, "Not read"),
        ({"text": "Nobody said anything.", "published": "yesterday"}, 200, "published"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(
    sit: Sit, fields: dict[str, str], status: int, words: str
) -> None:
    ann = sit(path="/add")
    answer = ann.client.post("/add", data={"do": "see", **fields}, headers=OWN)
    assert (answer.status_code, words in answer.text) == (status, True)


def test_a_large_file_is_refused(sit: Sit) -> None:
    ann = sit(path="/add")
    upload(ann, "large.txt", b"x" * (1 << 20) + b"y")
    assert ann.page.status_code == 413


def test_strangers_add_nothing(stranger: TestClient, room: Room) -> None:
    assert stranger.get("/add").status_code == 401
    form = {"do": "store", "text": TEXT, "act": str(uuid.uuid4())}
    assert stranger.post("/add", data=form, headers=OWN).status_code == 401
    assert room.sql(COUNT) == [(0,)]
