"""What a page says about its article: schema.org first, then Open Graph and other meta elements."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from claims.readers.credit import credit_of
from claims.readers.html_dates import first_date
from claims.readers.html_names import clean_byline, clean_title
from claims.readers.structured import Node, articles_of, text_of, texts_of
from claims.readers.web_address import web_address
from claims.text.clean import clean_line
from claims.text.fold import words_of

PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "article.published", "published-date", "publish-date",
    "publishdate", "publication_date", "pubdate", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "dcterms.date", "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "citation_publication_date", "date",
)  # fmt: skip
"""Names of meta elements with the date of publication, the surest first."""
CHANGED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "last-modified", "lastmod", "article.updated",
)  # fmt: skip
AUTHORS = (
    "author", "article:author_name", "byl", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "citation_author", "article:author",
)  # fmt: skip
LONGEST = 1_000
"""Code points of a title, a name, an address that are looked at."""
OUTLETS = ("og:site_name", "dc.publisher", "application-name", "publisher")

_TAG = re.compile(
    r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?:-[a-z0-9-]+)?", re.IGNORECASE
)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|author-?name|byline-?name|article-?author|entry-?author|"
    r"post-?author|contributor-?name)(?:-?link)?(?:$|\s)"
)
MOST_SHOWN = 5_000
"""Elements in which a byline is looked for."""
LONGEST_BYLINE = 80
"""Code points; an element with more says something about the author."""
_SUBDOMAINS = re.compile(r"^(?:www\d?|m|mobile|amp|edition)\.")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says about its article; each None if it does not.

    Attributes:
        title: Without the site's name.
        byline: The authors, separated by commas.
        outlet: The publisher, else the site.
        language: BCP 47 tag.
        url: Canonical address, if it is to be believed.
        other_urls: Further addresses on the same site.
        published_at: With a time zone.
        changed_at: When the page says it was last changed.
        credit: Whom schema.org's `sourceOrganization` names.
        nodes: The descriptions in schema.org's words, the best first.
    """

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    other_urls: tuple[str, ...] = ()
    published_at: datetime | None = None
    changed_at: datetime | None = None
    credit: str | None = None
    nodes: tuple[Node, ...] = field(default=())


def read_metadata(root: HtmlElement, address: str | None) -> PageMetadata:
    """What a page says about its article.

    Args:
        root: The page.
        address: Where the page was found, if that is known.
    """
    nodes = articles_of(root)
    meta = _meta(root)
    outlet = _first(
        *(text_of(node.get("publisher"), "name") for node in nodes[:1]), *_named(meta, OUTLETS)
    )
    url, others = _addresses(root, meta, nodes, address)
    return PageMetadata(
        title=_title(root, meta, nodes, outlet),
        byline=_byline(meta, nodes) or _shown_byline(root),
        outlet=outlet,
        language=_language(root, meta, nodes),
        url=url,
        other_urls=others,
        published_at=first_date(
            [
                *(one for node in nodes for one in texts_of(node.get("datePublished"))),
                *_named(meta, PUBLISHED),
                *_time_elements(root),
            ]
        ),
        changed_at=first_date(
            [
                *(one for node in nodes[:1] for one in texts_of(node.get("dateModified"))),
                *_named(meta, CHANGED),
            ]
        ),
        credit=credit_of((text_of(one.get("sourceOrganization"), "name") for one in nodes), outlet),
        nodes=tuple(nodes),
    )


def clean_language(tag: str | None) -> str | None:
    """A BCP 47 tag as it is usually written; None if the text is not one."""
    match = _TAG.fullmatch((tag or "").strip().replace("_", "-"))
    if match is None or match[1].lower() in {"und", "mul", "zxx"}:
        return None
    script = match[2].title() if match[2] else None
    region = match[3].upper() if match[3] else None
    return "-".join(filter(None, (match[1].lower(), script, region)))


def _title(
    root: HtmlElement, meta: dict[str, list[str]], nodes: list[Node], outlet: str | None
) -> str | None:
    headings = [_inner(one) for one in root.iter("h1")]
    in_head = next((_inner(one) for one in root.iter("title")), None)
    heading = headings[0] if len(headings) == 1 else None
    title = _first(
        *(text_of(node.get("headline")) for node in nodes if _is_titled(node, root)),
        *_named(meta, ("og:title", "twitter:title", "dc.title", "title")),
        heading,
        in_head,
        *headings,
    )
    return clean_title(title, outlet or _site(in_head, heading), heading) if title else None


def _is_titled(node: Node, root: HtmlElement) -> bool:
    """Whether a headline in a description is that of the page, not of a teaser or a series."""
    words = set(words_of(text_of(node.get("headline")) or ""))
    seen = [_inner(one) for name in ("title", "h1") for one in root.iter(name)]
    shown = set(words_of(" ".join(seen[:5])))
    return not shown or 2 * len(words & shown) >= len(words)


def _site(in_head: str | None, heading: str | None) -> str | None:
    """What stands in the head's title after the headline: the site's name."""
    if in_head and heading and in_head.startswith(heading):
        return in_head[len(heading) :].strip(" |-–—:·") or None
    return None


def _byline(meta: dict[str, list[str]], nodes: list[Node]) -> str | None:
    for node in nodes:
        authors = texts_of(node.get("author") or node.get("creator"), "name", "alternateName")
        if byline := clean_byline(authors):
            return byline
    return clean_byline(next((meta[name] for name in AUTHORS if meta.get(name)), []))


def _shown_byline(root: HtmlElement) -> str | None:
    """The authors as an element shows them that is marked or named as a byline."""
    for element in islice(root.iter("a", "span", "p", "div", "address", "cite"), MOST_SHOWN):
        names = f"{element.get('class', '')} {element.get('itemprop', '')}"[:LONGEST].lower()
        if element.get("rel") == "author" or _BYLINE.search(names):
            text = _inner(element)
            if len(text) <= LONGEST_BYLINE and (byline := clean_byline([text])):
                return byline
    return None


def _language(root: HtmlElement, meta: dict[str, list[str]], nodes: list[Node]) -> str | None:
    tags = (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        root.get("xml:lang"),
        *(text_of(node.get("inLanguage"), "alternateName", "name") for node in nodes),
        *_named(meta, ("og:locale", "content-language", "dc.language", "language")),
    )
    return next(filter(None, map(clean_language, tags)), None)


def _addresses(
    root: HtmlElement, meta: dict[str, list[str]], nodes: list[Node], address: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """The canonical address and the others that the page says it has.

    A canonical address is believed on the site where the page was found, and if it is not the
    site's first page: templates copied to other sites and misused ones merge unlike articles.
    """
    links: dict[str, list[str]] = {"canonical": [], "amphtml": [], "shortlink": []}
    for link in root.iter("link"):
        for relation in link.get("rel", "").lower().split():
            if relation in links and link.get("href"):
                links[relation].append(link.get("href"))
    own = web_address(address)
    canonical = links["canonical"][:1] + meta.get("og:url", [])
    for node in nodes[:1]:
        canonical += texts_of(node.get("mainEntityOfPage"), "@id", "url")
        canonical += texts_of(node.get("url"))
    base = own or next(filter(None, map(web_address, canonical)), None)
    believed = _believed(canonical, base)
    url = believed[0] if believed else own
    others = [*([own] if own else []), *believed, *_believed(links["amphtml"], base)]
    others += _believed(links["shortlink"], base)
    return url, tuple(one for one in dict.fromkeys(others) if one != url)


def _believed(addresses: Iterable[str], base: str | None) -> list[str]:
    believed = []
    for address in addresses:
        absolute = web_address(_joined(base, address))
        if absolute and base and _site_of(absolute) == _site_of(base):
            parts = urlsplit(absolute)
            if parts.path.strip("/") or parts.query:
                believed.append(absolute.split("#", 1)[0])
    return believed


def _joined(base: str | None, address: str) -> str | None:
    if " " in address.strip():
        return None
    try:
        return urljoin(base or "", address.strip())
    except ValueError:
        return None


def _site_of(address: str) -> str:
    return _SUBDOMAINS.sub("", urlsplit(address).hostname or "")


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    """The contents of meta elements by their names, lower case."""
    contents: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        value = clean_line((element.get("content") or "")[:LONGEST])
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if value and element.get(attribute):
                contents.setdefault(element.get(attribute).strip().lower(), []).append(value)
                break
    return contents


def _named(meta: dict[str, list[str]], names: Iterable[str]) -> list[str]:
    return [value for name in names for value in meta.get(name, ())]


def _time_elements(root: HtmlElement) -> list[str]:
    """The moments of `<time>` elements: those that say they are of publication, then the first."""
    stamped = [one for one in root.iter("time") if one.get("datetime")]
    published = [one for one in stamped if _says_published(one)]
    return [one.get("datetime") for one in [*published, *stamped[:1]]]


def _says_published(element: HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('itemprop', '')}".lower()
    return "pubdate" in element.attrib or "publish" in names or "entry-date" in names


def _inner(element: HtmlElement) -> str:
    return clean_line("".join(element.itertext())[:LONGEST])


def _first(*values: str | None) -> str | None:
    return next((line for value in values if value and (line := clean_line(value))), None)
