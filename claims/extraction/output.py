"""The line that `claims extract` writes for an article."""

from collections.abc import Iterable

from claims.model.proposal import Hop, Proposal, SaidOn, Venue
from claims.model.span import Spans, join_spans

Line = dict[str, object]


def as_line(doc_id: str, proposals: Iterable[Proposal]) -> Line:
    """An article's proposals as one JSON object (docs/how-to/extract.md lists its keys)."""
    return {"doc_id": doc_id, "attributions": [_attribution(made) for made in proposals]}


def _attribution(made: Proposal) -> Line:
    voice = made.chain[0]
    return {
        "content": _pairs(made.content),
        "source": _pairs(join_spans([*voice.mention, *voice.pronoun])),
        "cue": _pairs(voice.cue),
        "form": made.form,
        "mode": voice.mode,
        "speaker": voice.name,
        "chain": [_hop(hop) for hop in made.chain],
        "said_on": _when(made.said_on),
        "venue": _where(made.venue),
        "score": made.score,
        "rule": made.rule,
    }


def _when(said_on: SaidOn | None) -> Line | None:
    if said_on is None:
        return None
    days = {"from": said_on.first, "to": said_on.last}
    return {"text": said_on.text, "spans": _pairs(said_on.spans), **days}


def _where(venue: Venue | None) -> Line | None:
    return {"text": venue.text, "spans": _pairs(venue.spans)} if venue else None


def _hop(hop: Hop) -> Line:
    return {
        "name": hop.name,
        "kind": hop.kind,
        "mention": _pairs(hop.mention),
        "cue": _pairs(hop.cue),
        "mode": hop.mode,
    }


def _pairs(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]
