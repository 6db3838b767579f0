"""One worker of many: takes records from the queue, extracts their claims, stores what is ready.

Every step may be done twice, by this worker or by another: what was extracted first counts, and to
store an article again adds nothing. So a worker may be killed at any moment.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from claims.database.engine import Database
from claims.documents.stored import keys_of
from claims.errors.base import DatabaseError
from claims.ingest.articles import Outcome
from claims.ingest.batches import find_unread, ingest_batches
from claims.ingest.extraction import BATCH, Extracted, Extraction, Text, text_of
from claims.ingest.queue import (
    LeasedRecord,
    ReadyRecord,
    add_records,
    forget_stored,
    hold_ready,
    release_records,
    save_extracted,
    take_records,
)
from claims.ingest.run import IngestRun, make_run
from claims.model.article import Article, ReaderRecord

MOST_ATTEMPTS = 5
"""Times that a record is taken: what ends five workers is not given to a sixth."""

GIVEN_UP = "no worker that took it came to its end"

STORED_TOGETHER = 64
"""Records that one worker stores while others extract; the next may be stored by another."""

ADDED_TOGETHER = 100
"""Records that are added to the queue in one transaction."""


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """What a worker is told.

    Attributes:
        name: Of this process, among all that work.
        lease: Seconds after which others may take what it has taken.
        tool_version: Version of the program.
        extractor_version: Version of the rules.
    """

    name: str
    lease: float
    tool_version: str
    extractor_version: str


@dataclass(frozen=True, slots=True)
class _Leased:
    """Records whose texts are being extracted.

    Attributes:
        records: Those that were taken.
        texts: Those of them that are extracted.
        results: Waits for what they give.
    """

    records: Sequence[LeasedRecord]
    texts: Sequence[Text]
    results: Callable[[], Sequence[Extracted]]


class _ExtractedBefore:
    """Extraction that was done before, here or elsewhere.

    Args:
        extracted: What each text gave.
        extraction: Where a text is extracted that seemed to be stored and is not.
    """

    ahead = 0

    def __init__(self, extracted: Mapping[Text, Extracted], extraction: Extraction) -> None:
        self._extracted = extracted
        self._extraction = extraction

    def begin(self, texts: Sequence[Text]) -> Callable[[], Sequence[Extracted]]:
        """What the texts gave."""
        return lambda: [self._result(text) for text in texts]

    def _result(self, text: Text) -> Extracted:
        result = self._extracted.get(text)
        return self._extraction.begin([text])()[0] if result is None else result


def queue_records(
    database: Database,
    records: Iterator[ReaderRecord],
    *,
    run: IngestRun,
    clock: Callable[[], datetime],
) -> Iterator[ReaderRecord]:
    """Add records to the queue; the same command again adds those that are missing.

    Yields:
        Each record, once its transaction was committed.
    """
    numbered = enumerate(records, 1)
    while portion := list(islice(numbered, ADDED_TOGETHER)):
        with database.writer() as session:
            add_records(session, portion, run=run, read_at=clock())
        yield from (record for _, record in portion)


class Worker:
    """Takes records, extracts and stores until it is told to end.

    Args:
        database: Where the queue is; its connections should stay open.
        extraction: Where texts are extracted.
        options: What it is told.
    """

    def __init__(self, database: Database, extraction: Extraction, options: WorkerOptions) -> None:
        self._database = database
        self._extraction = extraction
        self._options = options
        self._begun: deque[_Leased] = deque()

    def work(self) -> Iterator[Outcome]:
        """Do what can be done now; ends when nothing is left to take or to store.

        Yields:
            One outcome a record that is stored.

        Raises:
            DatabaseError: The database refuses or is gone.
        """
        while True:
            while len(self._begun) <= self._extraction.ahead and self._take():
                pass
            is_extracted = bool(self._begun)
            if is_extracted:
                self._save(self._begun.popleft())
            is_stored = False
            for outcome in self._store():
                is_stored = True
                yield outcome
            if not is_extracted and not is_stored:
                return

    def end(self) -> None:
        """Give back what was taken and not extracted."""
        ids = [one.id for leased in self._begun for one in leased.records]
        self._begun.clear()
        if ids:
            # Where this fails, the lease runs out.
            with suppress(DatabaseError), self._database.writer() as session:
                release_records(session, ids, worker=self._options.name)

    def _take(self) -> bool:
        with self._database.writer() as session:
            records = take_records(
                session, worker=self._options.name, lease=self._options.lease, most=BATCH
            )
        if not records:
            return False
        articles = [
            keys_of(one.record)
            for one in records
            if isinstance(one.record, Article) and one.attempts <= MOST_ATTEMPTS
        ]
        texts = find_unread(self._database, articles, self._options.extractor_version)
        self._begun.append(_Leased(records, texts, self._extraction.begin(texts)))
        return True

    def _save(self, leased: _Leased) -> None:
        extracted = dict(zip(leased.texts, leased.results(), strict=True))
        with self._database.writer() as session:
            save_extracted(
                session,
                [(one.id, _result(one, extracted)) for one in leased.records],
                extractor_version=self._options.extractor_version,
            )

    def _store(self) -> Iterator[Outcome]:
        """Store what is ready, while nobody else does."""
        with self._database.writer() as session:
            ready = hold_ready(session, most=STORED_TOGETHER)
            for (run, read_at), group in groupby(ready, self._run_of):
                yield from self._store_group(list(group), run, read_at)
            if ready:
                forget_stored(session, [one.id for one in ready])

    def _run_of(self, one: ReadyRecord) -> tuple[IngestRun, datetime]:
        """The run that a record belongs to, and when it was read."""
        ours = self._options.extractor_version
        version = ours if one.extracted is None else one.extractor_version
        run = make_run(one.command, one.inputs, self._options.tool_version, version)
        return run, one.read_at

    def _store_group(
        self, ready: Sequence[ReadyRecord], run: IngestRun, read_at: datetime
    ) -> Iterator[Outcome]:
        extracted = {
            text_of(one.record): one.extracted
            for one in ready
            if isinstance(one.record, Article) and one.extracted is not None
        }
        return ingest_batches(
            self._database,
            [one.record for one in ready],
            _ExtractedBefore(extracted, self._extraction),
            run=run,
            clock=lambda: read_at,
        )


def _result(one: LeasedRecord, extracted: Mapping[Text, Extracted]) -> Extracted | None:
    """What a record gave; None if its text was not extracted."""
    if one.attempts > MOST_ATTEMPTS:
        return GIVEN_UP
    return extracted.get(text_of(one.record)) if isinstance(one.record, Article) else ()
