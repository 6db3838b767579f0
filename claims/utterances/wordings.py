"""Wordings and their pairs: which words there are, and which are alike.

Two wordings are compared if they share two hashes that at most `COMMON` wordings have. That depends
on the wordings alone: a hash that becomes common, or rare again, takes its pairs along.
"""

import json
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.comparison.alike import compare_wordings
from claims.comparison.quote_words import Wording
from claims.database.statements import read_statements

COMMON = 50
"""Wordings that may have a hash: what more have is boilerplate, and no evidence."""

SHARED = 2
"""Hashes that two wordings have in common at least."""

STATEMENTS = {
    name: text(sql) for name, sql in read_statements("claims.utterances", "statements.sql").items()
}

Pair = tuple[int, int]


def add_wordings(session: Session, wordings: Mapping[int, Wording]) -> set[int]:
    """Store wordings that are new, and compare them with those that share rare hashes.

    Returns:
        The new ones, and all of which a pair was found or dropped.
    """
    stored = session.scalars(STATEMENTS["known_keys"], {"keys": list(wordings)})
    new = {key: wordings[key] for key in wordings.keys() - set(stored)}
    if not new:
        return set()
    added = Counter(hashed for wording in new.values() for hashed in wording.sketch)
    before = _count(session, added, COMMON + 1)
    _store(session, new)
    after = {hashed: before[hashed] + count for hashed, count in added.items()}
    shared = [hashed for hashed, count in after.items() if 1 < count <= COMMON]
    candidates = _candidates(_holders(session, shared), new)
    changed = _compare(session, candidates)
    crowded = [h for h, count in after.items() if before[h] <= COMMON < count and before[h] > 1]
    return set(new) | changed | _drop_pairs(session, crowded)


def drop_wordings(session: Session, keys: Collection[int]) -> set[int]:
    """Forget wordings that no claim has any more.

    Returns:
        Wordings of which a pair was found: what they share is rare again.
    """
    rows = session.execute(STATEMENTS["sketches"], {"keys": list(keys)}).all()
    gone = Counter(hashed for _, hashed in rows)
    before = _count(session, gone, COMMON + 1 + max(gone.values(), default=0))
    forget(session, unused=keys)
    freed = [h for h, count in gone.items() if before[h] > COMMON >= before[h] - count]
    holders = _holders(session, freed)
    near = {pair for group in holders.values() for pair in combinations(sorted(group), 2)}
    stored = session.execute(
        STATEMENTS["pairs_among"], {"keys": list({key for pair in near for key in pair})}
    )
    missing = near - {(one, other) for one, other in stored}
    return _compare(session, _sharing(session, missing))


def forget(
    session: Session,
    *,
    due: Collection[uuid.UUID] = (),
    gone: Collection[uuid.UUID] = (),
    unused: Collection[int] = (),
    empty: Collection[int] = (),
) -> None:
    """Remove what a comparison leaves behind.

    Args:
        session: A writing session.
        due: Claims that were compared.
        gone: Claims that are no longer there.
        unused: Wordings that no claim has.
        empty: Groups without a claim.
    """
    parameters = {
        "due": list(due),
        "gone": list(gone),
        "unused": list(unused),
        "empty": list(empty),
    }
    session.execute(STATEMENTS["forget"], parameters)


def _store(session: Session, new: Mapping[int, Wording]) -> None:
    session.execute(
        STATEMENTS["add_words"],
        {
            "keys": list(new),
            "words": [" ".join(wording.words) for wording in new.values()],
            "sizes": [len(wording.words) for wording in new.values()],
        },
    )
    sketches = [(h, key) for key, wording in new.items() for h in wording.sketch]
    if sketches:
        hashes, keys = map(list, zip(*sketches, strict=True))
        session.execute(
            STATEMENTS["add_sketches"], {"hashes": _literal(hashes), "keys": _literal(keys)}
        )


def _count(session: Session, hashes: Iterable[int], most: int) -> dict[int, int]:
    rows = session.execute(STATEMENTS["counts"], {"hashes": _literal(hashes), "most": most})
    return {row.hash: row.holders for row in rows}


def _literal(numbers: Iterable[int]) -> str:
    """Numbers as PostgreSQL reads an array: the driver takes long for a hundred thousand."""
    return f"{{{','.join(map(str, numbers))}}}"


def _holders(session: Session, hashes: Collection[int]) -> dict[int, list[int]]:
    """The wordings that have each hash."""
    holders: dict[int, list[int]] = {}
    if hashes:
        for hashed, key in session.execute(STATEMENTS["holders"], {"hashes": _literal(hashes)}):
            holders.setdefault(hashed, []).append(key)
    return holders


def _candidates(holders: Mapping[int, list[int]], new: Collection[int]) -> set[Pair]:
    """Pairs with a new wording in them that share enough hashes."""
    counted: Counter[Pair] = Counter()
    for keys in holders.values():
        fresh = [key for key in keys if key in new]
        counted.update({_pair(one, other) for one in fresh for other in keys if one != other})
    return {pair for pair, count in counted.items() if count >= SHARED}


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _compare(session: Session, pairs: Collection[Pair]) -> set[int]:
    """Compare pairs of wordings and keep those that are alike; returns the wordings of these."""
    if not pairs:
        return set()
    keys = list({key for pair in pairs for key in pair})
    rows = session.execute(STATEMENTS["words"], {"keys": keys})
    words = {key: line.split(" ") for key, line in rows}
    alike = []
    compared: set[int] = set()
    for one, other in sorted(pairs):
        similarity = compare_wordings(words[one], words[other])
        if similarity is not None:
            compared |= {one, other}
            alike.append({
                "a": one, "b": other, "relation": similarity.relation, "share": similarity.share,
                "run": similarity.run, "changes": list(similarity.changes),
            })  # fmt: skip
    if alike:
        session.execute(STATEMENTS["save_pairs"], {"rows": json.dumps(alike)})
    return compared


def _drop_pairs(session: Session, crowded: Collection[int]) -> set[int]:
    """Drop the pairs that only shared what is now common; returns their wordings."""
    keys = {key for group in _holders(session, crowded).values() for key in group}
    if not keys:
        return set()
    rows = session.execute(STATEMENTS["pairs_among"], {"keys": list(keys)})
    stored = {(one, other) for one, other in rows}
    dropped = sorted(stored - _sharing(session, stored))
    if dropped:
        one, another = map(list, zip(*dropped, strict=True))
        session.execute(STATEMENTS["forget_pairs"], {"one": one, "another": another})
    return {key for pair in dropped for key in pair}


def _sharing(session: Session, pairs: Collection[Pair]) -> set[Pair]:
    """Of some pairs those that share enough rare hashes."""
    if not pairs:
        return set()
    one, another = map(list, zip(*pairs, strict=True))
    rows = session.execute(STATEMENTS["sharing"], {"one": one, "another": another, "most": COMMON})
    return {(a, b) for a, b in rows}
