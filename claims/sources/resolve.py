"""Which source a name of one article stands for, and when that is certain.

A full name, an organisation's or an outlet's is taken for the same source in every article. A
surname or first name alone, and a group's words, are not: "Smith" of two articles are two sources
until a person says otherwise.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.model.identity import derived_id
from claims.model.kinds import SourceKind

EVERYWHERE = frozenset({SourceKind.ORGANISATION, SourceKind.OUTLET})


@dataclass(frozen=True, slots=True)
class Named:
    """A name that an article gives to a source.

    Attributes:
        kind: What the article takes it for.
        name: As resolved within the article, with its printed spelling.
    """

    kind: SourceKind
    name: str

    @property
    def folded(self) -> str:
        """The name without regard to case and spacing."""
        return " ".join(self.name.split()).casefold()

    @property
    def certain(self) -> bool:
        """Whether the name alone says who it is, beyond the one article."""
        return self.kind in EVERYWHERE or (
            self.kind is SourceKind.PERSON and len(self.name.split()) > 1
        )


def resolve(
    named: Iterable[Named], known: Mapping[Named, tuple[uuid.UUID, ...]], scope: uuid.UUID
) -> dict[Named, uuid.UUID]:
    """The source's id for each name.

    Args:
        named: The names of one article.
        known: Stored sources of the same kind that carry a name, for the certain ones.
        scope: The version; a name that is not certain means a source of this version alone.

    Returns:
        One stored source where exactly one carries the name, else an id made from the name, so
        that two articles, or two attempts, make the same source.
    """
    return {name: _one(name, known.get(name, ()), scope) for name in named}


def _one(name: Named, stored: tuple[uuid.UUID, ...], scope: uuid.UUID) -> uuid.UUID:
    if not name.certain:
        return derived_id("source", name.kind, name.folded, str(scope))
    if len(stored) == 1:
        return stored[0]
    return derived_id("source", name.kind, name.folded)
