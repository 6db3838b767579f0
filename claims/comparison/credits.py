"""Whom an article says it has its text from: its publisher's fields, its credit line, its byline.

| rule | where | examples |
|--|--|--|
| field | a field of the publisher's | `infoSource`, `creditline` |
| credit-line | after the place at the beginning, or alone on the last line | `OSLO (AP) —` |
| byline | the byline | `Reuters Staff`, `By Ada Quill, Associated Press` |

A last line such as "Source: AP" or "Reporting by Reuters" counts.
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
"""Code points at the beginning that may hold a credit, and of a last line that is one."""


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
    for words in (_head(text), _tail(text)):
        if words:
            return Credit(_names()[words[0].casefold()], CreditRule.CREDIT_LINE, words[1][:SHOWN])
    match = _pattern(r"(?<!\w){}(?!\w)").search(byline or "")
    if byline and match:
        words_of = clean_line(byline)[:SHOWN]
        return Credit(_names()[match[1].casefold()], CreditRule.BYLINE, words_of)
    return None


def _head(text: str) -> tuple[str, str] | None:
    """The agency in brackets after the place, or before a dash."""
    first = text[:HEAD].lstrip().partition("\n")[0]
    pattern = r"^(?:[^a-z\n(]{{2,40}}[^\n(]{{0,30}})?\({}\)"
    match = _pattern(pattern).match(first)
    return (match[1], match[0].strip()) if match else None


def _tail(text: str) -> tuple[str, str] | None:
    """The agency alone on the last line, with a dash, brackets or a word such as "Source:"."""
    last = text.rstrip().rpartition("\n")[2].strip()
    if len(last) > TAIL:
        return None
    pattern = (
        r"^(?:[-–—*]+\s*|\(|\[|(?i:source|agency|credit|via)\s*:?\s+"
        r"|[(\[]?(?i:text|reporting)\s+by\s+(?:the\s+)?){}\s*[)\].]?$"
    )
    match = _pattern(pattern).match(last)
    return (match[1], last) if match else None


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
