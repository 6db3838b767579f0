"""From the words that name a source to the source itself: link, or make a new one and suggest.

1. A name of the register of outlets means that outlet, "AP" The Associated Press.
2. A family name alone, or with initials, means the one person of the article who bears it.
3. The description of an office means whoever held it on the day, if one person alone did.
4. A name is compared with the stored sources that share a key with it; one that is certain, and the
   only one, is linked.
5. Otherwise a new source is made, and those that are likely are suggested as the same. A full name
   that few can bear makes one source for all articles; every other name one for this article alone.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from claims.model.identity import derived_id
from claims.model.kinds import SourceKind
from claims.sources.candidates import BODIES, StoredSource
from claims.sources.lexicon import KnownOutlet, outlet_at, outlets_by_name
from claims.sources.match import (
    CERTAIN,
    INITIAL,
    POSSIBLE,
    SPELLING,
    NameMatch,
    compare_persons,
    compare_words,
    is_widespread,
)
from claims.sources.match_bodies import compare_bodies
from claims.sources.names import parse_body, parse_person
from claims.sources.offices import Agreement, OfficeHolding, compare_offices, describe, find_holders
from claims.text.fold import words_of

SUGGESTED = 5
"""Most suggestions that one mention makes."""

LATIN = frozenset({"LATIN"})

SHORT = 2
"""An abbreviation of so many letters has too many meanings, but for an outlet."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that an article gives to a source.

    Attributes:
        kind: What the article takes it for.
        name: As resolved within the article; for a group the words as printed.
        day: When its words were said, as far as known; it matters for offices alone.
    """

    kind: SourceKind
    name: str
    day: date | None = None


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
        source: The source's id, derived where it is new.
        rule: `register`, `article`, `office`, `name` or `new`.
        kind: The source's kind.
        name: The name it is shown by, where it is new.
        reason: Why, in words.
        score: How certain; None where the mention made the source.
        aliases: Its other names, where it is new.
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
    """What is stored that the mentions of one article can be resolved with.

    Attributes:
        candidates_for: Stored sources that may bear a name of a kind.
        held: Offices that sources held.
    """

    candidates_for: Callable[[SourceKind, str], Sequence[StoredSource]]
    held: Sequence[OfficeHolding] = ()


def resolve(
    mentions: Mapping[Mention, Sequence[str]], knowledge: Knowledge, scope: uuid.UUID
) -> dict[Mention, Link]:
    """Link each mention of one article.

    Args:
        mentions: The article's names, each with what is printed of its offices.
        knowledge: What is stored.
        scope: The version; a name that is not certain means a source of this version alone.

    Returns:
        A link for each mention, the same for the same stored sources.
    """
    links: dict[Mention, Link] = {}
    full = {mention: None for mention in mentions if _is_full(mention)}
    for mention in full:
        links[mention] = _resolve_one(mention, mentions[mention], knowledge, scope)
    for mention in mentions:
        if mention in full:
            continue
        links[mention] = _in_article(mention, full, links) or _resolve_one(
            mention, mentions[mention], knowledge, scope
        )
    return links


def _is_full(mention: Mention) -> bool:
    return mention.kind is SourceKind.PERSON and parse_person(mention.name).full


def _in_article(
    mention: Mention, full: Iterable[Mention], links: Mapping[Mention, Link]
) -> Link | None:
    """The one person of the article whose family name, or name with initials, it is."""
    if mention.kind is not SourceKind.PERSON:
        return None
    name = parse_person(mention.name)
    bearers = {
        links[other].source: other
        for other in full
        if name.words and _may_shorten(name.words, parse_person(other.name).words)
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
        if not _is_name(mention.name):
            reason = "a description, not a name; it holds for this article alone"
            return _new(mention, reason, scope=scope)
    return _resolve_name(mention, offices, knowledge, scope)


def _is_name(printed: str) -> bool:
    """Whether it begins as a name does, as "state TV" and "the company" do not."""
    if parse_body(printed).host:
        return True
    first = printed.removeprefix("the ").lstrip()[:1]
    return first.isupper() or first.isdigit() or not first.islower()


def find_outlet(mention: Mention) -> KnownOutlet | None:
    """The outlet of the register that a name or an abbreviation stands for."""
    name = parse_body(mention.name)
    if name.host:
        return outlet_at(name.host)
    if name.scripts != LATIN:
        return None  # letters that look like those of a known outlet make another name
    words = words_of(mention.name)
    outlet = outlets_by_name().get(" ".join(words))
    short = len("".join(words)) <= SHORT
    if outlet is None or (short and mention.kind is not SourceKind.OUTLET):
        return None
    return outlet if _is_name(mention.name) else None


def _resolve_outlet(mention: Mention, outlet: KnownOutlet, knowledge: Knowledge) -> Link:
    meant = Mention(SourceKind.OUTLET, outlet.name)
    certain = _certain(_score(meant, (), knowledge))
    reason = f"“{mention.name}” is {outlet.name} in the register of outlets"
    if certain:
        found, _ = certain
        return Link(found.source, "register", found.kind, found.names[0], reason, 1.0)
    new = _new(meant, reason)
    return Link(new.source, "register", new.kind, new.name, reason, 1.0, outlet.aliases)


def _resolve_description(mention: Mention, knowledge: Knowledge, scope: uuid.UUID) -> Link:
    """Whoever held the office described on the day, if it was one person; else a group."""
    if describe(mention.name).offices:
        holders = find_holders(mention.name, mention.day, knowledge.held)
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
        found, likeness = certain
        reason = f"{likeness.reason}: {found.names[0]}"
        return Link(found.source, "name", found.kind, found.names[0], reason, likeness.score)
    suggestions = tuple(
        Suggestion(known.source, likeness.score, likeness.reason)
        for known, likeness in scored[:SUGGESTED]
        if likeness.score >= POSSIBLE
    )
    # A likely one stands beside it already, or nothing but its words tells who it is: for this
    # article alone, so that the next one is not taken for the same unasked.
    alone = not stands_alone(mention) or any(like.score >= CERTAIN for _, like in scored)
    clash = any(known.names and _same_name(mention, known) for known, _ in scored)
    reason = "a new name" if not suggestions else f"like {len(suggestions)} others, none certain"
    new = _new(mention, reason, scope=scope if alone or clash else None)
    others = tuple(one for one in suggestions if one.source != new.source)
    return Link(new.source, "new", new.kind, new.name, reason, None, (), others)


def _same_name(mention: Mention, known: StoredSource) -> bool:
    return any(words_of(name) == words_of(mention.name) for name in known.names)


def stands_alone(mention: Mention) -> bool:
    """Whether the name alone says who it is, beyond the one article."""
    if mention.kind is SourceKind.PERSON:
        name = parse_person(mention.name)
        return name.full and len(name.scripts) == 1 and not is_widespread(name)
    return mention.kind in BODIES and len(parse_body(mention.name).scripts) == 1


def _score(
    mention: Mention, offices: Sequence[str], knowledge: Knowledge
) -> list[tuple[StoredSource, NameMatch]]:
    """The candidates, likeliest first; of one person's several records the unmerged first."""
    scored = [
        (known, score_candidate(mention, offices, known))
        for known in knowledge.candidates_for(mention.kind, mention.name)
    ]
    alike = [pair for pair in scored if pair[1].score > 0]
    return sorted(alike, key=lambda p: (-p[1].score, p[0].source != p[0].root, p[0].source))


def score_candidate(mention: Mention, offices: Sequence[str], known: StoredSource) -> NameMatch:
    """How likely a mention means a stored source, by the likest of its names."""
    if mention.kind is SourceKind.PERSON:
        agreement = compare_offices(offices, known.offices) if offices else Agreement.UNKNOWN
        found = [_compare_persons(mention.name, own, agreement) for own in known.names]
    else:
        found = [_compare_bodies(mention.name, own) for own in known.names]
    return max(found, key=lambda likeness: likeness.score)


@lru_cache(maxsize=262_144)
def _compare_persons(one: str, other: str, agreement: Agreement) -> NameMatch:
    return compare_persons(parse_person(one), parse_person(other), agreement)


@lru_cache(maxsize=65_536)
def _compare_bodies(one: str, other: str) -> NameMatch:
    return compare_bodies(parse_body(one), parse_body(other))


def _certain(
    scored: Sequence[tuple[StoredSource, NameMatch]],
) -> tuple[StoredSource, NameMatch] | None:
    """The one candidate that is meant for certain.

    Two that both bear the very name are ambiguous; one that bears it goes before others that
    differ in something.
    """
    sure = [pair for pair in scored if pair[1].score >= CERTAIN]
    if not sure:
        return None
    best = sure[0]
    rivals = [pair for pair in sure if pair[0].root != best[0].root]
    if any(likeness.score == 1 or best[1].score < 1 for _, likeness in rivals):
        return None
    return best


def _new(mention: Mention, reason: str, *, scope: uuid.UUID | None = None) -> Link:
    folded = " ".join(mention.name.split()).casefold()
    parts = ("source", mention.kind, folded, *([str(scope)] if scope else []))
    return Link(derived_id(*parts), "new", mention.kind, mention.name, reason)
