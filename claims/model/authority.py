"""An entry of a register: somebody's list of persons or bodies, with names and offices."""

from dataclasses import dataclass
from datetime import date

from claims.model.kinds import SourceKind


@dataclass(frozen=True, slots=True)
class AuthorityOffice:
    """An office as a register states it.

    Attributes:
        title: The office's title.
        organisation: Where it is held, by name or by an id of the same register.
        first: First day; None where not stated.
        last: Last day, included; None where not stated or still held.
    """

    title: str
    organisation: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """One person, organisation or outlet of a register.

    Attributes:
        place: The file or `-`.
        line: Line in the file, from 1.
        key: Its id there; importing it again finds the same source.
        fields: Description, Wikidata item, country and homepage, those that are stated.
    """

    place: str
    line: int
    key: str
    kind: SourceKind
    name: str
    aliases: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    offices: tuple[AuthorityOffice, ...] = ()
