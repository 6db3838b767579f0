"""Extraction of many texts, in this process or in workers; no text costs another its claims."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import Protocol, TypeAlias

from claims.model.article import Article
from claims.model.proposal import Proposal

BATCH = 16
"""Most texts that are handed over together: as many as are parsed together."""

Text: TypeAlias = tuple[str, date | None]
"""A text and the day on which it was published."""

Extracted: TypeAlias = tuple[Proposal, ...] | str
"""What a text gave; else why the extractor failed on it."""

ProposeMany: TypeAlias = Callable[[Sequence[Text]], Sequence[tuple[Proposal, ...]]]
"""The extractor, for texts that are parsed together."""


LoadExtractor: TypeAlias = Callable[[], ProposeMany]
"""Loads the extractor, which takes a second."""


class ExtractionFailedError(Exception):
    """A text broke the extractor; the message says how."""


class Extraction(Protocol):
    """Where texts are extracted."""

    @property
    def ahead(self) -> int:
        """How many batches may be begun before the oldest of them is asked for."""

    def begin(self, texts: Sequence[Text]) -> Callable[[], Sequence[Extracted]]:
        """Begin with some texts; what it returns waits for their results, in order."""


def extract_texts(propose_many: ProposeMany, texts: Sequence[Text]) -> list[Extracted]:
    """Extract texts together; if one breaks the extractor, each by itself."""
    if not texts:
        return []
    try:
        return [*propose_many(texts)]
    except Exception as error:  # noqa: BLE001 - whatever a text does to the rules, the others go on
        if len(texts) == 1:
            return [f"{type(error).__name__}: {error}"]
    return [result for one in texts for result in extract_texts(propose_many, [one])]


def text_of(article: Article) -> Text:
    """What is extracted of an article."""
    return article.text, article.published_at.date() if article.published_at else None


def extract_articles(
    articles: Iterable[Article], extraction: Extraction
) -> Iterator[tuple[Article, Extracted]]:
    """Each article with what its text gives, in order; some batches are begun ahead."""
    waiting = iter(articles)
    begun: deque[tuple[list[Article], Callable[[], Sequence[Extracted]]]] = deque()
    while True:
        batch = list(islice(waiting, BATCH))
        if batch:
            begun.append((batch, extraction.begin([text_of(one) for one in batch])))
        if not begun:
            return
        if not batch or len(begun) > extraction.ahead:
            first, results = begun.popleft()
            yield from zip(first, results(), strict=True)


class Here:
    """Extraction in this process, batch after batch.

    Args:
        load: Loads the extractor; called for the first text.
    """

    ahead = 0

    def __init__(self, load: LoadExtractor) -> None:
        self._load = cache(load)

    def begin(self, texts: Sequence[Text]) -> Callable[[], Sequence[Extracted]]:
        """Extract the texts when their results are asked for."""
        return lambda: extract_texts(self._load(), texts) if texts else []
