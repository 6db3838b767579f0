"""ninjs of all versions becomes articles, notices and embargoes."""

import json
from datetime import UTC, datetime

import pytest

from claims.model.json import Json
from claims.model.notice import Notice, NoticeKind
from claims.readers.options import ReadOptions
from tests.readers.wires import STORY, TEXT, article, ninjs, noticed, read, told

NEW = {
    "uri": "urn:pier:1",
    "version": "3",
    "firstCreated": "2026-05-04T08:00:00+02:00",
    "versionCreated": "2026-05-05T09:30:00Z",
    "language": "en-GB",
    "headlines": [{"role": "short", "value": "Safe"}, {"role": "main", "value": "Bridge is safe"}],
    "bodies": [
        {"role": "teaser", "contentType": "text/html", "value": "<p>" + "A long teaser " * 20},
        {"role": "plain", "contentType": "text/plain", "value": "plain " * 40},
        {"role": "main", "contentType": "text/html", "value": STORY},
    ],
    "by": "Tom Reed",
    "copyrightHolder": "Pier Holdings",
    "infoSources": [
        {"name": "Sea Wire", "role": "originator"},
        {"name": "The Pier", "role": "isrole:provider"},
    ],
    "altIds": [
        {"role": "usn", "value": "20260504-77"},
        {"role": "etag", "value": "a1b2c3d4e5"},
        {"role": "desk", "value": "(pier)"},
        {"role": "weburl", "value": "https://pier.example/bridge"},
    ],
    "trustIndicators": [{"role": "policy", "href": "https://pier.example/policy"}],
    "evolvedFrom": "urn:pier:0",
}
OLD = {
    "uri": "urn:pier:1",
    "version": "3",
    "firstcreated": "2026-05-04T08:00:00+02:00",
    "versioncreated": "2026-05-05T09:30:00Z",
    "language": "en-GB",
    "headline": "Bridge is safe",
    "body_text": "plain " * 40,
    "body_xhtml": STORY,
    "byline": "Tom Reed",
    "copyrightholder": "Pier Holdings",
    "infosource": [{"name": "The Pier", "rel": "provider"}],
    "altids": {"usn": "20260504-77", "etag": "a1b2c3d4e5", "weburl": "https://pier.example/bridge"},
    "evolvedfrom": "urn:pier:0",
}


@pytest.mark.parametrize("fields", [NEW, OLD])
def test_the_names_of_all_versions_are_read(fields: dict[str, Json]) -> None:
    found = article(read(json.dumps(fields).encode()))
    assert found.text == TEXT
    assert (found.title, found.byline, found.outlet) == ("Bridge is safe", "Tom Reed", "The Pier")
    assert (found.external_id, found.evolved_from) == ("urn:pier:1", "urn:pier:0")
    assert (found.url, found.other_ids) == ("https://pier.example/bridge", ("20260504-77",))
    assert found.credit == ("Sea Wire" if fields is NEW else None)
    assert (found.publisher_version, found.language) == (3, "en-GB")
    assert found.published_at == datetime(2026, 5, 4, 6, tzinfo=UTC)
    assert found.publisher_time == datetime(2026, 5, 5, 9, 30, tzinfo=UTC)
    assert (found.media_type, found.reader) == ("application/json", "ninjs/1")
    assert found.notices == ()


def test_what_is_archived_is_read_again_to_the_same() -> None:
    items = b"[\n" + ninjs() + b",\n" + ninjs(uri="urn:pier:2") + b"]"
    first, second = read(items, "wire.json")
    for one in (first, second):
        again = article(read(article([one]).archived))
        assert (again.text, again.external_id) == (TEXT, article([one]).external_id)
    assert [article([it]).external_id for it in (first, second)] == ["urn:pier:1", "urn:pier:2"]


def test_lines_of_items_are_read_one_by_one() -> None:
    lines = b"\n".join([ninjs(), b"{broken", ninjs(uri="urn:pier:2"), b'{"text": "Our own line."}'])
    records = read(lines, "wire.jsonl")
    first, broken, third, own = told(records)
    assert (first, third, own) == (TEXT, TEXT, "Our own line.")
    assert broken.startswith("bad-json")


def test_the_item_says_more_than_the_options() -> None:
    options = ReadOptions(outlet="Other", url="https://other.example/", title="Other")
    found = article(read(ninjs(copyrightHolder="The Pier"), options=options))
    assert (found.outlet, found.title, found.url) == ("The Pier", "Other", "https://other.example/")


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_withdrawn_item_is_a_kill(status: str) -> None:
    [notice] = article(read(ninjs(pubStatus=status, versionCreated="2026-05-05T09:30:00Z"))).notices
    assert (notice.kind, notice.signal, notice.words) == (
        NoticeKind.KILL,
        "ninjs-pubstatus",
        status,
    )
    assert notice.external_id == "urn:pier:1"
    assert notice.issued_at == datetime(2026, 5, 5, 9, 30, tzinfo=UTC)


def test_a_kill_without_a_text_is_a_notice_alone() -> None:
    raw = ninjs(
        pubStatus="canceled", bodies=None, edNote="Kill: the mayor did not say so.", version="4"
    )
    [notice] = read(raw)
    assert isinstance(notice, Notice)
    assert (notice.kind, notice.external_id) == (NoticeKind.KILL, "urn:pier:1")
    assert notice.words == "canceled: Kill: the mayor did not say so."


@pytest.mark.parametrize(
    ("status", "note", "expected"),
    [
        ("usable", None, ["restore ninjs-pubstatus usable"]),
        (
            None,
            "CORRECTS the name in para 2.",
            ["correct ninjs-ednote CORRECTS the name in para 2."],
        ),
        (None, "Adds quotes from the mayor.", []),
        (None, "MANDATORY KILL", ["kill ninjs-ednote MANDATORY KILL"]),
        ("usable", "Please kill the story", ["kill ninjs-ednote Please kill the story"]),
        (None, "The earlier kill is lifted.", ["restore ninjs-ednote The earlier kill is lifted."]),
        (
            None,
            "This story has been withdrawn.",
            ["withdraw ninjs-ednote This story has been withdrawn."],
        ),
        (
            "withheld",
            "The story is withdrawn",
            ["kill ninjs-pubstatus withheld: The story is withdrawn"],
        ),
        ("unknown", None, []),
    ],
)
def test_status_and_note_to_editors(
    status: str | None, note: str | None, expected: list[str]
) -> None:
    assert noticed(read(ninjs(pubStatus=status, edNote=note))) == expected


def test_an_embargo_holds_until_its_minute() -> None:
    for name in ("embargoed", "embargoedUntil"):
        embargo = article(read(ninjs(**{name: "2026-05-06T00:01:00+01:00"}))).embargo
        assert embargo is not None
        assert embargo.until == datetime(2026, 5, 5, 23, 1, tzinfo=UTC)


def test_an_embargo_that_cannot_be_read_holds_for_ever_and_is_a_problem() -> None:
    records = read(ninjs(embargoed="Next Monday"))
    embargo = article(records).embargo
    assert embargo is not None
    assert (embargo.words, embargo.until) == ("Next Monday", None)
    assert told(records)[1:] == ["bad-date embargo"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"bodies": None}, ["empty a ninjs object of type text without a body"]),
        (
            {"bodies": None, "type": "picture"},
            ["empty a ninjs object of type picture without a body"],
        ),
        ({"bodies": "text"}, ["empty a ninjs object of type text without a body"]),
        (
            {"bodies": [5, {"value": 7}, {"value": "  "}]},
            ["empty a ninjs object of type text without a body"],
        ),
        ({"firstCreated": "yesterday"}, ["bad-date firstcreated", TEXT]),
        ({"version": "two", "altIds": [1], "infoSources": 3, "headlines": {}}, [TEXT]),
    ],
)
def test_fields_that_are_wrong(fields: dict[str, Json], expected: list[str]) -> None:
    assert told(read(ninjs(**fields))) == expected
