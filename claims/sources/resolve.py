"""Find the source that a mention names: link it to a stored one, or make a new one and suggest.

1. A name in the lexicon of outlets means that outlet: "AP" is The Associated Press.
2. A family name alone, or with initials, means the one person of the article who bears it.
3. The description of an office means the person who held it on the day, if only one did.
4. A name is compared with the stored sources that share a key with it. If exactly one is certain,
   the mention is linked to it.
5. Otherwise a new source is made, and likely ones are suggested as the same. A full name that few
   people bear makes one source for all articles; every other name makes one for this article alone.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from claims.model.identity import derived_id
from claims.model.kinds import BODIES, SourceKind
from claims.sources.candidates import StoredSource
from claims.sources.lexicon import KnownOutlet
from claims.sources.match import CERTAIN, NO_MATCH, POSSIBLE, NameMatch, compare_persons
from claims.sources.match_bodies import compare_bodies
from claims.sources.match_words import INITIAL, SPELLING, compare_words
from claims.sources.mention import (
    Mention,
    find_outlet,
    is_distinctive,
    is_proper_name,
    outlet_mention,
)
from claims.sources.names import BodyName, Name, PersonName
from claims.sources.offices import (
    Agreement,
    OfficeHolding,
    compare_offices,
    find_holders,
    parse_description,
)
from claims.text.fold import words_of

SUGGESTED = 5
"""Most suggestions that one mention makes."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A source that may be the same as another.

    Attributes:
        source: Its id.
        score: 0 to 1.
        reason: Why, in words.
    """

    source: uuid.UUID
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """What a mention was linked to, and why.

    Attributes:
        source: The source's id; derived from the name if the source is new.
        rule: `register` (the lexicon of outlets), `article`, `office`, `name` or `new`.
        kind: The source's kind.
        name: The name it is shown by.
        reason: Why, in words.
        score: How certain it is, 0 to 1; None if the source was made from the mention.
        aliases: Its other names, if it is new.
        suggestions: Sources it may be the same as.
    """

    source: uuid.UUID
    rule: str
    kind: SourceKind
    name: str
    reason: str
    score: float | None = None
    aliases: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Stored sources and offices with which the mentions of one article are resolved.

    Attributes:
        candidates_for: The stored sources that a name may mean.
        offices: Offices that sources held.
    """

    candidates_for: Callable[[Name], Sequence[StoredSource]]
    offices: Sequence[OfficeHolding] = ()


def resolve(
    mentions: Mapping[Mention, Sequence[str]], knowledge: Knowledge, scope: uuid.UUID
) -> dict[Mention, Link]:
    """Link each mention of one article.

    Args:
        mentions: The article's mentions, each with the printed descriptions of its offices.
        knowledge: Stored sources and offices.
        scope: The version. A name that is not certain makes a source of this version alone.

    Returns:
        A link for each mention, the same for the same stored sources.
    """
    links: dict[Mention, Link] = {}
    full_names = {
        mention: name
        for mention in mentions
        if isinstance(name := mention.parsed, PersonName) and name.full
    }
    for mention in full_names:
        links[mention] = _resolve_one(mention, mentions[mention], knowledge, scope)
    for mention, offices in mentions.items():
        if mention not in full_names:
            links[mention] = _in_article(mention, full_names, links) or _resolve_one(
                mention, offices, knowledge, scope
            )
    return links


def _in_article(
    mention: Mention, full_names: Mapping[Mention, PersonName], links: Mapping[Mention, Link]
) -> Link | None:
    """The one person of the article whose family name, or name with initials, it is."""
    name = mention.parsed
    if not isinstance(name, PersonName) or not name.words:
        return None
    bearers = {
        links[other].source: other
        for other, full_name in full_names.items()
        if _may_shorten(name.words, full_name.words)
    }
    if len(bearers) != 1:
        return None
    (bearer,) = bearers.values()
    link, reason = links[bearer], f"the one {mention.name} of the article is {bearer.name}"
    return Link(link.source, "article", link.kind, link.name, reason, SPELLING)


def _may_shorten(short: Sequence[str], full: Sequence[str]) -> bool:
    if compare_words(short[-1], full[-1]) < SPELLING:
        return False
    return len(short) == 1 or compare_words(short[0], full[0]) >= INITIAL


def _resolve_one(
    mention: Mention, offices: Sequence[str], knowledge: Knowledge, scope: uuid.UUID
) -> Link:
    if mention.kind is SourceKind.GROUP:
        return _resolve_description(mention, knowledge, scope)
    if mention.kind in BODIES:
        outlet = find_outlet(mention)
        if outlet:
            return _resolve_outlet(mention, outlet, knowledge)
        if not is_proper_name(mention):
            reason = "a description, not a name; it holds for this article alone"
            return _new(mention, reason, scope=scope)
    return _resolve_name(mention, offices, knowledge, scope)


def _resolve_outlet(mention: Mention, outlet: KnownOutlet, knowledge: Knowledge) -> Link:
    by_name = outlet_mention(outlet)
    certain = _certain(_score(by_name, (), knowledge))
    reason = f"“{mention.name}” is {outlet.name} in the register of outlets"
    if certain:
        stored, _ = certain
        return Link(stored.source, "register", stored.kind, stored.names[0], reason, 1.0)
    new = _new(by_name, reason)
    return Link(new.source, "register", new.kind, new.name, reason, 1.0, outlet.aliases)


def _resolve_description(mention: Mention, knowledge: Knowledge, scope: uuid.UUID) -> Link:
    """The person who held the described office on the day, if only one did; else a group."""
    if parse_description(mention.name).offices:
        holders = find_holders(mention.name, mention.day, knowledge.offices)
        if len(holders) == 1:
            (holder,) = holders
            on = f" on {mention.day}" if mention.day else ""
            reason = f"“{mention.name}”{on} was {holder.name}, {holder.title}"
            return Link(holder.source, "office", holder.kind, holder.name, reason, SPELLING)
    return _new(mention, "a group's words hold for this article alone", scope=scope)


def _resolve_name(
    mention: Mention, offices: Sequence[str], knowledge: Knowledge, scope: uuid.UUID
) -> Link:
    scored = _score(mention, offices, knowledge)
    certain = _certain(scored)
    if certain:
        stored, match = certain
        reason = f"{match.reason}: {stored.names[0]}"
        return Link(stored.source, "name", stored.kind, stored.names[0], reason, match.score)
    suggestions = tuple(
        Suggestion(stored.source, match.score, match.reason)
        for stored, match in scored[:SUGGESTED]
        if match.score >= POSSIBLE
    )
    # If a likely source is stored already, or the name says too little, the new source is for this
    # article alone: the next article must not be linked to it without asking.
    alone = not is_distinctive(mention) or any(match.score >= CERTAIN for _, match in scored)
    clash = any(_same_name(mention, stored) for stored, _ in scored)
    reason = _why_new(len(suggestions))
    new = _new(mention, reason, scope=scope if alone or clash else None)
    others = tuple(one for one in suggestions if one.source != new.source)
    return Link(new.source, "new", new.kind, new.name, reason, None, (), others)


def _why_new(like: int) -> str:
    """Why a mention gets a source of its own, where so many stored ones are like it."""
    if like > 1:
        return f"like {like} others, none certain"
    return "like 1 other, not certain" if like else "a new name"


def _same_name(mention: Mention, stored: StoredSource) -> bool:
    words = words_of(mention.name)
    return any(words_of(name) == words for name in stored.names)


def _score(
    mention: Mention, offices: Sequence[str], knowledge: Knowledge
) -> list[tuple[StoredSource, NameMatch]]:
    """The candidates, likeliest first; of one person's several records the unmerged first."""
    scored = [
        (stored, score_candidate(mention, offices, stored))
        for stored in knowledge.candidates_for(mention.parsed)
    ]
    possible = [pair for pair in scored if pair[1].score > 0]
    return sorted(possible, key=lambda p: (-p[1].score, p[0].source != p[0].root, p[0].source))


def score_candidate(mention: Mention, offices: Sequence[str], stored: StoredSource) -> NameMatch:
    """How likely a mention means a stored source: the best match among the source's names."""
    agreement = Agreement.UNKNOWN
    if offices and mention.kind is SourceKind.PERSON:
        agreement = compare_offices(offices, stored.offices)
    matches = [_compare(mention.parsed, name, agreement) for name in stored.parsed]
    return max(matches, key=lambda match: match.score)


def _compare(one: Name, other: Name, offices: Agreement) -> NameMatch:
    if isinstance(one, PersonName) and isinstance(other, PersonName):
        return compare_persons(one, other, offices)
    if isinstance(one, BodyName) and isinstance(other, BodyName):
        return compare_bodies(one, other)
    return NO_MATCH


def _certain(
    scored: Sequence[tuple[StoredSource, NameMatch]],
) -> tuple[StoredSource, NameMatch] | None:
    """The one candidate that is certain; None if none is, or if several are.

    Two that bear exactly this name are ambiguous; one that bears it goes before others whose name
    differs in something.
    """
    sure = [pair for pair in scored if pair[1].score >= CERTAIN]
    if not sure:
        return None
    best = sure[0]
    rivals = [pair for pair in sure if pair[0].root != best[0].root]
    if any(match.score == 1 or best[1].score < 1 for _, match in rivals):
        return None
    return best


def _new(mention: Mention, reason: str, *, scope: uuid.UUID | None = None) -> Link:
    folded = " ".join(mention.name.split()).casefold()
    parts = ("source", mention.kind, folded, *([str(scope)] if scope else []))
    return Link(derived_id(*parts), "new", mention.kind, mention.name, reason)
