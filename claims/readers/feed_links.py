"""What a feed calls itself, and which feeds a page names."""

import io
from collections.abc import Mapping
from urllib.parse import urljoin

import feedparser

from claims.model.problem import Problem
from claims.readers.encoding import decode_page
from claims.readers.formats import Format
from claims.readers.html_tree import parse_page
from claims.readers.jsonl import parse_json
from claims.readers.web_address import web_address
from claims.text.clean import clean_line

LINKED = frozenset(
    {
        "application/rss+xml", "application/atom+xml", "application/rdf+xml",
        "application/feed+json",
    }
)  # fmt: skip
MOST_LINKS = 10
LONGEST = 200


def title_of_feed(raw: bytes, form: Format) -> str | None:
    """The title of a feed that was read; None if it has none, as sitemaps have."""
    if form is Format.JSONFEED:
        fields = parse_json(raw.decode("utf-8-sig", "replace"))
        title = fields.get("title") if isinstance(fields, Mapping) else None
        return (clean_line(title)[:LONGEST] or None) if isinstance(title, str) else None
    if form is not Format.FEED:
        return None
    parsed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    return clean_line(parsed["feed"].get("title") or "")[:LONGEST] or None


def feeds_of_page(raw: bytes, charset: str | None, address: str) -> list[str]:
    """The addresses of the feeds that a page names, in its order; empty if it is no page."""
    decoded = decode_page(address, raw, charset)
    root = None if isinstance(decoded, Problem) else parse_page(decoded.text)
    links: dict[str, None] = {}
    for link in () if root is None else root.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        media_type = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" not in relations or media_type not in LINKED:
            continue
        try:
            url = web_address(urljoin(address, (link.get("href") or "").strip()))
        except ValueError:
            continue
        if url:
            links[url] = None
    return list(links)[:MOST_LINKS]
