"""Finds the quotations of a text: what stands between quotation marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from claims.model.span import Span

PAIRS = {"“": "”", "«": "»", "»": "«", "„": "“", "‘": "’", "``": "''", "‹": "›"}
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

LONGEST = 5_000
"""Code points. A quotation without an end before this has lost its closing mark."""

PARAGRAPH = re.compile(r"[^\n]+")
# A digit before it, a small letter after it: `a 6" pipe` within a quotation.
APOSTROPHE = re.compile(r"['’‘](?:\d\ds\b|(?:n|em|til|cause|tis|twas|bout)\b)", re.IGNORECASE)
"""What is left out before a decade or within a word: "the '90s", "rock 'n' roll"."""

LOST_END = re.compile(
    r",(?=[ \n](?:said [A-Z]|(?:[A-Z][\w.’-]+ ){1,3}(?:said|says|added|told)\b))|[.?!](?=\s|$)"
)
"""Where a quotation without its closing mark can end: before who said it, or with its sentence."""

INCHES = re.compile(r"\d[\"']\s[a-z]")


class Quotation(NamedTuple):
    """Words between quotation marks, marks included, in code points; `closed` if both are there."""

    start: int
    end: int
    closed: bool = True

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


def _start(mark: Quotation) -> int:
    return mark.start


def overlap(one: Span | Quotation, other: Span | Quotation) -> bool:
    """Whether two stretches of a text share a code point."""
    return one.start < other.end and other.start < one.end


def is_marked(spans: Sequence[Span], quotations: Sequence[Quotation]) -> bool:
    """Whether a quotation stands at any of some spans."""
    return any(next(marks_at(quotations, span), None) is not None for span in spans)


def marks_at(quotations: Sequence[Quotation], span: Span | Quotation) -> Iterator[Quotation]:
    """The quotations that share a code point with a stretch of the text."""
    first = max(0, bisect_right(quotations, span.start, key=_start) - 1)
    for index in range(first, len(quotations)):
        mark = quotations[index]
        if mark.start >= span.end:
            return
        if mark.end > span.start:
            yield mark


def marks_from(quotations: Sequence[Quotation], offset: int) -> Iterator[Quotation]:
    """The quotations that begin at or after an offset."""
    first = bisect_left(quotations, offset, key=_start)
    return (quotations[index] for index in range(first, len(quotations)))


def find_quotations(text: str) -> list[Quotation]:
    """The outermost quotations of a text, in order.

    A mark that is never closed quotes to the end of its paragraph; where the next paragraph opens
    with a mark again the quotation goes on, as newspapers print it.
    """
    quotations: list[Quotation] = []
    for paragraph in PARAGRAPH.finditer(text):
        start = max(paragraph.start(), quotations[-1].end if quotations else 0)
        quotations.extend(_in_paragraph(text, start, paragraph.end()))
    return quotations


def quotations_within(text: str, outer: Quotation) -> list[Quotation]:
    """The quotations within one, in marks of another kind: `“They said, ‘No.’”`."""
    mark = text[outer.start : outer.start + 1]
    start, end = outer.start + 1, outer.end - outer.closed
    return [
        inner
        for inner in _in_paragraph(text, start, end)
        if inner.closed and text[inner.start] != mark
    ]


def last_before(quotations: Sequence[Quotation], offset: int) -> Quotation | None:
    """The last quotation that begins at or before an offset."""
    index = bisect_right(quotations, offset, key=_start) - 1
    return quotations[index] if index >= 0 else None


def quotation_at(quotations: Sequence[Quotation], offset: int) -> Quotation | None:
    """The quotation that an offset stands in, its opening mark not counted."""
    mark = last_before(quotations, offset)
    return mark if mark is not None and mark.start < offset < mark.end else None


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    offset = start
    while (opening := MARK.search(text, offset, end)) is not None:
        offset = opening.end()
        if not _opens(text, opening, start):
            continue
        furthest = min(end, opening.start() + LONGEST)
        stop = _end_in_paragraph(text, opening, furthest)
        if stop is None and opening.group() in SINGLE:
            continue  # an apostrophe
        if stop is None and furthest == end:
            stop = _end_later(text, end, _closer_of(opening), opening.start() + LONGEST)
        if stop is None and not _goes_on(text, end):
            lost = LOST_END.search(text, opening.end(), furthest)
            stop = lost.end() if lost else None
        offset = stop or furthest
        yield Quotation(opening.start(), offset, stop is not None)


def _goes_on(text: str, end: int) -> bool:
    """Whether the paragraph after one begins with a mark, as a quotation that goes on does."""
    after = PARAGRAPH.search(text, end)
    return after is not None and after.group().lstrip()[:1] in {'"', "“", "«"}


def _closer_of(opening: re.Match[str]) -> str:
    """The mark that closes what another opens in the same style."""
    return PAIRS.get(opening.group(), opening.group())


def _end_in_paragraph(text: str, opening: re.Match[str], end: int) -> int | None:
    """Where a quotation ends that closes before `end`, in its own style or in another."""
    stop = _closing(text, opening, end, _closer_of(opening))
    unlike = _unlike(text, opening, stop or end)
    if unlike and (stop is None or _begins_between(text, unlike, stop)):
        return unlike
    return stop


def _end_later(text: str, end: int, mark: str, furthest: int) -> int | None:
    """Where a quotation closes in one of the next paragraphs, unless another opens before."""
    for paragraph in islice(PARAGRAPH.finditer(text, end, furthest), REACH):
        for match in MARK.finditer(text, *paragraph.span()):
            if match.group() == mark or match.group() in {'"', "“"}:
                closes = match.group() == mark and not _opens(text, match, paragraph.start())
                return match.end() if closes else None
    return None


def _begins_between(text: str, start: int, end: int) -> bool:
    """Whether another quotation begins between two offsets."""
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
    mark, offset = match.group(), match.start()
    before = text[offset - 1] if offset > start else " "
    after = text[match.end() : match.end() + 1]
    if mark in {"“", "«", "„", "``"}:
        return True
    if mark == "»":
        return not before.strip() and after.isalnum()
    if mark not in {'"', "'", "‘", "''", "‹"} or APOSTROPHE.match(text, offset):
        return False
    # Inches and apostrophes follow a letter or digit; an opening mark does not.
    return not before.isalnum() and bool(after.strip())


def _closing(text: str, opening: re.Match[str], end: int, mark: str) -> int | None:
    """The end of the closing mark in the same paragraph."""
    if mark in CLOSERS:
        offset = text.find(mark, opening.end(), end)  # a search over all marks would be quadratic
        if offset < 0:
            return None
        third = text.find(opening.group(), opening.end(), offset)
        if third >= 0 and "‘" in text[opening.end() : third]:
            offset = max(offset, text.find(mark, offset + 1, end))  # “… ‘… “…” …’ …”
        return offset + len(mark)
    single = opening.group() in SINGLE
    last = min(end, opening.end() + SHORT) if single else end
    open_within = 0
    for match in MARK.finditer(text, opening.end(), last):
        if match.group() == "‘" and mark == "’" and _opens(text, match, opening.end()):
            open_within += 1
        if match.group() != mark:
            continue
        within_word = text[match.end() : match.end() + 1].isalnum()
        if single and (within_word or _is_plural(text, match, last)):
            continue  # an apostrophe
        if INCHES.match(text, match.start() - 1) and text.count(mark, match.end(), last) % 2:
            continue
        if open_within and _closing_after(text, match.end(), last):
            open_within -= 1
            continue
        return match.end()
    return None


def _closing_after(text: str, start: int, end: int) -> bool:
    """Whether a single mark that closes, no apostrophe, comes before another opens."""
    for match in MARK.finditer(text, start, end):
        if match.group() == "‘":
            return False
        if match.group() == "’" and not text[match.end() : match.end() + 1].isalnum():
            return True
    return False


def _is_plural(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a single mark belongs to a plural and the closing one follows: "the boys' boat"."""
    if text[match.start() - 1] != "s" or not re.match(
        r" [a-z]", text[match.end() : match.end() + 2]
    ):
        return False
    for later in MARK.finditer(text, match.end(), end):
        if _opens(text, later, match.start()):
            return False
        if later.group() == match.group() and text[later.start() - 1] in ",.?!":
            return True
    return False
