"""One article against very many: what the look-up of its copies costs at two sizes of a collection.

A tenth are the articles of `bench.comparison.copies`, stored as they were made and signed, with
what each is printed from: comparing a million of them from scratch takes an hour and a half. The
others are as many runs of texts that nobody made, published between them: they are in the way of
every look-up, and share nothing. New articles are looked up, which is all that is read of them,
then compared and committed, one at a time. Printed are milliseconds by the clock and by the
processor, of program and server, at a tenth of the collection and at all of it.

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
from claims.comparison.place import BEGINNING, place_of
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

FILL_RUNS = """
    CREATE TEMPORARY TABLE unmade ON COMMIT DROP AS
        SELECT n, md5('t' || n)::uuid AS text, mod(n, 3) > 0 AS is_original,
               (lpad(to_hex(%(moment)s + n * %(apart)s), 16, '0') || '0000000000000000')::uuid
               AS place
          FROM generate_series(1, %(count)s::bigint) AS n;
    INSERT INTO claims.compared_text (id, place, version, words, is_original)
        SELECT text, place, text, 360, is_original FROM unmade;
    INSERT INTO claims.document_text (document, version, text, place)
        SELECT text, text, text, place FROM unmade;
    INSERT INTO claims.fingerprint (hash, place, is_original)
        SELECT hashint8extended(u.n * 64 + h, 7), u.place, u.is_original
          FROM unmade AS u CROSS JOIN generate_series(1, 45) AS h
"""

WITHOUT_KEY = "ALTER TABLE claims.fingerprint DROP CONSTRAINT pk_fingerprint"
WITH_KEY = """
    SET maintenance_work_mem = '1GB';
    ALTER TABLE claims.fingerprint
      ADD CONSTRAINT pk_fingerprint PRIMARY KEY (hash, is_original, place)
"""


def store_compared(database: Database, newsroom: Newsroom, count: int) -> None:
    """Store so many articles more, as if they had been compared."""
    run(database, WITHOUT_KEY)
    while count > 0:
        first = len(newsroom.stories)
        stories = newsroom.make(min(count, TOGETHER))[first:]
        store_stories(database, stories, first)
        store_signed(database, newsroom, first)
        count -= len(stories)
        print(f"  {len(newsroom.stories)} stored", flush=True)
    finish_storing(database)


def store_signed(database: Database, newsroom: Newsroom, first: int) -> None:
    """Store the runs of a newsroom's articles from one on, and what they are printed from."""
    with database.engine.begin() as connection:
        driver = driver_of(connection)
        driver.execute(SIGNED.encode())
        with driver.cursor().copy("COPY signed FROM STDIN") as copied:
            for number in range(first, len(newsroom.stories)):
                copied.write_row(_signed(newsroom, number))
        for table in TABLES:
            driver.execute(f"ALTER TABLE claims.{table} DISABLE TRIGGER ALL".encode())
        driver.execute(FILL.encode())
        for table in TABLES:
            driver.execute(f"ALTER TABLE claims.{table} ENABLE TRIGGER ALL".encode())


def store_runs(database: Database, count: int, until: int) -> None:
    """Store runs of so many texts that nobody made, published before an article."""
    apart = until * 10_000_000 // count
    moment = (FIRST_DAY - BEGINNING) // timedelta(microseconds=1) + 1
    run(database, WITHOUT_KEY)
    for table in TABLES:
        run(database, f"ALTER TABLE claims.{table} DISABLE TRIGGER ALL")
    run(database, FILL_RUNS % {"moment": moment, "apart": apart, "count": count})
    for table in TABLES:
        run(database, f"ALTER TABLE claims.{table} ENABLE TRIGGER ALL")
    finish_storing(database)


def finish_storing(database: Database) -> None:
    """Make the index of the runs again, and gather what the server knows of its tables."""
    run(database, WITH_KEY)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def run(database: Database, script: str) -> None:
    """Run statements in one transaction."""
    with database.engine.begin() as connection:
        driver_of(connection).execute(script.encode())


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


def measure_new(database: Database, newsroom: Newsroom, among: int) -> None:
    """Look new articles up, then compare and commit them; print what each took."""
    first = len(newsroom.stories)
    stories = newsroom.make(NEW)[first:]
    store_stories(database, stories, first)
    with database.engine.connect() as connection:
        backend = connection.scalar(text("SELECT pg_backend_pid()")) or 0
    for name, ask in (("looked up", look_up), ("compared and committed", compare)):
        times = list(_timed(database, ask, list(enumerate(stories, first)), backend))
        print(f"{among} articles, {NEW} new ones {name}:", flush=True)
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
    store_compared(database, newsroom, count // 10)
    measure_new(database, newsroom, count // 10)
    store_runs(database, count - len(newsroom.stories), len(newsroom.stories))
    measure_new(database, newsroom, count)


def main() -> None:
    """Measure with the counts given."""
    count, seed = (*map(int, sys.argv[1:]), *(1_000_000, 1)[len(sys.argv) - 1 :])
    with own_home(), open_database(keep=True) as database:
        measure(database, count, seed)


if __name__ == "__main__":
    main()
