"""Addresses and ids of documents: which are the same, and which may be believed."""

import uuid
from urllib.parse import urlsplit

from courlan import clean_url, extract_domain

from claims.model.article import Article
from claims.model.identity import derived_id
from claims.model.kinds import AddressKind
from claims.readers.limits import is_storable_address

FRONT_PAGES = frozenset({"", "/", "/index.html", "/index.htm", "/index.php"})
"""Paths of a site's first page, which is no article's address."""


def address_key(url: str) -> str:
    """One form for addresses that lead to the same page.

    The scheme, `www.`, a fragment, a slash at the end and parameters that only track readers make
    no other page. Parameters that may name the article stay, and so does a text fragment, which
    names a passage.
    """
    if not url.lower().startswith(("http://", "https://")):
        return url
    try:
        parts = urlsplit(clean_url(url) or url)
        number = parts.port
    except ValueError:
        return url  # no program can take it apart
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{number}" if number and number not in {80, 443} else ""
    query = f"?{parts.query}" if parts.query else ""
    _, passage, words = url.partition("#:~:text=")
    return f"{host}{port}{parts.path.rstrip('/')}{query}{passage}{words}"


def address_id(url: str) -> uuid.UUID:
    """The id of an address: the same for all that lead to one page."""
    return derived_id("document_address", address_key(url))


def identifier_id(outlet: str | None, external_id: str) -> uuid.UUID:
    """The id of what an outlet calls an article."""
    return derived_id("document_identifier", outlet or "", external_id)


def ids_of(article: Article) -> tuple[str, ...]:
    """The ids by which its publisher knows an article, its own first."""
    ids = (article.external_id, *article.other_ids, article.evolved_from)
    return tuple(dict.fromkeys(one for one in ids if one))


def domain_of(url: str) -> str | None:
    """The domain that somebody registered, such as `example.co.uk`; None if it is no such host."""
    domain = extract_domain(url, fast=True)
    return domain.lower() if domain else None


def believed_url(article: Article) -> str | None:
    """The address that names the article: what the page calls canonical, if that can be true.

    It cannot if it is on another domain than the page, or the site's first page. The items of a
    feed have addresses of their own.
    """
    if article.part is not None:
        return article.url
    page = article.capture.uri if article.capture else None
    if page and not is_storable_address(page):
        page = None  # an index has no room for it; the bytes keep it
    if not article.url or not page or article.url == page:
        return article.url or page
    same_site = domain_of(article.url) == domain_of(page)
    return article.url if same_site and _path(article.url) not in FRONT_PAGES else page


def addresses_of(article: Article) -> dict[str, AddressKind]:
    """All addresses that an article was met under, the believed one first."""
    capture = article.capture
    url = believed_url(article)
    addresses: dict[str, AddressKind] = {url: AddressKind.CANONICAL} if url else {}
    if capture and article.part is None:
        addresses.setdefault(capture.uri, AddressKind.FETCHED)
        for redirect in capture.redirects:
            addresses.setdefault(redirect, AddressKind.REDIRECT)
    for other in article.other_urls:
        if _path(other) not in FRONT_PAGES:
            addresses.setdefault(other, AddressKind.OTHER)
    return addresses


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
