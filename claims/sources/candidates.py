"""Which stored sources a name may stand for: blocking keys, and an index over them in memory.

Two names that could be scored as one source share a key; only those are compared.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from claims.model.kinds import SourceKind
from claims.sources.lexicon import person_words
from claims.sources.match import START, short_forms, spelling_of
from claims.sources.names import parse_body, parse_person

CROWDED = 200
"""Sources under one key beyond which the key says nothing; those under a rarer key are compared."""

BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.OUTLET})
"""Kinds that are compared with each other: an agency may be met as either."""


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A stored source as a candidate.

    Attributes:
        source: Its id.
        kind: What it is.
        names: All its names.
        offices: Its offices, and descriptions it was printed with.
        root: The source it is shown as, after merges.
        decided: Whether a person settled anything about it.
    """

    source: uuid.UUID
    kind: SourceKind
    names: tuple[str, ...]
    root: uuid.UUID
    offices: tuple[str, ...] = ()
    decided: bool = False


@lru_cache(maxsize=65_536)
def keys_of(kind: SourceKind, name: str) -> tuple[str, ...]:
    """The keys under which a source with this name is found; a group's is its words alone."""
    if kind is SourceKind.PERSON:
        return tuple(sorted(set(_person_keys(name, _initials))))
    if kind in BODIES:
        return tuple(sorted(set(_body_keys(name))))
    return (f"n={name.strip().casefold()}",)


@lru_cache(maxsize=65_536)
def asked_keys(kind: SourceKind, name: str) -> tuple[str, ...]:
    """The keys to look for a mention under, fewer than a source is found under.

    The initials of other forms of a given name are among the source's keys already; a family name
    alone is looked for only where no more is printed.
    """
    if kind is SourceKind.GROUP:
        return ()
    if kind is not SourceKind.PERSON:
        return keys_of(kind, name)
    alone = len(parse_person(name).words) == 1
    keys = dict.fromkeys(_person_keys(name, lambda given: (spelling_of(given)[:1],)))
    return tuple(key for key in keys if alone or not key.startswith("f="))


def _person_keys(printed: str, initials: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """Exact letters; family name with the given name's initial; given name with a start of it.

    Whichever word may be the family name is taken for it: the last, the one before it where a
    second family name can go unsaid, the first where peoples write it first.
    """
    name = parse_person(printed)
    if not name.words:
        return
    yield f"p={name.joined}"
    *given, family = name.words
    yield f"f={spelling_of(family)}"
    if not given:
        return
    turns = [(given[0], family)]
    if len(given) > 1:
        turns.append((given[0], given[-1]))
    if given[0] in person_words().family_first:
        turns += [(given[-1] if len(given) > 1 else family, given[0])]
        turns += [(given[1] if len(given) > 1 else family, given[0])]
    for first, last in turns:
        for initial in initials(first):
            yield f"i={spelling_of(last)},{initial}"
        if len(first) > 1:
            yield f"g={spelling_of(first)},{last[:START]}"


@lru_cache(maxsize=16_384)
def _initials(given: str) -> frozenset[str]:
    """First letters of a given name and of all that it is known to be written as."""
    return frozenset(spelling_of(word)[:1] for word in {given, *short_forms(given)})


def _body_keys(printed: str) -> Iterator[str]:
    name = parse_body(printed)
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

    def __init__(self, known: Iterable[StoredSource] = ()) -> None:
        self._by_key: dict[str, list[StoredSource]] = defaultdict(list)
        for one in known:
            self.add(one)

    def add(self, known: StoredSource) -> None:
        """Take in a source, under all its names."""
        for key in {key for name in known.names for key in keys_of(known.kind, name)}:
            self._by_key[key].append(known)

    def candidates_for(self, kind: SourceKind, name: str) -> list[StoredSource]:
        """The sources that may be meant by a name, each once, in the order they were taken in.

        A key that too many share is passed over, unless it is the whole name.
        """
        found: dict[uuid.UUID, StoredSource] = {}
        for key in asked_keys(kind, name):
            block = self._by_key.get(key, ())
            if len(block) <= CROWDED or key[:2] in {"p=", "b="}:
                for one in block:
                    found[one.source] = one
        return list(found.values())
