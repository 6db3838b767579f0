"""An entry of an authority file: a list of persons or bodies that somebody else keeps."""

from dataclasses import dataclass
from datetime import date

from claims.model.kinds import SourceKind


@dataclass(frozen=True, slots=True)
class AuthorityOffice:
    """An office in an authority file.

    Attributes:
        title: The office's title.
        organisation: Where it is held, by name or by an id of the same file.
        first: First day; None if the file has none.
        last: Last day, included; None if the file has none or the office is still held.
    """

    title: str
    organisation: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """One person, organisation or outlet of an authority file.

    Attributes:
        place: The file or `-`.
        line: Line in the file, from 1.
        key: Its id there; importing it again finds the same source.
        fields: Description, Wikidata item, country and homepage, if the file has them.
    """

    place: str
    line: int
    key: str
    kind: SourceKind
    name: str
    aliases: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    offices: tuple[AuthorityOffice, ...] = ()
