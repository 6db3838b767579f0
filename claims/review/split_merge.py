"""Splitting and merging claims: new claims that keep their parents, and parents that stay."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.model.decision import Decision, Signature
from claims.model.identity import claim_id
from claims.model.kinds import ClaimStatus
from claims.model.span import Span, Spans, join_spans
from claims.review.edits import set_content, spans_in
from claims.review.errors import BadChangeError, NotAllowedError
from claims.review.transitions import Action, Fields, Standing, decision_on, rule_for

EDGE = " \t\n,;:"
"""Signs that belong to neither part where a claim is parted."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the claims to be made come from.

    Attributes:
        version: The text they stand in.
        article: That text.
        run: The run that proposed what they are made of.
        rule: The rule that found it.
        score: The extractor's score of it.
    """

    version: uuid.UUID
    article: str
    run: uuid.UUID
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Replacement:
    """An act that makes claims of others.

    Attributes:
        action: split or merge.
        batch: What all its decisions share.
        parents: What the new claims are made of.
    """

    action: Action
    batch: uuid.UUID
    parents: tuple[uuid.UUID, ...]


def split_content(article: str, content: Spans, at: int) -> tuple[Spans, Spans]:
    """Content in two, before and after a code point of the article.

    Raises:
        BadChangeError: Nothing would stand on one side.
    """
    before = [Span(start, min(end, at)) for start, end in content if start < at]
    after = [Span(max(start, at), end) for start, end in content if end > at]
    sides = tuple(_trimmed(article, side) for side in (before, after))
    if not all(sides):
        raise BadChangeError("the content", f"nothing stands on one side of {at}")
    return sides[0], sides[1]


def _trimmed(article: str, spans: Sequence[Span]) -> Spans:
    trimmed = []
    for start, end in spans:
        words = article[start:end]
        left = len(words) - len(words.lstrip(EDGE))
        trimmed.append((start + left, start + len(words.rstrip(EDGE))))
    return join_spans(trimmed)


def require_splittable(standing: Standing, action: Action) -> None:
    """Refuse to split or merge what is decided, or what two have to read."""
    if standing.two_readers or rule_for(standing.status, action) is None:
        why = "two people have to read it" if standing.two_readers else f"while {standing.status}"
        raise NotAllowedError(standing.place, f"{action} {why}")


def retire(standing: Standing, making: Replacement, signed: Signature) -> Decision:
    """The decision by which a claim gives way to what is made of it."""
    after = {"status": ClaimStatus.REPLACED.value}
    return decision_on(standing, making.action, after, signed, batch=making.batch)


def make_claim(
    origin: Origin,
    fields: Fields,
    content: Spans,
    *,
    making: Replacement,
    signed: Signature,
    known: Standing | None,
) -> Decision:
    """The decision by which a claim is made of others.

    Args:
        origin: Where it comes from.
        fields: Its attribution and circumstances, as those of a parent.
        content: Where its words stand.
        making: The act it belongs to.
        signed: Who decides.
        known: The claim that stands there already, made by an act that was taken back.

    Raises:
        BadChangeError: Another claim has just these words.
    """
    attributed = {name: fields[name] for name in ("chain", "said_on", "said_on_text", "venue")}
    after: dict[str, object] = {"status": ClaimStatus.PROPOSED.value, **attributed}
    after |= set_content(origin.article, content)
    if known is not None:
        if known.status is not ClaimStatus.REPLACED:
            raise BadChangeError(known.place, "it has just these words already")
        changed = {name: v for name, v in after.items() if known.fields.get(name) != v}
        return decision_on(known, making.action, changed, signed, batch=making.batch)
    after |= {"statement": None, "attribution_confidence": None, "credibility": None, "links": []}
    after |= {
        "version": str(origin.version),
        "run": str(origin.run),
        "rule": origin.rule,
        "extractor_score": origin.score,
        "parents": [str(parent) for parent in making.parents],
    }
    before: Mapping[str, object] = {"status": ClaimStatus.REPLACED.value}
    return Decision(
        id=signed.id,
        reviewer=signed.reviewer,
        action=making.action,
        subject_kind="claim",
        subject=claim_id(origin.version, content),
        revision=1,
        before=before,
        after=after,
        tool_version=signed.tool_version,
        reason=signed.said,
        batch=making.batch,
    )


def joined_content(one: Fields, other: Fields) -> Spans:
    """The content of two claims together."""
    return join_spans([*spans_in(one["content"]), *spans_in(other["content"])])
