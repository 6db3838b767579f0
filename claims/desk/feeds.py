"""Feeds of new claims, sitemap and robots file of a public site (pure)."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

MOST_ADDRESSES = 50_000
"""Addresses that one sitemap may have (sitemaps.org)."""

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
TITLE = "Published claims"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A claim as feeds have it.

    Attributes:
        claim: Its id.
        title: Who says what.
        summary: The words, with what is known of who printed them.
        at: When it was decided on last.
    """

    claim: uuid.UUID
    title: str
    summary: str
    at: datetime


def write_atom(origin: str, entries: Sequence[FeedEntry], at: datetime) -> bytes:
    """The feed in Atom (RFC 4287).

    Args:
        origin: The site's address, without a slash at its end.
        entries: The claims, the newest first.
        at: When the site was made, for a feed without entries.
    """
    feed = ET.Element("feed", {"xmlns": ATOM})
    _add(feed, "id", f"{origin}/")
    _add(feed, "title", TITLE)
    _add(feed, "updated", (entries[0].at if entries else at).isoformat())
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{origin}/feed.atom")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{origin}/")
    _add(_add(feed, "author"), "name", "claims")
    for one in entries:
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:uuid:{one.claim}")
        _add(entry, "title", _printable(one.title))
        _add(entry, "updated", one.at.isoformat())
        _add(entry, "link", rel="alternate", href=f"{origin}/claims/{one.claim}/")
        _add(entry, "summary", _printable(one.summary))
    return _bytes(feed)


def write_json_feed(origin: str, entries: Sequence[FeedEntry]) -> bytes:
    """The same as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": TITLE,
        "home_page_url": f"{origin}/",
        "feed_url": f"{origin}/feed.json",
        "items": [
            {
                "id": f"urn:uuid:{one.claim}",
                "url": f"{origin}/claims/{one.claim}/",
                "title": one.title,
                "content_text": one.summary,
                "date_modified": one.at.isoformat(),
            }
            for one in entries
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def write_sitemaps(origin: str, paths: Sequence[str]) -> dict[str, bytes]:
    """The sitemap by the names of its files: one, or an index of several."""
    parts = [paths[n : n + MOST_ADDRESSES] for n in range(0, len(paths), MOST_ADDRESSES)] or [()]
    if len(parts) == 1:
        return {"sitemap.xml": _sitemap("urlset", "url", [origin + path for path in parts[0]])}
    files = {
        f"sitemap-{number}.xml": _sitemap("urlset", "url", [origin + path for path in part])
        for number, part in enumerate(parts, 1)
    }
    index = _sitemap("sitemapindex", "sitemap", [f"{origin}/{name}" for name in files])
    return {"sitemap.xml": index, **files}


def write_robots(origin: str) -> bytes:
    """Programs may read all of it, and find the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {origin}/sitemap.xml\n".encode()


def _sitemap(root: str, name: str, addresses: Sequence[str]) -> bytes:
    tree = ET.Element(root, {"xmlns": SITEMAP})
    for address in addresses:
        _add(_add(tree, name), "loc", address)
    return _bytes(tree)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text or None
    return element


def _printable(text: str) -> str:
    """Text as XML may hold it: no control characters but tab and line feed."""
    return "".join(
        one if one in "\t\n" or (one >= " " and one not in "\ufffe\uffff") else "\ufffd"
        for one in text
    )


def _bytes(tree: ET.Element) -> bytes:
    written: bytes = ET.tostring(tree, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
