"""Offices: whether two descriptions agree, and who held a described office on a day."""

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
    """Whether two descriptions of persons name the same office."""

    AGREE = "agree"
    CLASH = "clash"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Description:
    """A description of an office, parsed.

    Attributes:
        offices: The words that name offices; synonyms become one word.
        rest: The other words that tell offices apart: whose, of what.
    """

    offices: frozenset[str]
    rest: frozenset[str]


def parse_description(printed: str | None) -> Description:
    """Parse a description such as "the Russian foreign minister"."""
    words = words_of(_POSSESSIVE.sub(" ", printed or ""))
    office_of, lexicon = office_words(), body_words()
    offices = frozenset(office_of[word] for word in words if word in office_of)
    others = (lexicon.same.get(word, word) for word in words if word not in office_of)
    return Description(
        offices, frozenset(word for word in others if word not in lexicon.little_words)
    )


def compare_offices(one: Iterable[str], other: Iterable[str]) -> Agreement:
    """Whether the descriptions of two persons' offices agree.

    They agree if both name an office and no other word contradicts it; they clash if both name
    offices and share none.
    """
    first, second = _with_office(one), _with_office(other)
    if not first or not second:
        return Agreement.UNKNOWN
    if any(_agree(a, b) for a in first for b in second):
        return Agreement.AGREE
    return Agreement.CLASH


def _with_office(texts: Iterable[str]) -> list[Description]:
    descriptions = (parse_description(text) for text in texts)
    return [description for description in descriptions if description.offices]


def _agree(one: Description, other: Description) -> bool:
    if not one.offices & other.offices:
        return False
    return bool(one.rest & other.rest) or not one.rest or not other.rest


def office_keys(title: str, organisation: str | None) -> list[str]:
    """The words under which an office is found by its description."""
    description = parse_description(f"{title} {organisation or ''}")
    return sorted(description.offices | description.rest)


@dataclass(frozen=True, slots=True)
class OfficeHolding:
    """An office that a source held.

    Attributes:
        source: The holder.
        kind: The holder's kind.
        name: The name the holder is shown by.
        title: The office's title.
        organisation: Where it is held, if that is known.
        first: First day; None if not known.
        last: Last day, included; None if not known or still held.
    """

    source: uuid.UUID
    kind: SourceKind
    name: str
    title: str
    organisation: str | None
    first: date | None
    last: date | None


def find_holders(
    printed: str, day: date | None, offices: Sequence[OfficeHolding]
) -> list[OfficeHolding]:
    """The holders of a described office on a day.

    Args:
        printed: Such as "the foreign minister of Iran".
        day: When it was said; None for holders at any time.
        offices: The offices to search.

    Returns:
        One office for each holder: it is the described one, and its days include the day.
    """
    description = parse_description(printed)
    if not description.offices:
        return []
    by_holder: dict[uuid.UUID, OfficeHolding] = {}
    for office in offices:
        if _is_described(office, description) and (day is None or _includes(office, day)):
            by_holder.setdefault(office.source, office)
    return list(by_holder.values())


def _is_described(office: OfficeHolding, description: Description) -> bool:
    """Whether a description names the office, where it is held, and nothing else."""
    title, rest = parse_description(office.title), description.rest
    if description.offices != title.offices or not rest or not title.rest <= rest:
        return False
    where = parse_description(office.organisation).rest - title.rest
    beyond = rest - title.rest
    return beyond <= where and bool(beyond or not office.organisation)


def _includes(office: OfficeHolding, day: date) -> bool:
    after = office.first is None or office.first <= day
    return after and (office.last is None or day <= office.last)
