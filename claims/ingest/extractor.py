"""The extractor for programs: loaded once a process, when it is first needed."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from threading import Lock

from claims.extraction import pipeline
from claims.extraction.parse import Parser
from claims.model.proposal import Proposal

_ONE_AT_A_TIME = Lock()
"""Texts of several threads come one after the other: the parser is Python's, and gains nothing."""


@cache
def _parser() -> Parser:
    """The parser of English; loading it takes a second."""
    return pipeline.load_parser()


def propose(text: str, published: date | None = None) -> tuple[Proposal, ...]:
    """The claims of an article, without a database.

    Args:
        text: The whole article; offsets of spans count its code points.
        published: The day of publication, so that "on Thursday" has a date.

    Returns:
        One proposal a claim, in the order of the text.
    """
    with _ONE_AT_A_TIME:
        return tuple(pipeline.propose(_parser(), text, published))


def propose_many(
    texts: Sequence[tuple[str, date | None]],
) -> list[tuple[Proposal, ...]]:
    """The claims of several articles, parsed together."""
    with _ONE_AT_A_TIME:
        return list(pipeline.propose_many(_parser(), texts))
