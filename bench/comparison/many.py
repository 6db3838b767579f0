"""One article against very many: what the look-up of its copies costs at two sizes of a collection.

The articles are those of `bench.comparison.copies`, stored as they were made and signed, with what
each is printed from: comparing a million of them from scratch takes an hour and a half. Then new
ones are looked up, which is all that is read of them, and compared and committed, one at a time.
Printed are milliseconds by the clock and by the processor (program and server, each look-up by
itself as the kernel tells it), at a tenth of the collection and at all of it.

    python -m bench.comparison.many [articles] [seed]     1,000,000 and 1 unless given
"""

import sys
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bench.comparison.copies import Newsroom, Story, document_of, store_stories
from bench.home import own_home
from bench.processor import Seconds, seconds_until_now
from claims.anchoring.words import fold_words
from claims.cli.context import open_database
from claims.comparison.copies import SHORT, prepare
from claims.comparison.place import place_of
from claims.comparison.signature import digest_words, sign
from claims.copies.compare import compare_documents
from claims.copies.texts import StoredText, Texts
from claims.database.driver import driver_of
from claims.database.engine import Database
from claims.model.identity import derived_id

TOGETHER, NEW = 20_000, 500
"""Articles that are stored in one transaction, and those that are looked up at each size."""

FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""When the first of them was published, as `store_stories` has it; each ten seconds later."""

TABLES = ("compared_text", "document_text", "copy")

SIGNED = """
    CREATE TEMPORARY TABLE signed (document uuid, text uuid, place uuid, words int,
        is_original boolean, hashes bigint[], printed_from uuid[]) ON COMMIT DROP
"""

FILL = """
    DELETE FROM claims.comparison_due;
    INSERT INTO claims.compared_text (id, place, version, words, is_original)
        SELECT text, place, document, words, is_original FROM signed ORDER BY place
        ON CONFLICT (id) DO NOTHING;
    INSERT INTO claims.document_text (document, version, text, place)
        SELECT document, document, text, place FROM signed;
    INSERT INTO claims.fingerprint (hash, place, is_original)
        SELECT h.hash, s.place, s.is_original
          FROM signed AS s JOIN claims.compared_text AS x ON x.id = s.text AND x.place = s.place
         CROSS JOIN LATERAL unnest(s.hashes) AS h(hash);
    INSERT INTO claims.copy (text, original, kind, share, spans)
        SELECT s.text, t.text, 'copy', 1, '{}'
          FROM signed AS s CROSS JOIN LATERAL unnest(s.printed_from) AS o(document)
          JOIN claims.document_text AS t ON t.document = o.document
         WHERE s.text <> t.text
        ON CONFLICT (text, original) DO NOTHING;
"""

WITHOUT_KEY = "ALTER TABLE claims.fingerprint DROP CONSTRAINT pk_fingerprint"
WITH_KEY = """
    SET maintenance_work_mem = '1GB';
    ALTER TABLE claims.fingerprint
      ADD CONSTRAINT pk_fingerprint PRIMARY KEY (hash, place) INCLUDE (is_original)
"""


def store_compared(database: Database, newsroom: Newsroom, count: int) -> None:
    """Store so many articles more, as if they had been compared."""
    with database.engine.begin() as connection:
        driver_of(connection).execute(WITHOUT_KEY.encode())
    while count > 0:
        first = len(newsroom.stories)
        stories = newsroom.make(min(count, TOGETHER))[first:]
        store_stories(database, stories, first)
        with database.engine.begin() as connection:
            driver = driver_of(connection)
            driver.execute(SIGNED.encode())
            with driver.cursor().copy("COPY signed FROM STDIN") as copied:
                for number in range(first, first + len(stories)):
                    copied.write_row(_signed(newsroom, number))
            for table in TABLES:
                driver.execute(f"ALTER TABLE claims.{table} DISABLE TRIGGER ALL".encode())
            driver.execute(FILL.encode())
            for table in TABLES:
                driver.execute(f"ALTER TABLE claims.{table} ENABLE TRIGGER ALL".encode())
        count -= len(stories)
        print(f"  {len(newsroom.stories)} stored", flush=True)
    with database.engine.begin() as connection:
        driver_of(connection).execute(WITH_KEY.encode())
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _signed(newsroom: Newsroom, number: int) -> tuple[object, ...]:
    """An article as a row of `signed`."""
    story, document = newsroom.stories[number], document_of(number)
    words = fold_words(story.printed).folded
    assert len(words) >= SHORT
    hashes = ",".join(map(str, sign(words)))
    text_id = derived_id("compared_text", digest_words(words).hex())
    is_original = story.kind in {"new", "speech"}
    printed_from = list(map(document_of, story.of))
    place = place_at(number)
    return document, text_id, place, len(words), is_original, f"{{{hashes}}}", printed_from


def place_at(number: int) -> uuid.UUID:
    """Where an article stands in the order of publication."""
    return place_of(FIRST_DAY + number * timedelta(seconds=10), document_of(number))


def look_up(database: Database, number: int, story: Story) -> None:
    """What an article is printed from, without writing anything."""
    with database.reader() as session:
        texts, prepared = Texts(session), prepare(story.printed)
        id_ = derived_id("compared_text", digest_words(prepared.words.folded).hex())
        texts.keep(id_, prepared)
        stored = StoredText(id_, place_at(number), id_, is_original=False, first=None, settled=None)
        texts.judge(stored)


def compare(database: Database, number: int, _: Story) -> None:
    """Compare an article and commit."""
    with database.writer() as session:
        compare_documents(session, [document_of(number)])


def measure_new(database: Database, newsroom: Newsroom) -> None:
    """Look new articles up, then compare and commit them; print what each took."""
    first = len(newsroom.stories)
    stories = newsroom.make(NEW)[first:]
    store_stories(database, stories, first)
    with database.engine.connect() as connection:
        backend = connection.scalar(text("SELECT pg_backend_pid()")) or 0
    for name, ask in (("looked up", look_up), ("compared and committed", compare)):
        times = list(_timed(database, ask, list(enumerate(stories, first)), backend))
        print(f"{first} articles, {NEW} new ones {name}:", flush=True)
        _print_times("by the clock", (took.clock for took in times))
        _print_times("by the processor", (took.processor for took in times))
        _print_times("  of the server", (took.server for took in times))


Ask = Callable[[Database, int, Story], None]


def _timed(
    database: Database, ask: Ask, stories: Iterable[tuple[int, Story]], backend: int
) -> Iterable[Seconds]:
    for number, story in stories:
        began = seconds_until_now(backend)
        ask(database, number, story)
        yield seconds_until_now(backend) - began


def _print_times(name: str, seconds: Iterable[float]) -> None:
    times = sorted(1000 * one for one in seconds)
    middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"  {name}: median {middle:.2f} ms, p99 {late:.2f} ms", flush=True)


def measure(database: Database, count: int, seed: int) -> None:
    """Measure at a tenth of the articles and at all of them."""
    newsroom = Newsroom(seed)
    for size in (count // 10, count):
        store_compared(database, newsroom, size - len(newsroom.stories))
        measure_new(database, newsroom)


def main() -> None:
    """Measure with the counts given."""
    count, seed = (*map(int, sys.argv[1:]), *(1_000_000, 1)[len(sys.argv) - 1 :])
    with own_home(), open_database(keep=True) as database:
        measure(database, count, seed)


if __name__ == "__main__":
    main()
