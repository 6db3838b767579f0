"""Made articles of six kinds compared on an embedded server of their own, and new ones singly.

Six of ten articles are new. The others are made from an earlier one: cut after some paragraphs, its
lead alone, two merged into one, edited in one word of fifteen, printed whole with a notice that
many print; or a report of its own that quotes a speech which another quotes, which is no copy.
Words are drawn by Zipf's law from a made vocabulary. Printed are signatures a second, processor
seconds, recall of each kind, precision, and what a new article costs.

    python -m bench.comparison.copies [articles] [seed]     20,000 and 1 unless given
"""

import random
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

from sqlalchemy import text

from bench.comparison.utterances import BEFORE, VOCABULARY, make_word
from bench.home import own_home
from bench.processor import seconds_until_now
from claims.anchoring.words import fold_words
from claims.cli.context import open_database
from claims.comparison.signature import sign
from claims.copies.compare import compare_documents
from claims.copies.due import compare_due
from claims.database.driver import driver_of
from claims.database.engine import Database

NEW, FIRST = 300, 10
"""Articles that come singly at the end, and those that come before any is printed from another."""

SHARE_MADE, SHARE_SPEECH = 0.4, 0.3
"""Shares of articles that are made from others, and of reports that quote a speech."""

KINDS = ("cut", "lead", "merged", "edited", "notice", "speech")
PARAGRAPH, NOTICE, SPEECH = 30, 45, 80
"""Words of a paragraph, of the notice that many print, and of a speech."""

TABLES = ("document", "document_version", "sighting")

MADE = "CREATE TEMPORARY TABLE made (n int, id uuid, printed text) ON COMMIT DROP"

FILL = """
    INSERT INTO claims.document (id, published_at, status, language, run)
        SELECT id, timestamptz '2026-01-01' + n * interval '10 seconds', 'usable', 'en',
               md5('r')::uuid FROM made;
    INSERT INTO claims.document_version
           (id, document, number, text, sha256, retrieved_at, reader, archive_record, run)
        SELECT id, id, 1, printed, sha256(convert_to(printed, 'UTF8')), now(), 'plain/1',
               md5('r')::uuid, md5('r')::uuid FROM made;
    INSERT INTO claims.sighting (id, document, version, seen_at, run, usable)
        SELECT id, id, id, now(), md5('r')::uuid, true FROM made;
    INSERT INTO claims.comparison_due (document) SELECT id FROM made;
"""


@dataclass(frozen=True, slots=True)
class Story:
    """A made article; `of` are those that it is printed from, `kind` how it was made."""

    paragraphs: tuple[str, ...]
    kind: str = "new"
    of: tuple[int, ...] = ()

    @property
    def printed(self) -> str:
        """Its text."""
        return "\n\n".join(self.paragraphs) + "\n"


class Newsroom:
    """Makes articles, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same for the same seed
        self.words = [make_word(n) for n in range(VOCABULARY)]
        self.weights = list(accumulate(1 / (n + 3) for n in range(VOCABULARY)))
        self.notice = self._paragraph(NOTICE)
        self.stories: list[Story] = []
        self.originals: list[int] = []
        self.speeches: list[str] = []

    def make(self, count: int) -> list[Story]:
        """So many more articles, in the order of their publication; returns all of them."""
        for number in range(len(self.stories), len(self.stories) + count):
            kind = "new"
            if len(self.originals) > FIRST and self.chance.random() < SHARE_MADE:
                kind = self.chance.choice(KINDS)
            story = self._report() if kind == "new" else self._made(kind)
            if story.kind in {"new", "speech"}:
                self.originals.append(number)
            self.stories.append(story)
        return self.stories

    def _paragraph(self, count: int = PARAGRAPH) -> str:
        drawn = self.chance.choices(self.words, cum_weights=self.weights, k=count)
        return " ".join(drawn).capitalize() + "."

    def _report(self) -> Story:
        paragraphs = [self._paragraph() for _ in range(self.chance.randint(8, 16))]
        if self.chance.random() < SHARE_SPEECH:
            self.speeches.append(f'"{self._paragraph(SPEECH)}"')
            paragraphs.insert(3, self.speeches[-1])
        return Story(tuple(paragraphs))

    def _made(self, kind: str) -> Story:
        one, other = self.chance.sample(self.originals, 2)
        mine, theirs = self.stories[one].paragraphs, self.stories[other].paragraphs
        if kind == "cut":
            return Story(mine[: max(4, len(mine) * 6 // 10)], kind, (one,))
        if kind == "lead":
            return Story(mine[:3], kind, (one,))
        if kind == "merged":
            return Story((*mine[: len(mine) // 2], *theirs[: len(theirs) // 2]), kind, (one, other))
        if kind == "edited":
            return Story(tuple(map(self._edited, mine)), kind, (one,))
        if kind == "notice":
            return Story((*mine, self.notice), kind, (one,))
        report = self._report().paragraphs
        speech = self.chance.choice(self.speeches) if self.speeches else self._paragraph(SPEECH)
        return Story((*report[:3], speech, *report[3:]), kind)

    def _edited(self, paragraph: str) -> str:
        return " ".join(
            self.chance.choice(self.words) if self.chance.random() < 1 / 15 else word
            for word in paragraph.split(" ")
        )


def document_of(number: int) -> uuid.UUID:
    """The article's id."""
    return uuid.UUID(int=(1 << 95) | number)


def store_stories(database: Database, stories: list[Story], first: int = 0) -> None:
    """Store articles; the laws' triggers are off meanwhile."""
    with database.engine.begin() as connection:
        driver = driver_of(connection)
        if first == 0:
            driver.execute(BEFORE.encode())
        driver.execute(MADE.encode())
        with driver.cursor().copy("COPY made FROM STDIN") as copied:
            for number, story in enumerate(stories, first):
                copied.write_row((number, document_of(number), story.printed))
        for table in TABLES:
            driver.execute(f"ALTER TABLE claims.{table} DISABLE TRIGGER ALL".encode())
        driver.execute(FILL.encode())
        for table in TABLES:
            driver.execute(f"ALTER TABLE claims.{table} ENABLE TRIGGER ALL".encode())


def measure(database: Database, count: int, seed: int) -> None:
    """Compare made articles, then new ones singly; print what it took and what was found."""
    stories = Newsroom(seed).make(count + NEW)
    _print_signing(stories[:1000])
    store_stories(database, stories[:count])
    with database.engine.connect() as connection:
        backend = connection.scalar(text("SELECT pg_backend_pid()")) or 0
    began, compared = seconds_until_now(backend), 0
    for some in compare_due(database):
        compared += some
        if compared % 10_000 == 0:
            took = seconds_until_now(backend) - began
            print(f"  {compared} articles, {took.processor:.1f} s", flush=True)
    took = seconds_until_now(backend) - began
    print(
        f"{count} articles: {took.processor:.1f} processor seconds (program {took.program:.1f},"
        f" server {took.server:.1f}), {1000 * took.processor / count:.2f} ms each"
    )
    _print_found(database, stories[:count])
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    store_stories(database, stories[count:], count)
    _print_new(database, count, backend)


def _print_signing(stories: list[Story]) -> None:
    began = time.process_time()
    for story in stories:
        sign(fold_words(story.printed).folded)
    print(f"{len(stories) / (time.process_time() - began):,.0f} signatures a processor second")


def _print_found(database: Database, stories: list[Story]) -> None:
    with database.engine.connect() as connection:
        rows = connection.execute(text("SELECT document, original FROM claims_v1.copies")).all()
    low = (1 << 95) - 1
    pairs = {(one.int & low, other.int & low) for one, other in rows}
    printed_from = {(n, of) for n, story in enumerate(stories) for of in story.of}
    all_of = Counter(stories[n].kind for n, _ in printed_from)
    right = Counter(stories[n].kind for n, _ in printed_from & pairs)
    for kind in KINDS[:-1]:
        print(f"  {kind}: {right[kind]} of {all_of[kind]} originals found")
    wrong = pairs - printed_from
    print(
        f"  recall {right.total() / (all_of.total() or 1):.4f},"
        f" precision {right.total() / (len(pairs) or 1):.5f}; {len(wrong)} wrong:"
        f" {dict(Counter(stories[n].kind for n, _ in wrong))}"
    )


def _print_new(database: Database, count: int, backend: int) -> None:
    began, times = seconds_until_now(backend), []
    for number in range(count, count + NEW):
        before = time.perf_counter()
        with database.writer() as session:
            compare_documents(session, [document_of(number)])
        times.append(time.perf_counter() - before)
    took = seconds_until_now(backend) - began
    times.sort()
    print(
        f"a new article against {count}, committed: median {1000 * median(times):.1f} ms, p99"
        f" {1000 * times[int(NEW * 0.99)]:.1f} ms; {1000 * took.processor / NEW:.1f} processor ms"
        f" (program {1000 * took.program / NEW:.1f})"
    )


def main() -> None:
    """Measure with the counts given."""
    count, seed = (*map(int, sys.argv[1:]), *(20_000, 1)[len(sys.argv) - 1 :])
    with own_home(), open_database(keep=True) as database:
        measure(database, count, seed)


if __name__ == "__main__":
    main()
