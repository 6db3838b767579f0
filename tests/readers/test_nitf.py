"""NITF becomes articles, notices and embargoes, with the DOCTYPE that old files have."""

from datetime import UTC, datetime

import pytest

from claims.model.notice import NoticeKind
from tests.readers.wires import TEXT, article, nitf, noticed, read, told

DOCDATA = (
    '<date.issue norm="20260504T080000+0200"/><du-key key="BRIDGE" version="3"/>'
    '<doc.copyright holder="Pier Holdings" year="2026"/>'
)
HEAD = (
    '<pubdata name="The Pier" date.publication="20260504"/>'
    '<revision-history function="editor" norm="20260505T093000Z"/>'
    '<revision-history function="writer" norm="20260504T070000Z"/>'
)


def test_a_story_keeps_what_it_states() -> None:
    found = article(read(nitf(DOCDATA, head=HEAD)))
    assert found.text == TEXT
    assert (found.title, found.byline, found.outlet) == ("Bridge is safe", "Tom Reed", "The Pier")
    assert (found.external_id, found.publisher_version) == ("pier-1", 3)
    assert found.published_at == datetime(2026, 5, 4, 6, tzinfo=UTC)
    assert found.publisher_time == datetime(2026, 5, 5, 9, 30, tzinfo=UTC)
    assert (found.reader, found.media_type) == ("nitf/1", "application/nitf+xml")


def test_without_a_publication_the_copyright_holder_then_the_agency_is_the_outlet() -> None:
    assert article(read(nitf(DOCDATA))).outlet == "Pier Holdings"
    assert article(read(nitf())).outlet == "PIER"


def test_captions_are_no_text_and_marks_and_entities_stay() -> None:
    story = (
        '<p>"Caf\u00e9&nbsp;closed", <q>we said</q>.</p>'
        "<media><media-caption>A photo</media-caption></media>"
        "<hl2>Later</hl2><block><p>More.</p></block><table><tr><td>1</td><td>2</td></tr></table>"
    )
    doctype = b'<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-3.dtd">'
    found = article(read(doctype + nitf(story=story), "a.xml"))
    assert found.text == '"Caf\u00e9 closed", \u201cwe said\u201d.\nLater\nMore.\n1\n2'


def test_an_entity_of_its_own_is_refused() -> None:
    doctype = b'<!DOCTYPE nitf SYSTEM "nitf-3-3.dtd" [<!ENTITY x "y">]>'
    [line] = told(read(doctype + nitf(), "a.nitf"))
    assert line.startswith("dtd-refused")


@pytest.mark.parametrize(
    ("attributes", "docdata", "expected"),
    [
        ('management-status="canceled"', "", ["kill nitf-management canceled"]),
        (
            'management-status="withheld"',
            '<ed-msg info="Wait"/>',
            ["kill nitf-management withheld: Wait"],
        ),
        ('management-status="usable"', "", ["restore nitf-management usable"]),
        ("", '<correction info="It was May."/>', ["correct nitf-correction It was May."]),
        ("", '<ed-msg msg-type="kill" info="Do not use"/>', ["kill nitf-ed-msg kill"]),
        ("", '<ed-msg info="Adds quotes"/>', []),
    ],
)
def test_status_and_messages(attributes: str, docdata: str, expected: list[str]) -> None:
    assert noticed(read(nitf(docdata, attributes=attributes))) == expected


def test_a_document_may_kill_another() -> None:
    attributes = 'management-doc-idref="pier-0" management-idref-status="canceled"'
    records = read(nitf(attributes=attributes))
    assert told(records) == [TEXT, "kill pier-0"]
    assert article(records).notices == ()
    assert told(read(nitf(story="", attributes=attributes))) == ["kill pier-0"]


def test_a_kill_without_a_story_is_a_notice_alone() -> None:
    [notice] = read(nitf(story="", attributes='management-status="canceled"'))
    assert getattr(notice, "kind", None) is NoticeKind.KILL


def test_a_story_to_be_released_later_is_embargoed() -> None:
    embargo = article(read(nitf('<date.release norm="20260506T000100Z"/>'))).embargo
    assert embargo is not None
    assert embargo.until == datetime(2026, 5, 6, 0, 1, tzinfo=UTC)
    records = read(nitf(attributes='management-status="embargoed"'))
    assert article(records).embargo is not None
    assert told(records)[1:] == ["bad-date embargo"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (nitf(story=""), ["empty no body.content with a text in it"]),
        (b"<nitf/>", ["empty no body.content with a text in it"]),
        (nitf('<date.issue norm="soon"/>'), ["bad-date date.issue", TEXT]),
        (b"<nitf><body>", ["bad-xml"]),
        (b"<nitf>" + b"<p>" * 5000 + b"</nitf>", ["too-large"]),
    ],
)
def test_documents_that_are_wrong(raw: bytes, expected: list[str]) -> None:
    for line, start in zip(told(read(raw, "a.nitf")), expected, strict=True):
        assert line.startswith(start)
