"""A page that a browser saved as one file is the page."""

from datetime import UTC, datetime

from claims.readers.options import ReadOptions
from tests.readers.wires import article, read, told

PAGE = (
    "<!DOCTYPE html><html lang=3D'en'><head><title>Bridge is safe</title></head><body><article>"
    "<h1>Bridge is safe</h1>"
    "<p>Mayor Ada Quill said at the caf=E9 that the old bridge over the harbour is safe.</p>"
    "<p>The Harbour Agency reported that two lorries had crossed it on Monday without harm.</p>"
    "<p>Nobody was hurt, and the ferry goes on running until the summer, the mayor added.</p>"
    "</article></body></html>"
)
HEAD = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://pier.example/bridge\r\n"
    "Subject: Bridge\r\nDate: Mon, 4 May 2026 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
)
PICTURE = "--b\r\nContent-Type: image/png\r\nContent-Location: cid:x\r\n\r\nx\r\n"
MAIN = (
    "--b\r\nContent-Type: text/html; charset=windows-1252\r\nContent-ID: <main>\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + PAGE + "\r\n"
)
SAVED = (HEAD + PICTURE + MAIN + "--b--\r\n").encode()


def test_the_page_is_read_with_its_address_and_encoding() -> None:
    found = article(read(SAVED, "a.mhtml"))
    assert "said at the caf\u00e9 that" in found.text
    assert (found.url, found.title) == ("https://pier.example/bridge", "Bridge is safe")
    assert (found.media_type, found.archived) == ("multipart/related", SAVED)
    assert found.reader.startswith("mhtml/1 html/")
    assert found.seen_at == datetime(2026, 5, 4, 8, tzinfo=UTC)


def test_the_ending_is_not_needed_and_the_option_goes_first() -> None:
    options = ReadOptions(url="https://pier.example/other")
    assert article(read(SAVED, options=options)).url == "https://pier.example/other"


def test_without_a_page_it_is_a_problem() -> None:
    assert told(read((HEAD + PICTURE + "--b--\r\n").encode(), "a.mht")) == [
        "no-article no page in it"
    ]
    assert told(read(HEAD.encode(), "a.mht")) == ["no-article no page in it"]
