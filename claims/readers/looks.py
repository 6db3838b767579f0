"""How the beginning of a file looks: what its first bytes say of its format."""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from claims.model.json import JsonObject

GZIP = b"\x1f\x8b"
TAGS = ("<!doctype html", "<html", "<head", "<body", "<article")
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x1b")
SAMPLE = 4096
MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    # Without a mark, as XML allows: how "<?" looks in them.
    (b"<\x00\x00\x00?\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<\x00\x00\x00?", "utf-32-be"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)
PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
ROOT = re.compile(r"<(?:(?P<prefix>[\w.-]+):)?(?P<name>[\w.-]+)(?P<attributes>[^>]*)")
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t]?.*(?:\r?\n[ \t]+.*)*(?:\r?\n|$)")
MAIL_HEADERS = frozenset(
    ("from", "to", "subject", "date", "message-id", "mime-version", "received", "return-path")
)
FROM_LINE = re.compile(r"From \S+ .*\d{4}[^\n]*\r?\n[A-Za-z][A-Za-z0-9-]*:")
SITEMAP_ROOTS = ("urlset", "sitemapindex")
NEWSML_G2 = (
    "newsItem", "newsMessage", "packageItem", "conceptItem", "knowledgeItem", "planningItem",
    "catalogItem",
)  # fmt: skip

NINJS = frozenset(
    ("altids", "bodies", "copyrightholder", "embargoed", "embargoeduntil", "headlines",
    "infosource", "infosources", "pubstatus", "trustindicator", "trustindicators", "uri",
    "versioncreated")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """The first bytes of a file.

    Attributes:
        raw: As they are.
        text: As text, without what stands before the first character.
        root: The root element's name, if it is XML, else empty.
        namespace: Its namespace, if it has one.
    """

    raw: bytes
    text: str
    root: str = ""
    namespace: str = ""


Looks = Callable[[Head], bool]
Fits = Callable[[JsonObject], bool]


def look_at(raw: bytes) -> Head:
    """The head of these bytes; a few thousand will do."""
    encoding = next((name for mark, name in MARKS if raw.startswith(mark)), "latin-1")
    text = raw.decode(encoding, "replace").removeprefix("\ufeff").lstrip()
    if not text.startswith("<"):
        return Head(raw, text)
    at = 0
    while prolog := PROLOG.match(text, at):
        at = prolog.end()
    element = ROOT.match(text, at)
    if element is None:
        return Head(raw, text)
    name = "xmlns" + (f":{element['prefix']}" if element["prefix"] else "")
    space = re.search(rf"""\s{re.escape(name)}\s*=\s*["']([^"']*)""", element["attributes"])
    return Head(raw, text, element["name"], space[1].strip() if space else "")


def is_binary(raw: bytes) -> bool:
    """Whether bytes are not text: no mark of an encoding, and one in ten is a control character."""
    if any(raw.startswith(mark) for mark, _ in MARKS):
        return False
    sample = raw[:SAMPLE]
    return sum(byte in CONTROLS for byte in sample) * 10 > len(sample)


def never(head: Head) -> bool:  # noqa: ARG001 - one of many of this form
    """For a format that only its name's ending tells."""
    return False


def fits_none(fields: JsonObject) -> bool:  # noqa: ARG001 - likewise
    """For a format that is not one JSON object."""
    return False


def begins(*signatures: bytes, at: int = 0) -> Looks:
    """The bytes begin with one of these, or have it at a place of their own."""
    return lambda head: head.raw.startswith(signatures, at)


def has_root(*names: str) -> Looks:
    """XML whose root element has one of these names."""
    return lambda head: head.root in names


def is_html(head: Head) -> bool:
    """A page, XHTML among them."""
    return head.text[:20].lower().startswith(TAGS) or head.root.lower() == "html"


def is_json(head: Head) -> bool:
    """An object or an array."""
    return head.text.startswith(("{", "["))


def is_feed(head: Head) -> bool:
    """RSS, Atom, RDF, or Netscape's channels before them."""
    return head.root in {"rss", "feed", "RDF", "channel"}


def is_json_feed(fields: JsonObject) -> bool:
    """An object that says so in its version."""
    return "jsonfeed.org/version/" in str(fields.get("version"))


def is_ninjs(fields: JsonObject) -> bool:
    """A news item: it has an id or a field that only ninjs has, and not the `text` of our lines."""
    names = {name.lower() for name in fields}
    old = any(name.startswith(("body_", "headline_")) for name in names)
    return "text" not in names and (old or not NINJS.isdisjoint(names))


def is_warc(head: Head) -> bool:
    """WARC or ARC, packed or not."""
    return _decoded_start(head.raw).startswith((b"WARC/", b"filedesc://"))


def is_wacz(head: Head) -> bool:
    """A ZIP that begins with what a WACZ holds."""
    first = head.raw[30:90]
    return head.raw.startswith(b"PK\x03\x04") and first.startswith(
        (b"datapackage", b"archive/", b"indexes/", b"pages/")
    )


def is_mbox(head: Head) -> bool:
    """A mailbox: a line `From …` with a year, then headers."""
    return FROM_LINE.match(head.text) is not None


def is_mail(head: Head) -> bool:
    """One mail: headers, two of them headers that only mails have."""
    return len(MAIL_HEADERS & _headers(head).keys()) > 1 and not is_mhtml(head)


def is_mhtml(head: Head) -> bool:
    """A page saved by a browser as one file."""
    headers = _headers(head)
    related = headers.get("content-type", "").startswith("multipart/related")
    saved = "snapshot-content-location" in headers or "saved by" in headers.get("from", "")
    return related and (saved or "to" not in headers)


def is_zip_of(*parts: bytes) -> Looks:
    """A ZIP whose first entries are named so."""
    return lambda head: head.raw.startswith(b"PK\x03\x04") and any(p in head.raw for p in parts)


def _headers(head: Head) -> dict[str, str]:
    headers, at = {}, 0
    while line := HEADER.match(head.text, at):
        headers[line[1].lower()] = line[0][len(line[1]) + 1 :].strip().lower()
        at = line.end()
    return headers


def _decoded_start(raw: bytes) -> bytes:
    if not raw.startswith(GZIP):
        return raw
    try:
        return zlib.decompressobj(wbits=31).decompress(raw, 64)
    except zlib.error:
        return raw
