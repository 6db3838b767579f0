"""Titles and bylines of pages without what publishing systems add to them."""

import re

from claims.text.fold import words_of

LONGEST_NAME = 6
"""Words of one author's name; more are a sentence about the author."""

_BAR = re.compile(r"\s+[|\-–—:·•»›/~]+\s+|\s*\|\s*")
_LEAD = re.compile(
    r"^(?:(?:written |reported |posted |story )?by|von|par|por|door|autor(?:en)?|author)\b[:\s]+",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"[\W_]*(?:posted|updated|published|modified|last|photos?|photograph|image|picture|video|"
    r"illustration|copyright|view|follow|read|share|subscribe|sign up|comments?)\b|"
    r".*(?:getty images|min read|all rights reserved|https?:|www\.|[@{}<>=_\\]|\d)",
    re.IGNORECASE,
)
_PROGRAMS_NAMES = re.compile(
    r"user ?name|admin(?:istrator)?|webmaster|unknown|anonymous|guest(?: author)?|null|none|"
    r"undefined|n/a|test|root|editor|author|profile|default|super ?user",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:[,;|•·/]|\band\b|\bund\b|\bet\b|&)\s*")


def clean_title(title: str, outlet: str | None, headline: str | None) -> str:
    """A title without the site's name at either end.

    Args:
        title: As the page's head has it.
        outlet: The site's name, if the page says it.
        headline: The page's first heading, if it has one.
    """
    parts = _BAR.split(title)
    if not any(parts[1:]):
        return title
    heading = words_of(headline or "")
    if heading and title != headline and heading == words_of(title)[: len(heading)]:
        rest = title[len(headline or "") :]
        if _BAR.match(rest):
            return headline or title
    site = set(words_of(outlet or ""))
    for part, remaining in ((parts[-1], _before(title)), (parts[0], _after(title))):
        if site and remaining and _names_site(part, site):
            return clean_title(remaining, outlet, headline)
    return title


def clean_byline(authors: list[str]) -> str | None:
    """The authors, separated by commas; None if what the page calls authors are none."""
    names: list[str] = []
    for author in authors:
        name = _LEAD.sub("", " ".join(author.split())).strip(" ,;|–—-")
        if name and is_name(name) and name.casefold() not in {n.casefold() for n in names}:
            names.append(name)
    return ", ".join(names) or None


def is_name(text: str) -> bool:
    """Whether a text may be the name of authors: no date, address, credit, word of a program."""
    if _NO_NAME.match(text) or _PROGRAMS_NAMES.fullmatch(text.strip()):
        return False
    return all(len(part.split()) <= LONGEST_NAME for part in _SEPARATOR.split(text))


def _names_site(part: str, site: set[str]) -> bool:
    """Whether a part of a title is the site's name, or its address."""
    words = words_of(part)
    joined = "".join(words)
    return bool(words) and (set(words) <= site or site <= set(words) or joined == "".join(site))


def _before(title: str) -> str:
    return title[: [match.start() for match in _BAR.finditer(title)][-1]].strip()


def _after(title: str) -> str:
    match = _BAR.search(title)
    return title[match.end() :].strip() if match else ""
