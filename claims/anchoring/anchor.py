"""Anchor claims of one version in another: the only door of this room."""

from collections.abc import Sequence

from claims.anchoring.changes import changed_words, form_differs, typography_differs
from claims.anchoring.growth import grow
from claims.anchoring.hops import Setting, anchor_hops
from claims.anchoring.pair import Content, Pair, content_of, pair_of
from claims.anchoring.placing import Placement, place_claim
from claims.anchoring.quoted import quoted_words
from claims.anchoring.spans import spans_like
from claims.model.anchor import Anchor, AnchorState, Change, HopAnchor, SoughtClaim

METHOD = "words-1"
"""Which form of the algorithm found an anchor; a newer one may replace what an older one found."""

_LOST = Anchor(AnchorState.LOST, (), 0.0)
_CALM = frozenset({Change.TYPOGRAPHY})
Quoted = tuple[list[bool], list[bool]]


def anchor_claims(old: str, new: str, claims: Sequence[SoughtClaim]) -> list[Anchor]:
    """Where each claim of one version stands in another, or that it does not.

    It refuses rather than lands on words that look alike.

    Args:
        old: The text of the version that the claims stand in.
        new: The text of the other version.
        claims: The claims.
    """
    if old == new:
        return [_unchanged(claim) for claim in claims]
    pair = pair_of(old, new)
    quoted = (quoted_words(pair.old), quoted_words(pair.new))
    return [_anchor(pair, quoted, claim) for claim in claims]


def _unchanged(claim: SoughtClaim) -> Anchor:
    hops = tuple(HopAnchor(hop.mention, hop.cue, hop.capacity) for hop in claim.hops)
    return Anchor(AnchorState.SAME, claim.content, 1.0, hops=hops)


def _anchor(pair: Pair, quoted: Quoted, claim: SoughtClaim) -> Anchor:
    content = content_of(pair, claim.content)
    if content is None or not pair.new_ids:
        return _LOST
    placement = place_claim(pair, content, claim.hops)
    if placement.place is None:
        return Anchor(AnchorState.LOST, (), _round(placement.score), _rounded(placement.runner_up))
    return _placed(pair, quoted, claim, content, placement=placement)


def _placed(
    pair: Pair, quoted: Quoted, claim: SoughtClaim, content: Content, *, placement: Placement
) -> Anchor:
    place = placement.place
    if place is None:
        raise ValueError("a placement without a place")
    growth = grow(pair, content, place.parts, quoted)
    setting = Setting(pair, content, growth.parts)
    changes = changed_words(pair, content, growth.parts)
    if growth.grown and not changes:
        changes.add(Change.WORDS)
    hops, attributed_otherwise = anchor_hops(setting, claim.hops)
    if attributed_otherwise:
        changes.add(Change.ATTRIBUTION)
    if form_differs(content, place.parts, quoted, pair):
        changes.add(Change.FORM)
    if not changes and len(growth.parts) == len(content.parts):
        parts = list(zip(content.parts, growth.parts, strict=True))
        if typography_differs(pair.old, pair.new, parts):
            changes.add(Change.TYPOGRAPHY)
    state = placement.state
    if state in {AnchorState.SAME, AnchorState.MOVED} and changes - _CALM:
        state = AnchorState.ALTERED
    elif state is AnchorState.ALTERED and not changes - _CALM:
        state = AnchorState.SAME
    exact = place.exact and not growth.grown
    return Anchor(
        state,
        spans_like(pair.old, claim.content, pair.new, growth.parts, exact=exact),
        _round(placement.score),
        _rounded(placement.runner_up),
        tuple(change for change in Change if change in changes),
        tuple(hops),
    )


def _round(score: float) -> float:
    return round(min(1.0, max(0.0, score)), 4)


def _rounded(score: float | None) -> float | None:
    return None if score is None else _round(score)
