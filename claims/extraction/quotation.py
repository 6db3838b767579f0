"""Finds what stands between quotation marks."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

PAIRS = {"“": "”", "«": "»", "„": "“", "‘": "’", "``": "''", "‹": "›"}
UNLIKE = {"“": '"', '"': "”"}
"""Marks that close what another style opened, where an editor mixed the two.

Three attributions more on PolNeAR's development part, 32 on 400 articles of its training part.
"""

SINGLE = frozenset("‘'‹")
MARK = re.compile(r"''|``|[\"“”«»„‘’'‹›]")
DOUBLE = re.compile('["“]')
CLOSERS = frozenset({"”", "»", "''"})
"""Marks that do nothing but close."""

REACH = 4
"""Paragraphs that a quotation without a mark at their beginning may go on for."""

SHORT = 1200
"""Code points. A single mark whose like comes later than this is an apostrophe."""

PARAGRAPH = re.compile(r"[^\n]+")
# A digit before it, a small letter after it: `a 6" pipe` within a quotation.
INCHES = re.compile(r"\d[\"']\s[a-z]")


class Quotation(NamedTuple):
    """Words between quotation marks, marks included, in code points; `closed` if both are there."""

    start: int
    end: int
    closed: bool = True


def find_quotations(text: str) -> list[Quotation]:
    """The outermost quotations of a text, in order.

    A mark that is never closed quotes to the end of its paragraph; where the next paragraph opens
    with a mark again the quotation goes on, as newspapers print it.
    """
    found: list[Quotation] = []
    for paragraph in PARAGRAPH.finditer(text):
        start = max(paragraph.start(), found[-1].end if found else 0)
        found.extend(_in_paragraph(text, start, paragraph.end()))
    return found


def quotation_at(quotations: Sequence[Quotation], place: int) -> Quotation | None:
    """The quotation that a place stands in, its opening mark not counted."""
    number = bisect_right(quotations, place, key=lambda mark: mark.start) - 1
    if number < 0:
        return None
    mark = quotations[number]
    return mark if mark.start < place < mark.end else None


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    position = start
    while (match := MARK.search(text, position, end)) is not None:
        opening = match.group()
        position = match.end()
        if not _opens(text, match, start):
            continue
        closing = PAIRS.get(opening, opening)
        stop = _closing(text, match, end, closing)
        unlike = _unlike(text, match, stop or end)
        if unlike and (stop is None or _begins_between(text, unlike, stop)):
            stop = unlike
        if stop is None and opening in SINGLE:
            continue  # an apostrophe
        closed = stop is not None
        if stop is None:
            stop = _later(text, end, closing)
            closed = stop is not None
        yield Quotation(match.start(), stop or end, closed)
        position = stop or end


def _later(text: str, end: int, mark: str) -> int | None:
    """Where a quotation closes in a paragraph soon after, where none between opens another."""
    for paragraph in islice(PARAGRAPH.finditer(text, end), REACH):
        for match in MARK.finditer(text, *paragraph.span()):
            if match.group() == mark or match.group() in {'"', "“"}:
                closes = match.group() == mark and not _opens(text, match, paragraph.start())
                return match.end() if closes else None
    return None


def _begins_between(text: str, start: int, end: int) -> bool:
    """Whether another quotation begins after a place, up to the mark that ends at another."""
    return any(_opens(text, match, start) for match in DOUBLE.finditer(text, start, end))


def _unlike(text: str, opening: re.Match[str], end: int) -> int | None:
    """The end of a closing mark of the other style: `“It is safe," she said`."""
    other = UNLIKE.get(opening.group())
    if other is None:
        return None
    for match in MARK.finditer(text, opening.end(), end):
        if match.group() in PAIRS:
            return None  # the next quotation begins first
        if match.group() == other:
            return None if _opens(text, match, opening.start()) else match.end()
    return None


def _opens(text: str, match: re.Match[str], start: int) -> bool:
    mark, place = match.group(), match.start()
    before = text[place - 1] if place > start else " "
    after = text[match.end() : match.end() + 1]
    if mark in {"“", "«", "„", "``"}:
        return True
    if mark not in {'"', "'", "‘", "''", "‹"}:
        return False
    # Inches and apostrophes follow a letter or digit; an opening mark does not.
    return not before.isalnum() and bool(after.strip())


def _closing(text: str, opening: re.Match[str], end: int, mark: str) -> int | None:
    """The end of the closing mark in the same paragraph."""
    if mark in CLOSERS:
        place = text.find(mark, opening.end(), end)  # a search over all marks would be quadratic
        return place + len(mark) if place >= 0 else None
    single = opening.group() in SINGLE
    last = min(end, opening.end() + SHORT) if single else end
    for match in MARK.finditer(text, opening.end(), last):
        if match.group() != mark:
            continue
        after = text[match.end() : match.end() + 1]
        if single and after.isalnum():
            continue  # an apostrophe within a word
        if INCHES.match(text, match.start() - 1) and text.count(mark, match.end(), last) % 2:
            continue
        return match.end()
    return None
