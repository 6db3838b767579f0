"""Mentions resolved a second, a million against 100,000 sources: keys in memory, or trigrams.

The names are made of syllables, a third of them bearing another's family name, and met as often as
names are in news (Zipf); one mention in five is spelled in another way. Trigrams are measured on a
sample, in the database, with the index that PostgreSQL brings.

    python -m bench.resolve [mentions] [sources]
"""

import random
import statistics
import sys
import time
import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import text

from claims.cli.context import open_database
from claims.model.identity import derived_id
from claims.model.kinds import SourceKind
from claims.sources.candidates import Index, StoredSource, keys_of, lookup_keys
from claims.sources.match import compare_persons
from claims.sources.match_words import compare_words
from claims.sources.mention import Mention
from claims.sources.names import parse_person
from claims.sources.resolve import Knowledge, resolve
from claims.text.fold import fold

MENTIONS, SOURCES, SAMPLE, ARTICLE = 1_000_000, 100_000, 2_000, 8
PERSON = SourceKind.PERSON
SYLLABLES = [
    c + v for c in "bcdfghklmnprstvwz" for v in ("a", "e", "i", "o", "u", "an", "el", "or")
]


def make_names(count: int, chance: random.Random) -> list[str]:
    """Distinct names of persons."""

    def word(parts: int) -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(parts)).capitalize()

    given = [word(chance.choice((2, 2, 3))) for _ in range(4_000)]
    family = [word(chance.choice((2, 3, 3, 4))) for _ in range(count // 3)]
    names: set[str] = set()
    while len(names) < count:
        names.add(f"{chance.choice(given)} {chance.choice(family)}")
    return sorted(names)


def meet(names: Sequence[str], count: int, chance: random.Random) -> Iterator[str]:
    """Names as articles print them, the first ones far more often than the last."""
    weights = [1 / (rank + 1) for rank in range(len(names))]
    for name in chance.choices(names, weights, k=count):
        given, family = name.split()
        middle = chance.choice("ABCDEFGHKLMPRST")
        kind = chance.randrange(10)
        yield f"{given} {middle}. {family}" if kind == 0 else name.upper() if kind == 1 else name


def per_second(mentions: Sequence[str], index: Index) -> tuple[float, int]:
    """Mentions resolved a second, articles of eight; and how many were linked."""
    knowledge, linked = Knowledge(index.candidates_for), 0
    began = time.process_time()
    for start in range(0, len(mentions), ARTICLE):
        article = {Mention(PERSON, name): () for name in mentions[start : start + ARTICLE]}
        links = resolve(article, knowledge, uuid.UUID(int=start))
        linked += sum(link.score is not None for link in links.values())
    return len(mentions) / (time.process_time() - began), linked


def by_trigrams(names: Sequence[str], mentions: Sequence[str]) -> tuple[float, float]:
    """Candidates found a second with pg_trgm, and the seconds its index took."""
    nearest = text("SELECT name FROM bench_name WHERE name % :name ORDER BY name <-> :name LIMIT 8")
    with open_database() as database, database.engine.connect() as connection:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public"))
        connection.execute(text("CREATE TEMP TABLE bench_name (name text)"))
        connection.execute(
            text("INSERT INTO bench_name SELECT unnest(CAST(:names AS text[]))"),
            {"names": list(names)},
        )
        began = time.perf_counter()
        connection.execute(text("CREATE INDEX ON bench_name USING gist (name gist_trgm_ops)"))
        connection.execute(text("ANALYZE bench_name"))
        built = time.perf_counter() - began
        began = time.perf_counter()
        for name in mentions:
            connection.execute(nearest, {"name": name}).all()
        took = time.perf_counter() - began
        connection.rollback()
    return len(mentions) / took, built


def main() -> None:
    """Print one line a way."""
    count, sources = (int(n) for n in (sys.argv[1:] + [MENTIONS, SOURCES][len(sys.argv) - 1 :]))
    chance = random.Random(5)  # noqa: S311 - the same names in every run
    names = make_names(sources, chance)
    chance.shuffle(names)
    mentions = list(meet(names, count, chance))
    began = time.process_time()
    stored = [
        StoredSource(id_, PERSON, (name,), id_)
        for name in names
        for id_ in [derived_id("source", "person", name.casefold())]
    ]
    index = Index(stored)
    print(f"index of {sources} sources: {time.process_time() - began:.1f} s, once")
    part = len(mentions) // 4
    rates = []
    for quarter in range(4):
        for cached in (keys_of, lookup_keys, compare_persons, compare_words, parse_person, fold):
            cached.cache_clear()
        rate, linked = per_second(mentions[quarter * part : (quarter + 1) * part], index)
        rates.append(rate)
        print(f"keys in memory: {rate:,.0f} mentions/s, {linked / part:.1%} linked")
    print(f"keys in memory, median: {statistics.median(rates):,.0f} mentions/s on one core")
    rate, built = by_trigrams(names, mentions[:SAMPLE])
    print(f"trigrams: {rate:,.0f} candidates/s, index {built:.1f} s, nothing scored yet")


if __name__ == "__main__":
    main()
