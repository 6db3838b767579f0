"""The outlet that a feed's title names."""

import re
from urllib.parse import urlsplit

from claims.text.clean import clean_line

SEPARATOR = re.compile(r"\s+[|–—»>:·-]+\s+|:\s+")
SHORTEST = 3


def outlet_of(title: str | None, link: str | None) -> str | None:
    """The outlet in a title such as "World | The Pier"; the whole title if no part is the site's.

    A part is the site's if its letters, or its first word's, stand in the name of the link's host:
    "The Pier" in thepier.example, "NYT" in nytimes.example.
    """
    whole = clean_line(title or "")
    parts = SEPARATOR.split(whole)
    if len(parts) > 1 and (host := _letters(_host(link))):
        for part in parts:
            words = [word for word in part.split() if word.lower() != "the"]
            first = _letters(words[0]) if words else ""
            if any(len(it) >= SHORTEST and it in host for it in (_letters(part), first)):
                return part
    return whole or None


def _host(link: str | None) -> str:
    try:
        return urlsplit(link or "").hostname or ""
    except ValueError:
        return ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))
