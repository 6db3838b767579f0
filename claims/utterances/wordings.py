"""Wordings and their pairs: which words there are, and which are alike.

Two wordings are compared if they share two hashes that at most `COMMON` wordings have. That depends
on the wordings alone: a hash that becomes common, or rare again, takes its pairs along.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.comparison.alike import Similarity, compare_wordings
from claims.comparison.quote_words import Wording, sketch_of
from claims.database.arrays import to_array, to_numbers
from claims.database.statements import read_statements

COMMON = 50
"""Wordings that may have a hash: what more have is boilerplate, and no evidence."""

SHARED = 2
"""Hashes that two wordings have in common at least."""

STATEMENTS = {
    name: text(sql) for name, sql in read_statements("claims.utterances", "statements.sql").items()
}

SEPARATOR = "\n"
"""Between texts that are stored as an array of their own: an array of arrays must be even."""

Pair = tuple[int, int]
"""Two wordings, the one with the smaller key first."""


@dataclass(slots=True)
class PairChanges:
    """What comparing wordings came to.

    Attributes:
        new: Wordings that were not stored before: all their pairs are in `alike`.
        alike: Pairs that were found, with how alike they are.
        dropped: Pairs that no longer share enough.
        compared: How many pairs were aligned word by word.
    """

    new: set[int] = field(default_factory=set)
    alike: dict[Pair, Similarity] = field(default_factory=dict)
    dropped: set[Pair] = field(default_factory=set)
    compared: int = 0


def add_wordings(session: Session, wordings: Mapping[int, Wording]) -> PairChanges:
    """Store wordings that are new, and compare them with those that share rare hashes."""
    pairs = PairChanges()
    holders = _store(session, wordings, pairs.new)
    fresh: dict[int, list[int]] = {}
    for key in sorted(pairs.new):
        for hashed in wordings[key].sketch:
            if hashed in fresh:
                fresh[hashed].append(key)
            else:
                fresh[hashed] = [key]
    shared: dict[Pair, int] = {}
    crowded: set[int] = set()
    for hashed, keys in fresh.items():
        old = holders.get(hashed, ())
        if len(old) + len(keys) > COMMON:
            crowded.update(old if len(old) <= COMMON else ())
        elif old or len(keys) > 1:
            for pair in _with_new(keys, old):
                shared[pair] = shared.get(pair, 0) + 1
    candidates = [pair for pair, count in shared.items() if count >= SHARED]
    _compare(session, candidates, pairs, wordings)
    _drop_pairs(session, crowded, pairs)
    return pairs


def drop_wordings(session: Session, unused: Collection[int], pairs: PairChanges) -> None:
    """Forget wordings that no claim has any more, and compare what shares rare hashes again."""
    words = _words(session, unused)
    gone = Counter(hashed for line in words.values() for hashed in sketch_of(line))
    before = _count(session, gone, COMMON + 1 + max(gone.values(), default=0))
    forget_wordings(session, unused, gone)
    freed = [h for h, count in gone.items() if before[h] > COMMON >= before[h] - count]
    if not freed:
        return
    rows = session.execute(STATEMENTS["holders"], {"hashes": to_numbers(freed)}).all()
    near = {pair for _, keys in rows for pair in combinations(sorted(keys), 2)}
    near -= _stored(session, {key for pair in near for key in pair})
    earlier = set(pairs.alike)
    _compare(session, sorted(_sharing(session, near)), pairs, {})
    alike = {pair: similarity for pair, similarity in pairs.alike.items() if pair not in earlier}
    if alike:
        session.execute(STATEMENTS["save_pairs"], pair_columns(alike))


def forget_wordings(session: Session, keys: Collection[int], hashes: Iterable[int]) -> None:
    """Remove wordings, their hashes and their pairs."""
    values = {"unused": to_numbers(keys), "hashes": to_numbers(hashes)}
    session.execute(STATEMENTS["forget_words"], values)


def pair_columns(alike: Mapping[Pair, Similarity]) -> dict[str, str]:
    """Pairs as arrays, one a column."""
    similarities = alike.values()
    return {
        "a": to_numbers(a for a, _ in alike),
        "b": to_numbers(b for _, b in alike),
        "relations": to_array(str(one.relation) for one in similarities),
        "shares": to_array(one.share for one in similarities),
        "runs": to_numbers(one.run for one in similarities),
        "changes": to_array(SEPARATOR.join(one.changes) for one in similarities),
    }


def _store(
    session: Session, wordings: Mapping[int, Wording], new: set[int]
) -> dict[int, list[int]]:
    """Store wordings; the new ones are added to `new`.

    Returns:
        For each hash the wordings that had it before: all, or one more than are evidence.
    """
    sketches = [(h, key) for key, wording in wordings.items() for h in wording.sketch]
    values = {
        "keys": to_numbers(wordings),
        "words": to_array(" ".join(wording.words) for wording in wordings.values()),
        "sizes": to_numbers(len(wording.words) for wording in wordings.values()),
        "hashes": to_numbers(h for h, _ in sketches),
        "owners": to_numbers(key for _, key in sketches),
        "most": COMMON + 1,
    }
    rows = session.execute(STATEMENTS["add_words"], values).all()
    holders: dict[int, list[int]] = {}
    for hashed, keys in rows:
        if hashed is None:
            new.update(keys or ())
        else:
            holders[hashed] = keys
    return holders


def _count(session: Session, hashes: Iterable[int], most: int) -> dict[int, int]:
    rows = session.execute(STATEMENTS["counts"], {"hashes": to_numbers(hashes), "most": most})
    return {row.hash: row.holders for row in rows.all()}


def _words(session: Session, keys: Collection[int]) -> dict[int, list[str]]:
    if not keys:
        return {}
    rows = session.execute(STATEMENTS["words"], {"keys": to_numbers(keys)}).all()
    return {key: line.split(" ") for key, line in rows}


def _stored(session: Session, keys: Collection[int]) -> set[Pair]:
    """Pairs among some wordings that are stored."""
    if not keys:
        return set()
    rows = session.execute(STATEMENTS["pairs_among"], {"keys": to_numbers(keys)}).all()
    return {(one, other) for one, other in rows}


def _with_new(new: Sequence[int], old: Sequence[int]) -> Iterator[Pair]:
    """Pairs of wordings of which at least one is new; the new ones are in their order."""
    yield from combinations(new, 2)
    for one in new:
        for other in old:
            yield (one, other) if one < other else (other, one)


def _compare(
    session: Session,
    candidates: Collection[Pair],
    pairs: PairChanges,
    wordings: Mapping[int, Wording],
) -> None:
    """Align pairs of wordings and keep those that are alike."""
    keys = {key for pair in candidates for key in pair}
    words = _words(session, [key for key in keys if key not in wordings])
    for pair in candidates:
        one, other = (wordings[key].words if key in wordings else words[key] for key in pair)
        similarity = compare_wordings(one, other)
        if similarity is not None:
            pairs.alike[pair] = similarity
    pairs.compared += len(candidates)


def _drop_pairs(session: Session, crowded: Collection[int], pairs: PairChanges) -> None:
    """Drop the pairs that only shared what is now common."""
    stored = _stored(session, crowded)
    dropped = stored - _sharing(session, stored)
    if dropped:
        one, another = zip(*dropped, strict=True)
        values = {"one": to_numbers(one), "another": to_numbers(another)}
        session.execute(STATEMENTS["forget_pairs"], values)
    pairs.dropped |= dropped


def _sharing(session: Session, pairs: Collection[Pair]) -> set[Pair]:
    """Of some pairs those that share enough rare hashes."""
    if not pairs:
        return set()
    words = _words(session, {key for pair in pairs for key in pair})
    sketches = {key: set(sketch_of(line)) for key, line in words.items()}
    shared = {(a, b): sketches[a] & sketches[b] for a, b in pairs}
    holders = _count(session, set().union(*shared.values()), COMMON + 1)
    return {
        pair
        for pair, hashes in shared.items()
        if sum(holders[hashed] <= COMMON for hashed in hashes) >= SHARED
    }
