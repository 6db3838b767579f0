"""Where claims are extracted: in this process or in several."""

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.ingest.extraction import Extraction, ProposeMany

MOST_WORKERS = 64
"""One process stores what all of them find; more would wait for it."""

workers_option = click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=lambda: min(len(os.sched_getaffinity(0)), MOST_WORKERS),
    show_default="the cores of this machine",
    help="Processes that extract claims.",
)


def load_extractor() -> "ProposeMany":
    """The extractor for many texts, loaded; also in processes that only extract."""
    from claims.extraction import pipeline

    parser = pipeline.load_parser()
    return lambda texts: list(pipeline.propose_many(parser, texts))


@contextmanager
def open_extraction(workers: int, *, always: bool = False) -> "Iterator[Extraction]":
    """Where texts are extracted: in processes of their own, if there are to be several.

    Args:
        workers: How many.
        always: Whether a process of its own is started for one, too: a text that kills the process
            which reads it does not kill this one.
    """
    from claims.ingest.extraction import Here

    if workers == 1 and not always:
        yield Here(load_extractor)
        return
    from claims.ingest.workers import Workers

    extraction = Workers(workers, load_extractor, always=always)
    try:
        yield extraction
    finally:
        extraction.close()
