"""NewsML-G2 becomes articles, notices and embargoes; nothing it names is opened."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.model.article import Article
from claims.model.notice import Notice, NoticeKind
from tests.readers.wires import G2, STORY, TEXT, article, newsml, nitf, noticed, read, told

ABOUT = (
    "<contentCreated>2026-05-03T10:00:00Z</contentCreated><altId type='usn'>77-88</altId>"
    "<infoSource><name>Sea Wire</name></infoSource><creator><name>Tom Reed</name></creator>"
    "<language tag='en-IE'/><headline>Bridge is <em>safe</em></headline>"
)
META = (
    "<versionCreated>2026-05-05T09:30:00Z</versionCreated>"
    "<firstCreated>2026-05-04T08:00:00+02:00</firstCreated><pubStatus qcode='stat:usable'/>"
    "<link rel='irel:canonical' href='https://pier.example/bridge'/>"
)


def test_an_item_keeps_what_it_states() -> None:
    found = article(read(newsml(META, about=ABOUT, version=3).encode()))
    assert found.text == TEXT
    assert (found.title, found.byline, found.outlet) == ("Bridge is safe", "Tom Reed", "The Pier")
    assert (found.external_id, found.publisher_version) == ("urn:pier:1", 3)
    assert (found.url, found.other_ids) == ("https://pier.example/bridge", ("77-88",))
    assert (found.language, found.credit) == ("en-IE", "Sea Wire")
    assert found.published_at == datetime(2026, 5, 4, 6, tzinfo=UTC)
    assert found.publisher_time == datetime(2026, 5, 5, 9, 30, tzinfo=UTC)
    assert (found.part, found.reader) == (None, "newsml/1")


def test_a_message_is_read_item_by_item() -> None:
    second = newsml().replace("urn:pier:1", "urn:pier:2")
    package = f'<packageItem xmlns="{G2}" guid="p" version="1"/>'
    raw = f'<newsMessage xmlns="{G2}"><itemSet>{newsml()}{package}{second}</itemSet></newsMessage>'
    records = read(raw.encode(), "wire.xml")
    assert told(records) == [TEXT, "empty a <packageItem>, which holds no article", TEXT]
    articles = [record for record in records if isinstance(record, Article)]
    assert [it.part for it in articles] == ["urn:pier:1", "urn:pier:2"]
    assert {it.archived for it in articles} == {raw.encode()}
    assert [it.place for it in articles] == ["wire.xml#1", "wire.xml#3"]


NITF = nitf().decode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"<inlineXML>{NITF}</inlineXML>", TEXT),
        (
            "<inlineData contenttype='text/plain'>One line.\r\n\r\nTwo.</inlineData>",
            "One line.\nTwo.",
        ),
        ("<inlineData contenttype='text/html'>&lt;p&gt;One&lt;p&gt;Two</inlineData>", "One\nTwo"),
        (
            "<inlineData encoding='base64'>AAAA</inlineData>",
            "empty a news item without a text in it",
        ),
        ("<remoteContent href='a.jpg'/>", "empty a news item whose content is elsewhere"),
        ("", "empty a news item without content"),
        (f"<inlineData>short</inlineData><inlineXML>{NITF}</inlineXML>", TEXT),
    ],
)
def test_content_in_each_form(content: str, expected: str) -> None:
    assert told(read(newsml(content=content).encode())) == [expected]


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ("<pubStatus qcode='stat:canceled'/>", ["kill newsml-pubstatus canceled"]),
        ("<pubStatus qcode='stat:withheld'/>", ["kill newsml-pubstatus withheld"]),
        (
            "<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/canceled'/>",
            ["kill newsml-pubstatus canceled"],
        ),
        ("<pubStatus qcode='stat:usable'/>", ["restore newsml-pubstatus usable"]),
        ("<signal qcode='sig:correction'/>", ["correct newsml-signal correction"]),
        ("<signal qcode='sig:update'/>", []),
        ("<signal qcode='sig:kill'/><pubStatus qcode='stat:usable'/>", ["kill newsml-signal kill"]),
        ("<edNote>CORRECTS the date</edNote>", ["correct newsml-ednote CORRECTS the date"]),
        ("", []),
    ],
)
def test_status_signal_and_note(meta: str, expected: list[str]) -> None:
    assert noticed(read(newsml(meta).encode())) == expected


def test_a_kill_that_comes_alone_is_a_notice() -> None:
    meta = "<versionCreated>2026-05-05T09:30:00Z</versionCreated><pubStatus qcode='stat:canceled'/>"
    [notice] = read(newsml(meta, content="", version=9).encode())
    assert isinstance(notice, Notice)
    assert (notice.kind, notice.external_id, notice.outlet) == (
        NoticeKind.KILL,
        "urn:pier:1",
        "The Pier",
    )
    assert notice.issued_at == datetime(2026, 5, 5, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("embargoed", "until", "problems"),
    [
        ("<embargoed>2026-05-06T00:01:00Z</embargoed>", datetime(2026, 5, 6, 0, 1, tzinfo=UTC), 0),
        ("<embargoed/>", None, 0),
        ("<embargoed>after the speech</embargoed>", None, 1),
        (
            "<edNote>EMBARGOED UNTIL 00:01 GMT 6 May 2026</edNote>",
            datetime(2026, 5, 6, 0, 1, tzinfo=UTC),
            0,
        ),
    ],
)
def test_embargo(embargoed: str, until: datetime | None, problems: int) -> None:
    first, *rest = read(newsml(embargoed).encode())
    embargo = article([first]).embargo
    assert embargo is not None
    assert embargo.until == until
    assert told(rest) == ["bad-date embargo"] * problems


def test_entities_are_refused_and_nothing_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret of this machine")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    for subset in (
        f'<!ENTITY x SYSTEM "file://{secret}">',
        f'<!ENTITY % x SYSTEM "file://{secret}"> %x;',
        f'<!ENTITY e0 "ha">{bomb}',
    ):
        document = newsml(content=f"<inlineData>&x;&e9;{STORY}</inlineData>")
        raw = f'<?xml version="1.0"?><!DOCTYPE newsItem [{subset}]>{document}'.encode()
        assert told(read(raw, "a.xml")) == ["dtd-refused it declares entities in a DTD of its own"]


@pytest.mark.parametrize(
    "raw", [b"<newsItem", b"<newsItem><a></b></newsItem>", b"<newsItem>\xff</newsItem>"]
)
def test_xml_that_is_not_well_formed_is_one_problem(raw: bytes) -> None:
    assert [line.split()[0] for line in told(read(raw, "a.xml"))] == ["bad-xml"]


def test_newsml_1_is_told_by_name() -> None:
    [line] = told(read(b"<?xml version='1.0'?><NewsML><NewsItem/></NewsML>", "a.xml"))
    assert "NewsML 1" in line
