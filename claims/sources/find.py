"""Find the source that a person means by an id, the start of one, or a name."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from claims.catalogue.find import select_shown
from claims.model.kinds import SourceKind
from claims.schema import SourceMergedRow, SourceNameRow, SourceRow
from claims.sources.errors import AmbiguousSourceError, UnknownSourceError
from claims.text.fold import words_of

SHORTEST = 6
"""Fewest digits that are read as the start of an id; a name such as Ada is shorter."""

LONGEST = 32
"""Hexadecimal digits of a whole id."""

HEXADECIMAL = frozenset("0123456789abcdef")

LISTED = 5
"""Most sources that the error of an ambiguous name lists."""


def find_source(session: Session, words: str) -> uuid.UUID:
    """The source with an id that begins so, with this name, or the only one that contains it.

    Several sources of this name that are shown as one count once.

    Raises:
        UnknownSourceError: No source has it.
        AmbiguousSourceError: More than one source has it.
    """
    sources = _find_by_id(session, words) or _find_by_name(session, _is_named(words))
    if not sources and words.strip():
        sources = _find_by_name(session, _contains(words))
    if not sources:
        raise UnknownSourceError(words)
    if len(sources) > 1:
        raise AmbiguousSourceError(words, _summary(session, sources))
    return sources[0]


def find_merged(session: Session, words: str) -> uuid.UUID:
    """The merged source that has a name, as itself; else the same as `find_source`.

    Raises:
        UnknownSourceError: No source has it.
        AmbiguousSourceError: More than one source has it.
    """
    query = (
        select(SourceNameRow.source)
        .join(SourceMergedRow, SourceMergedRow.source == SourceNameRow.source)
        .where(_is_named(words))
        .distinct()
        .order_by(SourceNameRow.source)
    )
    sources = session.scalars(query).all()
    if len(sources) > 1:
        raise AmbiguousSourceError(words, _summary(session, sources))
    return sources[0] if sources else find_source(session, words)


def find_speaker(session: Session, words: str) -> uuid.UUID | None:
    """The only source with this name, else the only person with all these words in the name."""
    sources = _find_by_name(session, _is_named(words))
    if not sources and words.strip():
        parts = set(words_of(words))
        query = (
            select_shown(_contains(words))
            .add_columns(SourceNameRow.name)
            .join(SourceRow, SourceRow.id == SourceNameRow.source)
            .where(SourceRow.kind == SourceKind.PERSON)
        )
        rows = session.execute(query)
        sources = sorted({source for source, name in rows if parts <= set(words_of(name))})
    return sources[0] if len(sources) == 1 else None


def _find_by_id(session: Session, start: str) -> Sequence[uuid.UUID]:
    digits = start.strip().lower().replace("-", "")
    if not SHORTEST <= len(digits) <= LONGEST or not set(digits) <= HEXADECIMAL:
        return []
    low, high = (uuid.UUID(digits.ljust(LONGEST, end)) for end in "0f")
    query = select(SourceRow.id).where(SourceRow.id.between(low, high)).limit(LISTED + 1)
    return session.scalars(query).all()


def _find_by_name(session: Session, condition: ColumnElement[bool]) -> Sequence[uuid.UUID]:
    """The sources, as they are shown, with a name that meets the condition."""
    return sorted(set(session.scalars(select_shown(condition))))


def _is_named(name: str) -> ColumnElement[bool]:
    """Whether a stored name is this one, whatever its case, accents and spacing."""
    key = "".join(words_of(name))
    return or_(
        SourceNameRow.keys.contains([f"p={key}"]),
        SourceNameRow.keys.contains([f"h={key}"]),
        SourceNameRow.keys.contains([f"n={name.strip().casefold()}"]),
    )


def _contains(part: str) -> ColumnElement[bool]:
    return SourceNameRow.name.icontains(part.strip(), autoescape=True)


def _summary(session: Session, sources: Sequence[uuid.UUID]) -> str:
    """The first few sources, on one line."""
    query = select(SourceRow.id, SourceRow.kind, SourceRow.name, SourceRow.description)
    query = query.where(SourceRow.id.in_(sources)).order_by(SourceRow.id).limit(LISTED)
    listed = [
        f"{str(id_)[:8]} {name}, {description or kind}"
        for id_, kind, name, description in session.execute(query)
    ]
    more = [f"and {len(sources) - LISTED} more"] if len(sources) > LISTED else []
    return "; ".join(listed + more)
