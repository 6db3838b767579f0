"""Ingest articles a batch at a time: extracted together or in workers, stored in their order.

What is stored is what `claims.ingest.articles` would store, whatever the size of the batches and
the number of workers: a source that one article names may be what the next one is linked to, so
that articles are stored in the order in which they are read.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from claims.database.engine import Database
from claims.database.errors import TransactionConflictError
from claims.documents.errors import IdentityTakenError
from claims.documents.stored import ArticleKeys, find_owners, find_read, keys_of
from claims.ingest.articles import UNSTORABLE, Outcome, ingest_articles
from claims.ingest.extraction import (
    BATCH,
    Extracted,
    Extraction,
    ExtractionFailedError,
    Text,
    text_of,
)
from claims.ingest.run import IngestRun
from claims.ingest.together import NewArticle, save_together
from claims.model.article import Article, ReaderRecord
from claims.model.proposal import Proposal

BATCH_BYTES = 8 << 20
"""Bytes of evidence after which a batch ends: some batches are held in memory at once."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Records whose texts are being extracted.

    Attributes:
        records: In the order of the input.
        keys: Those of each record; None for what is not an article.
        texts: Those that are being extracted.
        results: Waits for what they give.
    """

    records: Sequence[ReaderRecord]
    keys: Sequence[ArticleKeys | None]
    texts: Sequence[Text]
    results: Callable[[], Sequence[Extracted]]


def ingest_batches(
    database: Database,
    records: Iterable[ReaderRecord],
    extraction: Extraction,
    *,
    run: IngestRun,
    clock: Clock,
) -> Iterator[Outcome]:
    """Store records in batches; a kill at any moment loses none that was stored before.

    Args:
        database: The database to write to; its connections should stay open.
        records: What a reader yields.
        extraction: Extracts the texts that are not stored yet.
        run: The run that they belong to.
        clock: Returns the moment at which a text was retrieved.

    Yields:
        One outcome a record, in the order of the records, after its transaction was committed.

    Raises:
        DatabaseError: The database refuses or is gone; the current batch was rolled back.
    """
    begun: deque[_Batch] = deque()
    for batch in _batches(records):
        begun.append(_begin(database, batch, extraction, run))
        while len(begun) > extraction.ahead:
            yield from _store(database, begun.popleft(), extraction, run=run, clock=clock)
    while begun:
        yield from _store(database, begun.popleft(), extraction, run=run, clock=clock)


def _batches(records: Iterable[ReaderRecord]) -> Iterator[list[ReaderRecord]]:
    batch: list[ReaderRecord] = []
    size = 0
    for record in records:
        batch.append(record)
        size += len(record.archived) if isinstance(record, Article) else 0
        if len(batch) == BATCH or size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _begin(
    database: Database, records: Sequence[ReaderRecord], extraction: Extraction, run: IngestRun
) -> _Batch:
    """Begin to extract what no stored article seems to be; whether it is so is asked at storing."""
    keys = [keys_of(one) if isinstance(one, Article) else None for one in records]
    texts = find_unread(database, [one for one in keys if one], run.extractor_version)
    return _Batch(records, keys, texts, extraction.begin(texts))


def find_unread(
    database: Database, articles: Sequence[ArticleKeys], extractor_version: str
) -> list[Text]:
    """The texts of articles that no stored one seems to be, each once."""
    if not articles:
        return []
    with database.reader() as session:
        owners = find_owners(session, articles)
        read = find_read(session, articles, owners, extractor_version)
    texts = [
        text_of(one.article) for one, is_read in zip(articles, read, strict=True) if not is_read
    ]
    return list(dict.fromkeys(texts))


def _store(
    database: Database, batch: _Batch, extraction: Extraction, *, run: IngestRun, clock: Clock
) -> Iterator[Outcome]:
    extracted = dict(zip(batch.texts, batch.results(), strict=True))

    def propose(text: str, published: date | None) -> Sequence[Proposal]:
        key = (text, published)
        if key not in extracted:
            [extracted[key]] = extraction.begin([key])()
        result = extracted[key]
        if isinstance(result, str):
            raise ExtractionFailedError(result)
        return result

    def one_by_one(records: Iterable[ReaderRecord]) -> Iterator[Outcome]:
        return ingest_articles(database, records, propose, run=run, clock=clock)

    together: list[NewArticle] = []
    records: list[ReaderRecord] = []
    for record, keys in zip(batch.records, _new_keys(database, batch), strict=True):
        proposals = extracted.get(text_of(keys.article)) if keys else None
        if keys and proposals is not None and not isinstance(proposals, str):
            together.append(NewArticle(keys.article, keys.identity, proposals, clock()))
            records.append(record)
            continue
        yield from _store_together(database, together, run) or one_by_one(records)
        together, records = [], []
        yield from one_by_one([record])
    yield from _store_together(database, together, run) or one_by_one(records)


def _new_keys(database: Database, batch: _Batch) -> Iterator[ArticleKeys | None]:
    """For each record its keys, if it is an article that shares none with what comes before it."""
    articles = [one for one in batch.keys if one]
    if not articles:
        yield from batch.keys
        return
    with database.reader() as session:
        owned = set(find_owners(session, articles))
    for keys in batch.keys:
        is_new = keys is not None and _is_plain(keys.article) and owned.isdisjoint(keys.all)
        owned.update(keys.all if keys else ())
        yield keys if is_new else None


def _is_plain(article: Article) -> bool:
    """Whether its publisher says nothing of an article that takes effect or must be reported."""
    return not article.notices and article.embargo is None


def _store_together(
    database: Database, articles: Sequence[NewArticle], run: IngestRun
) -> list[Outcome]:
    """Store new articles in one transaction; nothing if one of them keeps it from being done."""
    if not articles:
        return []
    try:
        with database.writer() as session:
            claims = save_together(session, articles, run)
    except (IdentityTakenError, TransactionConflictError, *UNSTORABLE):
        # One is refused, or another process has just stored it: each by itself, so that the
        # others are stored.
        return []
    return [
        Outcome(one.article, new=True, claims=added, proposals=tuple(one.proposals))
        for one, added in zip(articles, claims, strict=True)
    ]
