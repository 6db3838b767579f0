"""An article with its claims marked: one sweep over all borders, nothing nested.

Nested marks cannot show claims that overlap; flat ones can, and stay quick in long texts.
"""

import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.model.span import Spans
from claims.review.card import HopView
from claims.review.placed import PlacedClaim

PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of an article that the same marks lie on.

    Attributes:
        start: Where they begin, in code points.
        text: The words.
        claims: Numbers of the claims that hold them.
        classes: How they are drawn, for the style sheet.
        hop: The sign of the attribution that is named here or reports here: S, 1, 2; else empty.
        begins: The claims that begin here.
    """

    start: int
    text: str
    claims: tuple[int, ...]
    classes: str
    hop: str
    begins: tuple[PlacedClaim, ...]

    @property
    def numbers(self) -> str:
        """The numbers of the claims, as the page's script reads them."""
        return " ".join(map(str, self.claims))


Paragraph = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class _Hop:
    sign: str
    kind: str
    spans: Spans


def mark_article(
    article: str,
    placed: Sequence[PlacedClaim],
    current: uuid.UUID,
    *,
    spans: Spans,
    hops: Sequence[HopView],
) -> list[Paragraph]:
    """The paragraphs of an article, each cut where a mark begins or ends.

    Args:
        article: The whole text.
        placed: Its claims.
        current: The claim before the reader.
        spans: Where that one's words stand, with what was changed.
        hops: Its chain, whose names and reporting words are marked too.
    """
    claims = [(one, spans if one.id == current else one.spans) for one in placed]
    named = list(_hops(hops))
    lines = [match.span() for match in PARAGRAPH.finditer(article)]
    borders = {edge for line in lines for edge in line}
    borders |= {edge for _, own in claims for span in own for edge in span}
    borders |= {edge for hop in named for span in hop.spans for edge in span}
    cuts = list(pairwise(sorted(edge for edge in borders if 0 <= edge <= len(article))))
    sweep = _Sweep(article, claims, current, named)
    paragraphs, at = [], 0
    for start, end in lines:
        segments = []
        while at < len(cuts) and cuts[at][0] < end:
            if cuts[at][0] >= start:
                segments.append(sweep.segment(*cuts[at]))
            at += 1
        paragraphs.append(tuple(segments))
    return paragraphs


class _Sweep:
    """What lies on the article from one border to the next, going on from left to right."""

    def __init__(
        self,
        article: str,
        claims: Sequence[tuple[PlacedClaim, Spans]],
        current: uuid.UUID,
        hops: Sequence[_Hop],
    ) -> None:
        self._article = article
        self._current = current
        self._hops = hops
        self._ahead = sorted(
            ((span, own[0].start, one) for one, own in claims for span in own),
            key=lambda part: (part[0].start, part[2].number),
            reverse=True,
        )
        self._open: list[tuple[int, PlacedClaim]] = []

    def segment(self, start: int, end: int) -> Segment:
        """The segment between two borders; borders come in order."""
        self._open = [(until, one) for until, one in self._open if until > start]
        begins = []
        while self._ahead and self._ahead[-1][0].start <= start:
            span, first, one = self._ahead.pop()
            if span.end > start:
                self._open.append((span.end, one))
            if span.start == first:
                begins.append(one)
        here = sorted((one for _, one in self._open), key=lambda one: one.number)
        hop = next((hop for hop in self._hops if any(a <= start < b for a, b in hop.spans)), None)
        return Segment(
            start=start,
            text=self._article[start:end],
            claims=tuple(one.number for one in here),
            classes=" ".join(self._classes(here, hop)),
            hop=hop.sign if hop else "",
            begins=tuple(begins),
        )

    def _classes(self, here: Sequence[PlacedClaim], hop: _Hop | None) -> Iterator[str]:
        others = [one for one in here if one.id != self._current]
        if len(others) < len(here):
            yield "this"
        if any(one.waits for one in others):
            yield "waits"
        if not all(one.waits for one in others):
            yield "decided"
        if len(here) > 1:
            yield "several"
        if hop is not None:
            yield hop.kind


def _hops(hops: Iterable[HopView]) -> Iterator[_Hop]:
    for hop in hops:
        sign = "S" if hop.position == 1 else str(hop.position - 1)
        yield _Hop(sign, "mention", hop.mention)
        yield _Hop(sign, "cue", hop.cue)
