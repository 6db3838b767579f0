"""What on a page is not the article: by the names and roles of elements, and by short lines.

By kind, never by a list of publishers. Names of classes are words of the trade: `share`, `related`,
`newsletter` mean the same everywhere.
"""

import re
from functools import lru_cache

from lxml.html import HtmlElement

CAPTION, OTHER = 0.7, 0.4
"""Shares of the text. A page with a photograph and one sentence may have a longer caption."""

_TAGS = frozenset({"nav", "footer", "figcaption", "menu", "dialog", "form"})
_ROLES_WORDS = (
    "navigation complementary search banner contentinfo dialog alertdialog menu menubar toolbar"
    " tablist tooltip form note doc-endnotes doc-footnote"
)
_ROLES = frozenset(_ROLES_WORDS.split())
_WORDS = re.compile(
    r"(?:^|[^a-z])(?:"
    r"shar(?:e|es|ing|ebar|ethis|edaddy|etools)|social(?:s|bar|media|icons?|links?)?|addtoany|addthis|"
    r"related|recommend(?:ed|ation|ations|s)?|recirc(?:ulation)?|"
    r"more-(?:stories|news|on|from|articles)|read-?more|read-?also|also-?read|see-?also|readnext|read-next|"
    r"most-?read|most-?popular|popular-posts|trending|"
    r"news-?letters?|subscri(?:be|ption|ptions)|sign-?up|signin|log-?in|register|paywall|"
    r"ad|ads|advert(?:s|isement|isements|ising|orial)?|adslot|banner-ad|sponsor(?:ed|s)?|promo(?:s|tion|box|ted)?|"
    r"outbrain|taboola|"
    r"comments?(?:-?(?:list|area|section|form|respond))?|disqus(?:_thread)?|respond|"
    r"cookies?|consent|gdpr|"
    r"breadcrumbs?|crumbs?|pagination|pager|post-navigation|nav(?:bar|igation)?|menu|"
    r"tags?|tag-?list|tag-?cloud|post-tags|categories|"
    r"author-?(?:bio|box|card|profile)|bio-?box|about-?(?:the-)?author|"
    r"caption|wp-caption-text|captiontext|credits?|image-?description|bildunter(?:titel|schrift|zeile)|legende?|photo-?credit|image-?credit|copyright|"
    r"by-?lines?|dateline-author|post-?meta|entry-?meta|article-?meta|timestamp|"
    r"tool-?bar|tools|side-?bar|widgets?|popup|modal|overlay|lightbox|toc|table-of-contents|"
    r"rating|ratings|votes?|likes?|reactions?|print|mailto|hidden-print|no-?print|"
    r"foot-?notes?|site-footer|page-footer|page-header|masthead|skip-link"
    r")(?:$|[^a-z])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_INLINE_TAGS = "a b strong em i u span small font abbr time cite mark label sub"
_INLINE = frozenset(_INLINE_TAGS.split())
_INLINE_WORDS = re.compile(
    r"(?:^|[^a-z])(?:captions?|captiontext|credits?|copyright|photographer|image-?description|bildunter\w+|legende?)(?:$|[^a-z])"
)


def share_that_absolves(element: HtmlElement) -> float | None:
    """How much of the text an element must hold to be the article although it looks like furniture.

    Returns:
        None if it does not look like furniture, by its tag, role or names.
    """
    if not _looks_like_furniture(element):
        return None
    caption = element.tag == "figcaption" or _INLINE_WORDS.search(_names(element))
    return CAPTION if caption else OTHER


def _looks_like_furniture(element: HtmlElement) -> bool:
    attributes = element.attrib
    if element.tag in _TAGS:
        return not (element.tag == "footer" and _is_of_quotation(element))
    if not attributes:
        return False
    if attributes.get("role") in _ROLES:
        return True
    names = _names(element)
    if names == " " or element.tag in {"body", "html", "main", "article"}:
        return False
    return _is_named_so(names, element.tag in _INLINE)


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"[:300]


@lru_cache(maxsize=8192)
def _is_named_so(names: str, inline: bool) -> bool:  # noqa: FBT001 - a key of the cache
    plain = _CAMEL.sub("-", names).lower().replace("_", "-")
    return bool((_INLINE_WORDS if inline else _WORDS).search(plain))


def _is_of_quotation(element: HtmlElement) -> bool:
    above = element.getparent()
    return above is not None and above.tag == "blockquote"
