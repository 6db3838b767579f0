"""Finds what stands between quotation marks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

PAIRS = {"“": "”", "«": "»", "„": "“", "‘": "’"}
REACH = 4
"""Paragraphs that a quotation without a mark at their beginning may go on for."""

PARAGRAPH = re.compile(r"[^\n]+")


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


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    position = start
    while position < end:
        opening = text[position]
        if not _opens(text, position, start):
            position += 1
            continue
        close = _closing(text, position, end, PAIRS.get(opening, opening))
        if close is None and opening in "‘'":
            position += 1  # an apostrophe
            continue
        if close is None:
            close = _later(text, end, PAIRS.get(opening, opening))
        stop = end if close is None else close + 1
        yield Quotation(position, stop, close is not None)
        position = stop


def _later(text: str, end: int, mark: str) -> int | None:
    """The closing mark in a paragraph soon after, where no paragraph between opens a quotation."""
    for paragraph in list(PARAGRAPH.finditer(text, end))[:REACH]:
        for place in range(paragraph.start(), paragraph.end()):
            if text[place] == mark or text[place] in '"“':
                closes = text[place] == mark and not _opens(text, place, paragraph.start())
                return place if closes else None
    return None


def _opens(text: str, position: int, start: int) -> bool:
    mark = text[position]
    before = text[position - 1] if position > start else " "
    after = text[position + 1 : position + 2]
    if mark in "“«„":
        return True
    if mark not in "\"'‘":
        return False
    # Inches and apostrophes follow a letter or digit; an opening mark does not.
    return not before.isalnum() and bool(after.strip())


def _closing(text: str, position: int, end: int, mark: str) -> int | None:
    for place in range(position + 1, end):
        if text[place] != mark:
            continue
        after = text[place + 1 : place + 2]
        if mark in "’'" and after.isalnum():
            continue
        return place
    return None
