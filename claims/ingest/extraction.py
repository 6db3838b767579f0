"""Extraction of many texts, in this process or in workers; no text costs another its claims."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Protocol, TypeAlias

from claims.model.proposal import Proposal

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
