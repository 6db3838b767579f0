"""A small input of each format, to be damaged."""

import gzip
import io
import zipfile
from collections.abc import Mapping

from tests.readers.archives import Archive, page
from tests.readers.wires import newsml, ninjs, nitf

PAGE = (
    b"<!DOCTYPE html><html lang='en'><head><title>Bridge is safe</title>"
    b"<meta property='article:published_time' content='2026-05-04T08:00:00Z'></head><body><article>"
    b"<h1>Bridge is safe</h1><p>Mayor Ada Quill said the old bridge is <q>safe again</q>.</p>"
    b"<p>The Harbour Agency reported that two lorries had crossed it on Monday without harm.</p>"
    b"</article></body></html>"
)
LINES = b'{"doc_id": "a", "text": "She said so.", "published": "2026-05-04"}\n{"text": "He too."}\n'
ARRAY = b'[\n  {"doc_id": "a", "text": "She said so."},\n  {"text": "He [too] {did}."}\n]\n'
RSS = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
    b' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Pier</title>'
    b"<item><guid>1</guid><link>https://thepier.example/1</link>"
    b"<pubDate>Mon, 04 May 2026 08:00:00 +0200</pubDate>"
    b"<content:encoded><![CDATA[<p>She said: &ldquo;Yes&rdquo;.</p>]]></content:encoded></item>"
    b"<item><guid>2</guid><link>https://thepier.example/2</link></item></channel></rss>"
)
ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><entry><id>urn:a</id>'
    b'<link href="https://b.example/1"/><updated>2026-05-05T10:00:00+02:00</updated>'
    b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Yes.</p></div></content>'
    b"</entry></feed>"
)
JSON_FEED = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "Pier", "items": ['
    b'{"id": 1, "content_html": "<p>Yes.</p>", "date_published": "2026-05-04T08:00:00Z"},'
    b'{"id": "2", "url": "https://thepier.example/2", "summary": "No."}]}'
)
SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    b' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
    b"<loc>https://thepier.example/1</loc><news:news><news:title>Bridge</news:title>"
    b"<news:publication_date>2026-05-04</news:publication_date></news:news></url></urlset>"
)
ARCHIVE = Archive().add("https://thepier.example/1", page("Yes")).raw


def _wacz() -> bytes:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("archive/a.warc.gz", ARCHIVE)
    return package.getvalue()


MAIL = (
    b"From: Harbour Agency <press@harbour.example>\r\nSubject: Bridge\r\n"
    b"Date: Mon, 4 May 2026 08:00:00 +0200\r\nMessage-ID: <m1@harbour.example>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe bridge is safe.\r\n"
    b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>The bridge is safe.\r\n--b--\r\n"
)
MAILBOX = 2 * (b"From press@harbour.example Mon May  4 08:00:00 2026\n" + MAIL + b"\n")
SAVED_PAGE = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/bridge\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; type=text/html; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/html\r\n\r\n" + PAGE + b"\r\n--b--\r\n"
)

SAMPLES: Mapping[str, bytes] = {
    "a.txt": "Mayor Ada Quill said: “Yes”.\r\n\r\nHe agreed.".encode(),
    "a.html": PAGE,
    "a.jsonl": LINES,
    "a.json": ARRAY,
    "rss.xml": RSS,
    "atom.xml": ATOM,
    "feed.json": JSON_FEED,
    "sitemap.xml": SITEMAP,
    "ninjs.json": ninjs(pubStatus="usable", version="2", embargoedUntil="2020-01-01T00:00:00Z"),
    "newsml.xml": newsml("<versionCreated>2026-05-04T08:00:00Z</versionCreated>").encode(),
    "a.nitf": nitf('<date.issue norm="20260504T080000Z"/>'),
    "a.eml": MAIL,
    "a.mbox": MAILBOX,
    "a.mhtml": SAVED_PAGE,
    "a.warc.gz": ARCHIVE,
    "a.wacz": _wacz(),
    "a.jsonl.gz": gzip.compress(LINES, mtime=0),
    "rss.xml.gz": gzip.compress(RSS, mtime=0),
}
"""Each under a name that its format has."""
