"""Whom an article says it has its text from: its publisher's fields, its credit line, its byline.

| rule | where | examples |
|--|--|--|
| field | a field of the publisher's | `infoSource`, `creditline` |
| credit-line | after the place in one of the first paragraphs; the last line | `OSLO (AP) —` |
| byline | the byline, or a line "By …" under the headline | `Reuters Staff`, `By Ada Quill, AFP` |

A last line is such as "Source: AP", "Reporting by Reuters", "AP writer Ada Quill contributed".
The first rule that names somebody holds. Lines and bylines name agencies of the lexicon alone, for
anybody may stand there; a field names whom it names.
"""

import re
from dataclasses import dataclass
from functools import cache

from claims.model.copies import CreditRule
from claims.text.clean import clean_line

AGENCIES = {
    "The Associated Press": ("AP", "Associated Press"),
    "Reuters": ("Reuters News Agency", "Thomson Reuters"),
    "Agence France-Presse": ("AFP", "Agence France Presse"),
    "IRNA": ("Islamic Republic News Agency",),
    "TASS": ("ITAR-TASS",),
    "RIA Novosti": ("RIA",),
    "Interfax": (),
    "Xinhua": ("Xinhua News Agency",),
    "Deutsche Presse-Agentur": ("dpa", "DPA"),
    "EFE": ("Agencia EFE",),
    "ANSA": (),
    "Kyodo News": ("Kyodo",),
    "Yonhap": ("Yonhap News Agency",),
    "Press Trust of India": ("PTI",),
    "Anadolu Agency": ("AA", "Anadolu"),
    "Bloomberg": ("Bloomberg News",),
    "United Press International": ("UPI",),
}
"""Agencies by their names in the lexicon of outlets, with what credit lines call them."""

SHOWN = 120
"""Code points of the words that a credit is shown with."""

HEAD, TAIL = 200, 80
"""Code points of a paragraph's beginning that may hold a credit, and of a last line that is one."""

FIRST = 5
"""Paragraphs among which a place with a credit begins one: headline, standfirst, byline before."""

PLACE = (
    r"^(?:[A-Z][\w.'’-]*|\d{{1,4}}|[/&]|de|del|la|of|the)"
    r"(?:,? (?:[A-Z][\w.'’-]*|\([A-Z][\w .'’-]{{1,25}}\)|\d{{1,4}}|[/&]|de|del|la|of|the)){{0,8}}"
    r",? \({}\)\s*(?:[–—:]|--?\s)"
)
"""A dateline: the place, perhaps its country and the date, the agency in brackets, a dash."""

CONTRIBUTED = r"^{} (?:writers?|reporters?|correspondents?|journalists?) .{{2,200}} contributed\b"
"""Who helped, at the end: "Associated Press writer Ada Quill contributed to this report."."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom a text comes from, as its article says.

    Attributes:
        name: The agency's name in the lexicon, or the name that a field gives.
        rule: Where it says so.
        words: The words that say so.
    """

    name: str
    rule: CreditRule
    words: str


def find_credit(text: str, byline: str | None, field: str | None) -> Credit | None:
    """Whom an article says it has its text from; None if it does not say."""
    named = clean_line(field) if field else ""
    if named:
        return Credit(_names().get(named.casefold(), named), CreditRule.FIELD, named[:SHOWN])
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first, last = lines[:FIRST], lines[-1:]
    for words in (*map(_dateline, first), *map(_head, lines[:1]), *map(_tail, last)):
        if words:
            return Credit(_names()[words[0].casefold()], CreditRule.CREDIT_LINE, words[1][:SHOWN])
    printed = (line for line in first if line.startswith(("By ", "BY ")) and len(line) <= TAIL)
    for words_of in filter(None, (byline and clean_line(byline), *printed)):
        match = _pattern(r"(?<!\w){}(?!\w)").search(words_of)
        if match:
            return Credit(_names()[match[1].casefold()], CreditRule.BYLINE, words_of[:SHOWN])
    return None


def _dateline(line: str) -> tuple[str, str] | None:
    """The agency in brackets after a place, before a dash."""
    match = _pattern(PLACE).match(line[:HEAD])
    return (match[1], match[0].rstrip(" –—-:")) if match else None


def _head(line: str) -> tuple[str, str] | None:
    """The agency in brackets with which an article begins, alone or after capitals."""
    match = _pattern(r"^(?:[^a-z\n(]{{2,40}}[^\n(]{{0,30}})?\({}\)").match(line[:HEAD])
    return (match[1], match[0]) if match else None


def _tail(line: str) -> tuple[str, str] | None:
    """The agency alone on the last line, with a dash, brackets or a word such as "Source:"."""
    helped = _pattern(CONTRIBUTED).match(line)
    if helped:
        return helped[1], line
    if len(line) > TAIL:
        return None
    pattern = (
        r"^(?:[-–—*]+\s*|\(|\[|(?i:source|agency|credit|via)\s*:?\s+"
        r"|[(\[]?(?i:text|reporting)\s+by\s+(?:the\s+)?){}\s*[)\].]?$"
    )
    match = _pattern(pattern).match(line)
    return (match[1], line) if match else None


@cache
def _names() -> dict[str, str]:
    """Each agency by the names it is called, folded."""
    return {
        called.casefold(): name for name, others in AGENCIES.items() for called in (name, *others)
    }


@cache
def _pattern(around: str) -> re.Pattern[str]:
    """A pattern with an agency's name in it; abbreviations are written in capitals."""
    names = {called for name, others in AGENCIES.items() for called in (name, *others)}
    parts = [
        re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})"
        for name in sorted(names, key=len, reverse=True)
    ]
    return re.compile(around.format(f"({'|'.join(parts)})"))
