"""A name that an article gives to a source, and whether the name alone identifies it."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from claims.model.kinds import SourceKind
from claims.sources.lexicon import KnownOutlet, outlet_at, outlets_by_name
from claims.sources.match import is_widespread
from claims.sources.names import BodyName, GroupName, Name, PersonName, parse_name
from claims.text.fold import words_of

LATIN = frozenset({"LATIN"})

SHORT = 2
"""An abbreviation of so few letters has too many meanings, unless an outlet is meant."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that an article gives to a source.

    Attributes:
        kind: The kind of source that the article takes it for.
        name: As resolved within the article; for a group the words as printed.
        day: When its words were said, if known; only descriptions of offices depend on it.
        parsed: The name, parsed once for all steps of resolving.
    """

    kind: SourceKind
    name: str
    day: date | None = None
    parsed: Name = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Parse the name."""
        object.__setattr__(self, "parsed", parse_name(self.kind, self.name))


@cache
def outlet_mention(outlet: KnownOutlet) -> Mention:
    """The mention of a known outlet by the name it is shown by."""
    return Mention(SourceKind.OUTLET, outlet.name)


def find_outlet(mention: Mention) -> KnownOutlet | None:
    """The outlet of the lexicon that a name, an abbreviation or an address stands for."""
    name = mention.parsed
    if not isinstance(name, BodyName):
        return None
    if name.host:
        return outlet_at(name.host)
    if name.scripts != LATIN:
        return None  # letters that look like those of a known outlet make another name
    words = words_of(mention.name)
    outlet = outlets_by_name().get(" ".join(words))
    short = len("".join(words)) <= SHORT
    if outlet is None or (short and mention.kind is not SourceKind.OUTLET):
        return None
    return outlet if is_proper_name(mention) else None


def is_proper_name(mention: Mention) -> bool:
    """Whether it begins as a name does, unlike "state TV" and "the company"."""
    if isinstance(mention.parsed, BodyName) and mention.parsed.host:
        return True
    first = mention.name.removeprefix("the ").lstrip()[:1]
    return first.isupper() or first.isdigit() or not first.islower()


def is_distinctive(mention: Mention) -> bool:
    """Whether the name alone identifies the source, also in other articles."""
    name = mention.parsed
    if isinstance(name, GroupName):
        return False
    if len(name.scripts) != 1:
        return False
    return not isinstance(name, PersonName) or (name.full and not is_widespread(name))
