"""Made quotes linked from scratch on an embedded server of their own, and new ones one at a time.

Seven of ten quotes are new, the others are changes of an earlier one by the same speaker: a word
replaced, a word dropped, an editor's bracket, a cut, a number changed. Words are drawn by Zipf's
law from a made vocabulary. Printed are the time from scratch, of how many changed quotes the link
was found, the time of a new quote, and what it takes to ask `about`, `drift` and `spread`.

Processor seconds stand beside those by the clock: one core would take their sum.

    python -m bench.comparison.utterances [quotes] [seed]     100,000 and 1 unless given
"""

import gc
import random
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

from sqlalchemy import text

from bench.comparison.asking import print_asking
from bench.home import own_home
from bench.processor import seconds_until_now
from claims.cli.context import open_database
from claims.database.driver import driver_of
from claims.database.engine import Database
from claims.utterances.compare import compare_due, compare_in_portions

VOCABULARY, SPEAKERS, NEW, SHARE_CHANGED = 30_000, 20_000, 1000, 0.3
SCATTER = 2_654_435_761
"""Claims have ids in an order that says nothing of when they were printed, as real ones have."""

KINDS = ("replaced", "dropped", "bracket", "cut", "number")

TABLES = ("document", "document_version", "claim", "attribution")

BEFORE = """
    ALTER TABLE claims.source DISABLE TRIGGER ALL;
    INSERT INTO claims.run (id, command, inputs, tool_version, extractor_version)
        VALUES (md5('r')::uuid, 'bench', '[]', '0', '0');
    INSERT INTO claims.archive_record (id, retrieved_at, media_type, payload, sha256, size, run)
        VALUES (md5('r')::uuid, now(), 'text/plain', '', sha256(''), 0, md5('r')::uuid);
    INSERT INTO claims.source (id, kind, name)
        SELECT md5('s' || n)::uuid, 'person', 'Person ' || n FROM generate_series(0, 20000) n;
    ALTER TABLE claims.source ENABLE TRIGGER ALL;
"""

MADE = "CREATE TEMPORARY TABLE made (n int, id uuid, words text, speaker int) ON COMMIT DROP"

FILL = """
    INSERT INTO claims.document (id, published_at, status, language, run)
        SELECT md5('d' || n)::uuid, timestamptz '2026-01-01' + n * interval '10 seconds', 'usable',
               'en', md5('r')::uuid FROM made;
    INSERT INTO claims.document_version
           (id, document, number, text, sha256, retrieved_at, reader, archive_record, run)
        SELECT md5('v' || n)::uuid, md5('d' || n)::uuid, 1, words,
               sha256(convert_to(words, 'UTF8')), now(), 'plain/1', md5('r')::uuid, md5('r')::uuid
          FROM made;
    INSERT INTO claims.claim (id, version, form, content_spans, text, speaker, status, listed_on,
                              run, rule, extractor_score)
        SELECT id, md5('v' || n)::uuid,
               'quote', int4multirange(int4range(0, char_length(words))), words,
               md5('s' || speaker)::uuid, 'proposed', '2026-01-01', md5('r')::uuid, 'verb', 0.9
          FROM made;
    INSERT INTO claims.quote_due (claim)
        SELECT id FROM made;
"""

STARS = """
    SELECT ('x' || left(k.claim::text, 8))::bit(32)::bigint,
           ('x' || left(l.first_claim::text, 8))::bit(32)::bigint
      FROM claims.quote_key AS k
      JOIN claims.quote_group AS g ON g.id = k.word_group
      JOIN claims.quote_group AS l ON l.id = g.leader
"""


@dataclass(frozen=True, slots=True)
class Quote:
    """A made quote; `of` is the one that it was made from, `kind` how."""

    words: tuple[str, ...]
    speaker: int
    of: int | None = None
    kind: str = "new"


def make_quotes(count: int, seed: int) -> list[Quote]:
    """Quotes, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - the same for the same seed
    vocabulary = [make_word(n) for n in range(VOCABULARY)]
    weights = list(accumulate(1 / (n + 3) for n in range(VOCABULARY)))
    quotes: list[Quote] = []
    for number in range(count):
        if number and chance.random() < SHARE_CHANGED:
            quotes.append(_changed(chance, quotes, vocabulary))
            continue
        drawn = chance.choices(vocabulary, cum_weights=weights, k=chance.randint(8, 40))
        drawn.insert(3, str(chance.randint(2, 900)))
        quotes.append(Quote(tuple(drawn), chance.randrange(SPEAKERS)))
    return quotes


def make_word(number: int) -> str:
    """A made word, one for each number."""
    signs = "aeioulnrst"
    return "w" + "".join(signs[int(digit)] for digit in str(number))


def _changed(chance: random.Random, quotes: list[Quote], vocabulary: list[str]) -> Quote:
    of = chance.randrange(len(quotes))
    kind = chance.choice(KINDS)
    words = list(quotes[of].words)
    at = chance.randrange(len(words))
    if kind == "replaced":
        words[at] = chance.choice(vocabulary)
    elif kind == "dropped":
        del words[at]
    elif kind == "bracket":
        words[at] = f"[{words[at]}]"
    elif kind == "cut":
        words = words[: max(7, len(words) // 2)]
    else:
        numbers = [n for n, word in enumerate(words) if word.isdecimal()]
        words[numbers[0] if numbers else 0] = str(chance.randint(901, 1900))
    return Quote(tuple(words), quotes[of].speaker, of, kind)


def claim_of(number: int) -> uuid.UUID:
    """The claim's id: its first eight digits say which quote it is."""
    return uuid.UUID(int=(number * SCATTER % (1 << 32)) << 96 | (1 << 95) | number)


def store_quotes(database: Database, quotes: list[Quote], first: int = 0) -> None:
    """Store quotes, each in an article of its own; the laws' triggers are off meanwhile."""
    with database.engine.begin() as connection:
        driver = driver_of(connection)
        if first == 0:
            driver.execute(BEFORE.encode())
        driver.execute(MADE.encode())
        with driver.cursor().copy("COPY made FROM STDIN") as copied:
            for number, quote in enumerate(quotes, first):
                copied.write_row((number, claim_of(number), " ".join(quote.words), quote.speaker))
        for table in TABLES:
            driver.execute(f"ALTER TABLE claims.{table} DISABLE TRIGGER ALL".encode())
        driver.execute(FILL.encode())
        for table in TABLES:
            driver.execute(f"ALTER TABLE claims.{table} ENABLE TRIGGER ALL".encode())


def measure(database: Database, count: int, seed: int) -> None:
    """Link made quotes from scratch and new ones one at a time; print what it took."""
    quotes = make_quotes(count + NEW, seed)
    gc.freeze()  # a user's process does not hold a million quotes that the collector walks
    store_quotes(database, quotes[:count])
    with database.engine.begin() as connection:
        connection.execute(text("ANALYZE claims.claim, claims.document, claims.document_version"))
    with database.engine.connect() as connection:
        backend = connection.scalar(text("SELECT pg_backend_pid()")) or 0
    began, claims, aligned = seconds_until_now(backend), 0, 0
    for compared in compare_in_portions(database):
        claims, aligned = claims + compared.claims, aligned + compared.pairs
        took = seconds_until_now(backend) - began
        print(f"  {claims} claims, {aligned} pairs aligned, {took.processor:.1f} s", flush=True)
    print(
        f"{count} quotes from scratch: {took.processor:.1f} processor seconds (program"
        f" {took.program:.1f}, server {took.server:.1f}), {took.clock:.1f} s by the clock"
    )
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    _print_found(database, quotes[:count])
    store_quotes(database, quotes[count:], count)
    _print_new(database, count, backend)
    print_asking(database)


def _print_new(database: Database, count: int, backend: int) -> None:
    began, times = seconds_until_now(backend), []
    while True:
        before = time.perf_counter()
        with database.writer() as session:
            compared = compare_due(session, most=1)
        if not compared.claims:
            break
        times.append(time.perf_counter() - before)
    took = seconds_until_now(backend) - began
    times.sort()
    print(
        f"a new quote at {count}, committed: median {1000 * median(times):.1f} ms, p99"
        f" {1000 * times[int(len(times) * 0.99)]:.1f} ms; {1000 * took.processor / len(times):.1f}"
        f" processor ms (program {1000 * took.program / len(times):.1f})"
    )


def _print_found(database: Database, quotes: list[Quote]) -> None:
    with database.engine.connect() as connection:
        back = pow(SCATTER, -1, 1 << 32)
        stars = {
            claim * back % (1 << 32): star * back % (1 << 32)
            for claim, star in connection.execute(text(STARS))
        }
    found, all_of = Counter[str](), Counter[str]()
    for number, quote in enumerate(quotes):
        if quote.of is not None:
            all_of[quote.kind] += 1
            found[quote.kind] += stars[number] == stars[quote.of]
    for kind in KINDS:
        print(f"  {kind}: {found[kind]} of {all_of[kind]} linked")
    joined = Counter(stars.values())
    wrong = sum(1 for n, quote in enumerate(quotes) if quotes[stars[n]].speaker != quote.speaker)
    print(f"  {len(joined)} utterances, {wrong} claims in one of another speaker")


def main() -> None:
    """Measure with the counts given."""
    count, seed = (*map(int, sys.argv[1:]), *(100_000, 1)[len(sys.argv) - 1 :])
    with own_home(), open_database(keep=True) as database:
        measure(database, count, seed)


if __name__ == "__main__":
    main()
