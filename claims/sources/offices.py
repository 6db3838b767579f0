"""Offices: whether two descriptions agree, and whom a description means on a day."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claims.model.kinds import SourceKind
from claims.sources.lexicon import body_words, office_words
from claims.text.fold import words_of

_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")


class Agreement(StrEnum):
    """How two descriptions of a person stand to each other."""

    AGREE = "agree"
    CLASH = "clash"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Description:
    """A description taken apart.

    Attributes:
        offices: What office it names, synonyms as one word.
        rest: The other words that tell offices apart: whose, of what.
    """

    offices: frozenset[str]
    rest: frozenset[str]


def describe(printed: str | None) -> Description:
    """Take a description such as "the Russian foreign minister" apart."""
    words = words_of(_POSSESSIVE.sub(" ", printed or ""))
    known, lexicon = office_words(), body_words()
    offices = frozenset(known[word] for word in words if word in known)
    same = (lexicon.same.get(word, word) for word in words if word not in known)
    return Description(
        offices, frozenset(word for word in same if word not in lexicon.little_words)
    )


def compare_offices(one: Iterable[str], other: Iterable[str]) -> Agreement:
    """Whether what is printed of two persons' offices agrees.

    They agree where some office of one is an office of the other, and nothing said of it speaks
    against; they clash where both have offices and none is shared.
    """
    mine, theirs = [describe(text) for text in one], [describe(text) for text in other]
    mine, theirs = [d for d in mine if d.offices], [d for d in theirs if d.offices]
    if not mine or not theirs:
        return Agreement.UNKNOWN
    if any(_agree(a, b) for a in mine for b in theirs):
        return Agreement.AGREE
    return Agreement.CLASH


def _agree(one: Description, other: Description) -> bool:
    if not one.offices & other.offices:
        return False
    return bool(one.rest & other.rest) or not one.rest or not other.rest


def office_keys(title: str, organisation: str | None) -> list[str]:
    """The words under which an office is found by its description."""
    described = describe(f"{title} {organisation or ''}")
    return sorted(described.offices | described.rest)


@dataclass(frozen=True, slots=True)
class OfficeHolding:
    """An office that a source held.

    Attributes:
        source: Who held it.
        kind: What the holder is.
        name: The name the holder is shown by.
        title: The office's title.
        organisation: Where it is held, if that is known.
        first: First day; None where not known.
        last: Last day, included; None where not known or still held.
    """

    source: uuid.UUID
    kind: SourceKind
    name: str
    title: str
    organisation: str | None
    first: date | None
    last: date | None


def find_holders(
    printed: str, day: date | None, held: Sequence[OfficeHolding]
) -> list[OfficeHolding]:
    """Who is meant by a description on a day.

    Args:
        printed: Such as "the foreign minister of Iran".
        day: When it was said; None asks for whoever held it at any time.
        held: Offices to look among.

    Returns:
        An office of each holder whose office is the one described and whose days include the day.
    """
    asked = describe(printed)
    if not asked.offices:
        return []
    meant: dict[uuid.UUID, OfficeHolding] = {}
    for office in held:
        if _is_named(asked, office) and (day is None or _includes(office, day)):
            meant.setdefault(office.source, office)
    return list(meant.values())


def _is_named(asked: Description, office: OfficeHolding) -> bool:
    """Whether a description says which office, where it is held, and nothing else."""
    title = describe(office.title)
    if asked.offices != title.offices or not asked.rest or not title.rest <= asked.rest:
        return False
    where = describe(office.organisation).rest - title.rest
    beyond = asked.rest - title.rest
    return beyond <= where and bool(beyond or not office.organisation)


def _includes(office: OfficeHolding, day: date) -> bool:
    after = office.first is None or office.first <= day
    return after and (office.last is None or day <= office.last)
