"""What elements of a page mean for its text: quotation marks, notes, what is not seen."""

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

_UNSEEN_WORDS = (
    "script style template noscript head title meta link svg canvas iframe object embed audio video"
    " map select datalist option button input textarea progress meter rp rt math"
)
UNSEEN = frozenset(_UNSEEN_WORDS.split())
"""Elements whose content is not text of the page."""
_BLOCKS_WORDS = (
    "html body address article aside blockquote center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol"
    " p pre section summary table caption thead tbody tfoot tr ul search"
)
BLOCKS = frozenset(_BLOCKS_WORDS.split())
"""Elements that begin and end a paragraph."""
CELLS = frozenset({"td", "th"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

MARKS: Mapping[str, tuple[str, str, str, str]] = {
    "en": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "fr": ("« ", " »", "“", "”"),
    "es": ("«", "»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "pt": ("“", "”", "‘", "’"),
    "nl": ("“", "”", "‘", "’"),
    "sv": ("”", "”", "’", "’"),
    "fi": ("”", "”", "’", "’"),
    "da": ("“", "”", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "nb": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "cs": ("„", "“", "‚", "‘"),
    "sk": ("„", "“", "‚", "‘"),
    "hu": ("„", "”", "»", "«"),
    "ro": ("„", "”", "«", "»"),
    "ru": ("«", "»", "„", "“"),
    "uk": ("«", "»", "„", "“"),
    "bg": ("„", "“", "‚", "‘"),
    "el": ("«", "»", "“", "”"),
    "ja": ("「", "」", "『", "』"),
    "zh": ("“", "”", "‘", "’"),
}
"""Quotation marks by language, outer and inner, as Unicode's CLDR lists them."""

LONGEST_NOTE = 8
"""Code points: "note 12". A longer link in superior letters is words."""
QUOTES = "\"“”„‟«»「『‘’‚'"
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPOKEN_ONLY = re.compile(
    r"(^|\s)(sr-only|sr-text|visually-?hidden|visuallyhidden|screen-?reader(-text|-only)?|"
    r"assistive-text|a11y-hidden|u-hidden-visually|element-invisible)(\s|$)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(foot|end|side)-?note|reference|noteref|citation|(^|[\s_-])(fn|ref)([\s_-]|$)")
_NUMBER = re.compile(r"[\[(]?\d{1,3}[\])]?|[*†‡§¶]+|\[[a-z]\]")
_UNIT = re.compile(r"(?:^|[\s\d(/])[a-zA-Zµ]{1,2}$")


def is_unseen(element: HtmlElement) -> bool:
    """Whether a reader of the page does not see the element."""
    if element.tag in UNSEEN:
        return True
    attributes = element.attrib
    if not attributes:
        return False
    if attributes.get("hidden", "until-found") != "until-found":
        return True
    if attributes.get("aria-hidden") == "true" or _HIDING.search(attributes.get("style", "")):
        return True
    return _is_spoken_only(element)


def _is_spoken_only(element: HtmlElement) -> bool:
    """Whether only screen readers say it; an initial that is drawn is said by what follows it."""
    if not _SPOKEN_ONLY.search(element.get("class", "")):
        return False
    before = element.getprevious()
    return before is None or before.get("aria-hidden") != "true"


def marks_for(language: str, depth: int) -> tuple[str, str]:
    """The opening and closing mark of a `<q>` that stands within so many others."""
    base = re.split("[-_]", language.lower(), maxsplit=1)[0]
    outer, outer_end, inner, inner_end = MARKS.get(base, MARKS["en"])
    return (inner, inner_end) if depth % 2 else (outer, outer_end)


def note_words(element: HtmlElement, before: str) -> str | None:
    """What a `<sup>` must be read as if it is not simply the letters after the ones before it.

    Args:
        element: The `<sup>`.
        before: The text that leads to it.

    Returns:
        `""` for the sign of a note, which is left out; with a space for what would otherwise be
        read as more digits of a number; None for the rest: 1st, m².
    """
    words = "".join(element.itertext()).strip()
    if not _NUMBER.fullmatch(words):
        return "" if _refers(element) and len(words) <= LONGEST_NOTE else None
    last = before[-1:]
    if _refers(element) or not words[-1].isalnum() or not last:
        return ""
    if last.isdigit():
        return f" {words}"
    return None if _UNIT.search(before) else ""


def _refers(element: HtmlElement) -> bool:
    """Whether it is marked as the sign of a note, or links to one on the page."""
    below = [element, *element.iter("a")]
    above = element.getparent()
    if above is not None and above.tag == "a":
        below.append(above)
    return any(
        one.get("href", "").startswith("#")
        or one.get("role") == "doc-noteref"
        or _NOTE.search(one.get("class", "").lower())
        for one in below
    )
