"""What a page says of its article in schema.org's words: JSON-LD first, then microdata, RDFa Lite.

All three become the same objects: properties with `@type`.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias, TypeGuard

from lxml.html import HtmlElement

from claims.model.json import Json, JsonObject

MOST_NODES = 5_000
LONGEST_SCRIPT = 500_000
"""Code points of a block of JSON-LD; the longest seen, of a live blog, has 300,000."""
MOST_SCOPES = 20
"""Marked-up articles of a page that are looked at."""
DEEPEST = 40
"""Levels of objects within objects that are looked at."""

TYPES = (
    "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
    "AskPublicNewsArticle", "ReviewNewsArticle", "LiveBlogPosting", "NewsArticle", "Report",
    "SatiricalArticle", "AdvertiserContentArticle", "Article", "BlogPosting", "TechArticle",
    "ScholarlyArticle", "SocialMediaPosting",
)  # fmt: skip
"""Kinds of articles, the more particular first."""

Node: TypeAlias = JsonObject

_REMARK = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|"
                     r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$")  # fmt: skip
_LAST_COMMA = re.compile(r",(\s*[}\]])")
_NAMED = re.compile(r"(?:https?://schema\.org/|schema:)?(\w+)/?$", re.IGNORECASE)


def articles_of(root: HtmlElement) -> list[Node]:
    """The articles that a page describes, the best description first."""
    nodes = [node for node in _json_ld(root) if type_of(node)]
    nodes += islice(_marked_up(root), MOST_SCOPES)
    # What has a date or an author is the page's own article; a list of teasers has neither.
    return sorted(nodes, key=lambda node: not ("datePublished" in node and "headline" in node))


def type_of(node: Node) -> str | None:
    """Which kind of article a node is; None if it is something else."""
    types = {_plain(str(one)) for one in listed(node.get("@type"))}
    return next((name for name in TYPES if name in types), None)


def texts_of(value: Json, *names: str) -> list[str]:
    """The texts of a property: itself, or of the objects it has, the first of these properties."""
    texts = []
    for one in listed(value):
        if isinstance(one, dict):
            inner = next((one[name] for name in names if one.get(name)), None)
            texts += texts_of(inner) if not isinstance(inner, dict) else []
        elif isinstance(one, str) and one.strip():
            texts.append(html.unescape(one).strip())
    return texts


def text_of(value: Json, *names: str) -> str | None:
    """The first of such texts."""
    return next(iter(texts_of(value, *names)), None)


def json_ld_of(root: HtmlElement) -> Iterator[Json]:
    """Each block of JSON-LD in a page that can be read and is not too long."""
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            text = script.text or ""
            if len(text) <= LONGEST_SCRIPT:
                yield _parsed(text)


def _json_ld(root: HtmlElement) -> list[Node]:
    nodes: list[Node] = []
    for block in json_ld_of(root):
        nodes += _nodes_within(block)
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    return [_with_references(node, by_id) for node in nodes]


def _parsed(text: str) -> Json:
    """A block of JSON-LD, mended in the ways in which publishers break it; None if that fails."""
    plain = _REMARK.sub("", _REMARK.sub("", text)).strip().rstrip(";")
    for attempt in (plain, _LAST_COMMA.sub(r"\1", plain), html.unescape(plain)):
        try:
            value: Json
            value, _ = json.JSONDecoder(strict=False).raw_decode(attempt)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _nodes_within(value: Json) -> list[Node]:
    """All objects in a value, the outer ones first; those of a live blog's updates left out."""
    nodes: list[Node] = []
    level: list[Json] = [value]
    for _ in range(DEEPEST):
        following: list[Json] = []
        for one in level:
            if isinstance(one, dict):
                nodes.append(one)
                following += [
                    inner
                    for name, inner in one.items()
                    if name not in {"liveBlogUpdate", "comment", "itemListElement", "hasPart"}
                ]
            elif isinstance(one, list):
                following += one
        level = following[:MOST_NODES]
        if not level or len(nodes) > MOST_NODES:
            break
    return nodes


def _with_references(node: Node, by_id: dict[str, Node]) -> Node:
    return {name: _resolved(value, by_id) for name, value in node.items()}


def _resolved(value: Json, by_id: dict[str, Node]) -> Json:
    if isinstance(value, list):
        return [_resolved(one, by_id) if isinstance(one, dict) else one for one in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type", "name"} and "@id" in value:
        return {**by_id.get(str(value["@id"]), {}), **value}
    return value


def _marked_up(root: HtmlElement) -> Iterator[Node]:
    """Microdata's and RDFa Lite's objects that are articles."""
    for scope, kind, name in (
        ("itemscope", "itemtype", "itemprop"),
        ("typeof", "typeof", "property"),
    ):
        for element in root.iter():
            if isinstance(element.tag, str) and scope in element.attrib:
                node: Node = {"@type": [_plain(t) for t in element.get(kind, "").split()]}
                if type_of(node):
                    yield {**node, **_properties(element, scope, kind, name)}


def _properties(element: HtmlElement, scope: str, kind: str, name: str) -> Node:
    properties: dict[str, Json] = {}
    owners = {element: properties}
    for one in element.iterdescendants():
        if not isinstance(one.tag, str) or not (name in one.attrib or scope in one.attrib):
            continue
        above = next((owners[a] for a in one.iterancestors() if a in owners), properties)
        value: Json
        if scope in one.attrib:
            inner: dict[str, Json] = {"@type": [_plain(t) for t in one.get(kind, "").split()]}
            owners[one] = inner
            value = inner
            if name == "itemprop" or "content" not in one.attrib:
                inner.setdefault("name", _value(one)) if len(one) == 0 else None
        else:
            value = _value(one)
        for property_ in one.get(name, "").split():
            earlier = above.setdefault(_plain(property_), [])
            if isinstance(earlier, list):
                earlier.append(value)
    return properties


def _value(element: HtmlElement) -> str:
    for attribute in ("content", "datetime"):
        if element.get(attribute):
            return str(element.get(attribute))
    if element.tag in {"link", "a"} and element.get("href") and element.tag == "link":
        return str(element.get("href"))
    return " ".join("".join(element.itertext()).split())


def _plain(name: str) -> str:
    match = _NAMED.match(name.strip())
    return match[1] if match else name


def listed(value: Json) -> Iterable[Json]:
    """The values of a property, of which there may be one or several."""
    return value if _is_list(value) else [value]


def _is_list(value: Json) -> TypeGuard[list[Json]]:
    return isinstance(value, list)
