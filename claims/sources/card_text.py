"""Describe a source in lines: what people decided, and apart from that what was printed."""

from claims.sources.card import SourceCard
from claims.text.display import visible

MANY = 1000
"""From so many claims on the card says "or more"; they are not counted further."""


def describe_source(card: SourceCard) -> list[str]:
    """The lines of `claims sources show`, one fact a line."""
    facts: list[tuple[str, str]] = [
        ("source", str(card.id)),
        ("name", card.name),
        ("kind", card.kind),
        ("status", _status(card)),
    ]
    facts += [
        (label, value)
        for label, value in (
            ("about", card.description),
            ("wikidata", card.wikidata),
            ("country", card.country),
            ("homepage", card.homepage),
        )
        if value
    ]
    facts.append(("claims", f"{card.claims}{' or more' if card.claims >= MANY else ''}"))
    facts += _lists(card)
    width = max(len(name) for name, _ in facts)
    return [f"{name:<{width}}  {visible(fact)}".rstrip() for name, fact in facts]


def _status(card: SourceCard) -> str:
    if card.merged_into:
        shown = str(card.shown_as)[:8]
        return (
            f"merged into {str(card.merged_into)[:8]}, shown as {shown}, revision {card.revision}"
        )
    return f"revision {card.revision}" if card.revision else "no decision yet"


def _lists(card: SourceCard) -> list[tuple[str, str]]:
    facts = []
    for name, kind, language in card.names:
        if name != card.name:
            facts.append((kind, f"{name} ({language})" if language else name))
    facts += [
        ("office", f"{office}; {office.evidence}" if office.evidence else str(office))
        for office in card.offices
    ]
    for printed in card.printed:
        seen = sorted({str(day) for day in (printed.first_seen, printed.last_seen) if day})
        when = f", seen {' to '.join(seen)}" if seen else ""
        facts.append(("printed as", f"“{printed.words}”, {printed.times}×{when}"))
    for rating in card.ratings:
        judged = "F (cannot be judged)" if rating.rating == "F" else rating.rating
        facts.append(("rating", f"{judged} from {rating.rated_on}, {rating.by}: {rating.why}"))
    facts += [("known as", f"{value} in {register}") for register, value in card.identifiers]
    facts += [("includes", f"{str(id_)[:8]} {name}") for id_, name in card.members]
    facts += [("not", f"{str(id_)[:8]} {name}") for id_, name in card.distinct]
    for pair in card.suggested:
        other, name = (pair.b, pair.b_name) if pair.a == card.shown_as else (pair.a, pair.a_name)
        facts.append(("perhaps", f"{str(other)[:8]} {name}, {pair.score:.2f}: {pair.reason}"))
    return facts
