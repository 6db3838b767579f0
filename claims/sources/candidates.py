"""Which stored sources a name may stand for: lookup keys, and an index over them in memory.

Two names that could be scored as one source share a key; only those are compared.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from claims.model.kinds import SourceKind
from claims.sources.lexicon import person_words
from claims.sources.match_words import START, short_forms, spelling_of
from claims.sources.names import BodyName, GroupName, Name, PersonName, parse_name

CROWDED = 200
"""Most sources under one key. A key that more sources share is not looked up: it says nothing."""


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A stored source as a candidate.

    Attributes:
        source: Its id.
        kind: What it is.
        names: All its names; the first is the one it is shown by.
        root: The source it is shown as, after merges.
        offices: Its offices, and descriptions it was printed with.
        decided: Whether a person decided anything about it.
        parsed: The names, parsed once for all comparisons.
    """

    source: uuid.UUID
    kind: SourceKind
    names: tuple[str, ...]
    root: uuid.UUID
    offices: tuple[str, ...] = ()
    decided: bool = False
    parsed: tuple[Name, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Parse the names."""
        parsed = tuple(parse_name(self.kind, name) for name in self.names)
        object.__setattr__(self, "parsed", parsed)


@lru_cache(maxsize=65_536)
def keys_of(name: Name) -> tuple[str, ...]:
    """The keys under which a source with this name is found; a group has one, all its words."""
    if isinstance(name, GroupName):
        return (f"n={name.words}",)
    keys = _body_keys(name) if isinstance(name, BodyName) else _person_keys(name, _initials)
    return tuple(sorted(set(keys)))


@lru_cache(maxsize=65_536)
def lookup_keys(name: Name) -> tuple[str, ...]:
    """The keys to look for a mention under, fewer than a source is found under.

    The initials of other forms of a given name are among the source's keys already; a family name
    alone is looked for only if no more is printed.
    """
    if isinstance(name, GroupName):
        return ()
    if isinstance(name, BodyName):
        return keys_of(name)
    alone = len(name.words) == 1
    keys = dict.fromkeys(_person_keys(name, lambda word: (spelling_of(word)[:1],)))
    return tuple(key for key in keys if alone or not key.startswith("f="))


def _person_keys(name: PersonName, initials: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """Exact letters; family name with the given name's initial; given name with a start of it.

    Every word that may be the family name is taken for it: the last, the one before it because a
    second family name can be left out, the first where peoples write it first.
    """
    if not name.words:
        return
    yield f"p={name.joined}"
    *given_names, family = name.words
    yield f"f={spelling_of(family)}"
    if not given_names:
        return
    orders = [(given_names[0], family)]
    if len(given_names) > 1:
        orders.append((given_names[0], given_names[-1]))
    if given_names[0] in person_words().family_first:
        orders += [(given_names[-1] if len(given_names) > 1 else family, given_names[0])]
        orders += [(given_names[1] if len(given_names) > 1 else family, given_names[0])]
    for first, last in orders:
        for initial in initials(first):
            yield f"i={spelling_of(last)},{initial}"
        if len(first) > 1:
            yield f"g={spelling_of(first)},{last[:START]}"


@lru_cache(maxsize=16_384)
def _initials(given_name: str) -> frozenset[str]:
    """First letters of a given name and of all its other forms."""
    return frozenset(spelling_of(word)[:1] for word in {given_name, *short_forms(given_name)})


def _body_keys(name: BodyName) -> Iterator[str]:
    if name.host:
        yield f"h={max(name.host.split('.')[:-1], key=len).replace('-', '')}"
        return
    yield f"b={''.join(sorted(name.words))}"
    yield f"w={name.words[0][:START]},{name.words[-1][:START]}"
    yield f"h={''.join(name.printed)}"
    if len(name.words) > 1:
        yield f"a={''.join(word[0] for word in name.words)}"
        yield f"a={''.join(word[0] for word in name.printed)}"
        yield f"h={''.join(word[0] for word in name.words[:-1])}{name.words[-1]}"
    if name.short:
        yield f"a={name.short}"


class Index:
    """Candidates in memory."""

    def __init__(self, sources: Iterable[StoredSource] = ()) -> None:
        self._by_key: dict[str, list[StoredSource]] = defaultdict(list)
        for source in sources:
            self.add(source)

    def add(self, source: StoredSource) -> None:
        """Add a source under the keys of all its names."""
        for key in {key for name in source.parsed for key in keys_of(name)}:
            self._by_key[key].append(source)

    def candidates_for(self, name: Name) -> list[StoredSource]:
        """The sources that a name may mean, each once, in the order they were added.

        A key that too many sources share is passed over, unless it is the whole name.
        """
        candidates: dict[uuid.UUID, StoredSource] = {}
        for key in lookup_keys(name):
            block = self._by_key.get(key, ())
            if len(block) <= CROWDED or key[:2] in {"p=", "b="}:
                candidates.update((source.source, source) for source in block)
        return list(candidates.values())
