"""Describe a claim in lines, with each kind of confidence on a line of its own."""

from claims.catalogue.card import (
    AnchorLine,
    ClaimCard,
    Corroboration,
    DecisionLine,
    History,
    HopCard,
    RelatedClaim,
)
from claims.text.display import visible

CANNOT_BE_JUDGED = 6
"""Of a credibility: not the worst, but none."""


def describe_claim(
    card: ClaimCard, history: History, corroboration: Corroboration | None = None
) -> list[str]:
    """The lines of `claims show`, one fact a line; unknown facts are named as unknown.

    Args:
        card: The claim.
        history: What was decided on it, and what is related to it.
        corroboration: How far it went and who else says so; None if it is not published.
    """
    days = " to ".join(str(day) for day in dict.fromkeys(card.said_on or ()))
    facts: list[tuple[str, str]] = [
        ("claim", str(card.id)),
        ("words", card.reported),
        ("mode", card.mode),
        ("form", card.form),
        ("class", card.claim_class),
        ("statement", card.statement or "not written yet"),
        ("status", f"{card.status}, revision {card.revision}"),
        ("said", ", ".join(filter(None, (card.said_on_text, days, card.venue))) or "not stated"),
        *([("said to", card.hearer)] if card.hearer else []),
        ("where", f"paragraph {card.paragraph}, " + ", ".join(f"{s}-{e}" for s, e in card.spans)),
        ("article", f"{card.title or 'no title'}{card.article_mark}"),
        *([("", card.document_note)] if card.document_note else []),
        *([("origin", card.origin_note)] if card.origin_note else []),
        *([("copy of", card.copy_note)] if card.copy_note else []),
        *([("credit", card.credit_note)] if card.credit_note else []),
        ("outlet", card.outlet or "not stated"),
        ("published", str(card.published_at.date()) if card.published_at else "not stated"),
        ("address", card.url or "not stated"),
        ("extractor score", _score(card)),
        ("name score", _name_score(card)),
        ("attribution confidence", _judged(card.attribution_confidence)),
        ("credibility", _judged(card.credibility)),
        *_corroboration(corroboration),
    ]
    for hop in card.hops:
        name = hop.name or "unknown"
        printed = f"{name} ({hop.kind or 'source unknown'}), printed “{hop.mention}”"
        cue = f", {hop.mode}: “{hop.cue}”" if hop.cue else ""
        capacity = f", as {hop.capacity}" if hop.capacity else ""
        facts.append((f"hop {hop.position}", printed + capacity + cue))
        facts.append(("", _why(hop)))
    facts += [("others" if not number else "", one) for number, one in enumerate(history.others)]
    facts += [_related(other) for other in history.related]
    facts += [(f"in version {line.version}", _anchor(line)) for line in history.anchors]
    facts += [("decided", _decision(line)) for line in history.decisions]
    width = max(len(name) for name, _ in facts)
    return [f"{name:<{width}}  {visible(fact)}" for name, fact in facts]


def _corroboration(corroboration: Corroboration | None) -> list[tuple[str, str]]:
    """That it was said and that it is so, each by itself, and what the second suggests."""
    if corroboration is None:
        return []
    speakers = corroboration.asserted_by
    number = corroboration.suggested_credibility
    meaning = ", cannot be judged" if number == CANNOT_BE_JUDGED else ""
    return [
        ("", f"suggested: {number}{meaning}. {corroboration.suggestion}"),
        ("heard by", corroboration.reach),
        ("asserted by", f"{speakers} speaker{'' if speakers == 1 else 's'}"),
    ]


def _score(card: ClaimCard) -> str:
    if card.extractor_score is None:
        return "none: a person added it"
    return f"{card.extractor_score:.2f} by rule {card.rule}"


def _name_score(card: ClaimCard) -> str:
    """How sure the machine's name of the speaker is, and whom it would suggest."""
    if card.name_score is None:
        return "none: the machine named nobody"
    perhaps = f": perhaps {card.suggested_name}" if card.suggested_name else ""
    return f"{card.name_score:.2f}{perhaps}"


def _why(hop: HopCard) -> str:
    """Why the mention was linked to this source."""
    if hop.linked is None:
        return "  not linked: nobody is named"
    merged = ", and that source was merged into the one shown" if hop.linked.merged else ""
    if hop.linked.score is None:
        return f"  source {str(hop.source)[:8]}, new from this mention: {hop.linked.reason}{merged}"
    linked = f"  source {str(hop.source)[:8]}, linked by {hop.linked.rule}"
    return f"{linked}, {hop.linked.score:.2f}: {hop.linked.reason}{merged}"


def _related(other: RelatedClaim) -> tuple[str, str]:
    """A related claim; with an arrow if it is the other one that points here."""
    relation = other.relation.replace("_", " ")
    pointing = "" if not other.inward or other.relation == "part" else "← "
    return relation, f"{pointing}{str(other.id)[:8]} ({other.status}) {other.reported}"


def _anchor(line: AnchorLine) -> str:
    """How it stands in another version: `altered, number: 12 -> 14`."""
    kinds = ", ".join((line.state, *line.changes))
    words = f": {line.old or 'nothing'} -> {line.new or 'nothing'}" if line.old or line.new else ""
    return f"{kinds}{words}"


def _decision(line: DecisionLine) -> str:
    reason = f": {line.reason}" if line.reason else ""
    change = f", {line.change}" if line.change else ""
    when = f"{line.at:%Y-%m-%d %H:%M}Z"
    return f"{when} {line.action} by {line.by}{change}{reason} (ledger {line.no})"


def _judged(value: float | None) -> str:
    return "not judged yet" if value is None else str(value)
