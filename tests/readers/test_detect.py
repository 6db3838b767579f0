"""What bytes look like decides, then the name; what is not read is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.readers.detect import detect
from claims.readers.foreign import FOREIGN_BYTES, FOREIGN_TEXTS, Foreign
from claims.readers.formats import ENDINGS, FORMATS

MAIL = b"Received: from a\r\n by b\r\nFrom: press@example.org\r\nSubject: News\r\n\r\nText"


def told(name: str, head: bytes) -> str:
    found = detect(name, head)
    return found.name if isinstance(found, Foreign) else found.value


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.xml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "html"),
        (
            "-",
            b"<?xml version='1.0'?>\n<!-- <rss> -->\n<report a='1'>",
            "XML with the root <report>",
        ),
        ("a.xml", b"<report>", "XML with the root <report>"),
        ("a.xml", b"He said so.", "XML of an unknown kind"),
        ("-", b"<report>", "plain"),
        ("a.txt", b"<?xml version='1.0'?><report>", "plain"),
        ("a.txt", MAIL, "plain"),
        ("-", MAIL, "mail"),
        ("-", b"Subject: one header is no mail\n\nText", "plain"),
        ("-", b"From ada@example.org Mon May  4 08:00:00 2026\nFrom: x\n\n", "mbox"),
        ("-", b"From the harbour, in 2026\nNo header", "plain"),
        ("a.txt", b"%PDF-1.7", "a PDF"),
        ("a.jsonl", b"%PDF-1.7", "a PDF"),
        ("a.pdf", b"\xef\xbb\xbf\n%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF"),
        ("a.pdf", b"Mayor Ada Quill said", "plain"),
        ("a.pdf", b"<!doctype html><title>Not found</title>", "html"),
        ("a.mp3", b"ID3 is a tag of recordings.", "plain"),
        ("-", "<?xml version='1.0'?><svg>".encode("utf-16"), "an SVG picture"),
        ("-", "<?xml version='1.0'?><svg>".encode("utf-16-le"), "an SVG picture"),
        ("a.json.gz", b"\x1f\x8b", "json"),
    ],
)
def test_content_decides_then_the_ending(name: str, head: bytes, expected: str) -> None:
    assert told(name, head) == expected


def test_a_browsers_page_is_no_mail() -> None:
    saved = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\n"
    related = (
        b"Subject: A page\r\nDate: Mon, 4 May 2026\r\nContent-Type: multipart/related;\r\n b=x\r\n"
    )
    assert told("-", saved + related) == "mhtml"


@given(st.binary(max_size=300), st.sampled_from(["-", *(f"a{ending}" for ending in ENDINGS)]))
def test_any_bytes_have_one_format(head: bytes, name: str) -> None:
    assert detect(name, head) in {*FORMATS, *FOREIGN_BYTES, *FOREIGN_TEXTS} or told(
        name, head
    ).startswith("XML with")
