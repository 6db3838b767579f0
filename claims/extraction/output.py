"""The line that `claims extract` writes for an article."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NotRequired, TypedDict

from claims.model.copies import CreditRule
from claims.model.kinds import ClaimClass, Form, Mode, SourceKind
from claims.model.proposal import Hearer, Hop, Proposal, SaidOn, Venue, move_spans
from claims.model.span import Spans, join_spans
from claims.text.alignment import Alignment

Pairs = list[list[int]]
"""Spans as JSON has them: start and end in code points, the end not included."""

# The functional form, since "from" is a keyword.
SaidOnLine = TypedDict(
    "SaidOnLine", {"text": str, "spans": Pairs, "from": date | None, "to": date | None}
)


class VenueLine(TypedDict):
    """Where or how something was said."""

    text: str
    spans: Pairs


class HearerLine(TypedDict):
    """Whom something was said to."""

    text: str
    spans: Pairs


class HopLine(TypedDict):
    """A hop of a chain."""

    name: str | None
    kind: SourceKind
    mention: Pairs
    cue: Pairs
    mode: Mode


_WithClass = TypedDict("_WithClass", {"class": ClaimClass})


class AttributionLine(_WithClass):
    """A proposal."""

    content: Pairs
    source: Pairs
    cue: Pairs
    form: Form
    mode: Mode
    speaker: str | None
    chain: list[HopLine]
    said_on: SaidOnLine | None
    venue: VenueLine | None
    to: HearerLine | None
    score: float
    name_score: float | None
    suggested_name: str | None
    rule: str


class CreditLine(TypedDict):
    """Whom an article says it has its text from: a carrier of what it reports without another."""

    name: str
    rule: CreditRule
    words: str


class Line(TypedDict):
    """An article's proposals, and the text that their offsets count if it was asked for."""

    doc_id: str
    text: NotRequired[str]
    credit: NotRequired[CreditLine | None]
    attributions: list[AttributionLine]


def as_line(doc_id: str, proposals: Iterable[Proposal]) -> Line:
    """An article's proposals as one JSON object (docs/how-to/extract.md lists its keys)."""
    return {"doc_id": doc_id, "attributions": [_attribution(proposal) for proposal in proposals]}


def in_raw_text(raw: str, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Proposals of a cleaned text with the offsets of the text before it was cleaned."""
    alignment = Alignment(raw)

    def move(spans: Spans) -> Spans:
        return join_spans(alignment.to_raw(start, end) for start, end in spans)

    return (move_spans(proposal, move) for proposal in proposals)


def _attribution(proposal: Proposal) -> AttributionLine:
    voice = proposal.chain[0]
    return {
        "content": _pairs(proposal.content),
        "source": _pairs(join_spans([*voice.mention, *voice.pronoun])),
        "cue": _pairs(voice.cue),
        "form": proposal.form,
        "mode": voice.mode,
        "class": proposal.claim_class,
        "speaker": voice.name,
        "chain": [_hop(hop) for hop in proposal.chain],
        "said_on": _said_on(proposal.said_on),
        "venue": _venue(proposal.venue),
        "to": _hearer(proposal.hearer),
        "score": proposal.score,
        "name_score": proposal.name_score,
        "suggested_name": proposal.suggested_name,
        "rule": proposal.rule,
    }


def _said_on(said_on: SaidOn | None) -> SaidOnLine | None:
    if said_on is None:
        return None
    return {
        "text": said_on.text,
        "spans": _pairs(said_on.spans),
        "from": said_on.first,
        "to": said_on.last,
    }


def _venue(venue: Venue | None) -> VenueLine | None:
    return {"text": venue.text, "spans": _pairs(venue.spans)} if venue else None


def _hearer(hearer: Hearer | None) -> HearerLine | None:
    return {"text": hearer.text, "spans": _pairs(hearer.spans)} if hearer else None


def _hop(hop: Hop) -> HopLine:
    return {
        "name": hop.name,
        "kind": hop.kind,
        "mention": _pairs(hop.mention),
        "cue": _pairs(hop.cue),
        "mode": hop.mode,
    }


def _pairs(spans: Spans) -> Pairs:
    return [[start, end] for start, end in spans]
