"""Where claims are extracted: in this process, in several, or on a cluster."""

import os
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict

import click

from claims.cli.options import CommandFunction, add_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.ingest.extraction import Extraction, LoadExtractor, ProposeMany

MOST_WORKERS = 64
"""One process stores what all of them find; more would wait for it."""

CORES = min(len(os.sched_getaffinity(0)), MOST_WORKERS)

workers_option = click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=lambda: CORES,
    show_default="the cores of this machine",
    help="Processes that extract claims.",
)


class EngineOptions(TypedDict):
    """Where claims are extracted.

    Attributes:
        workers: Processes of this machine.
        engine: `processes` or `ray`.
        address: Of a Ray cluster; None for one of this machine alone.
    """

    workers: int
    engine: str
    address: str | None


def engine_options(
    workers: Callable[[CommandFunction], CommandFunction],
) -> Callable[[CommandFunction], CommandFunction]:
    """The options of `EngineOptions`, with an option --workers."""
    return lambda command: add_options(
        command,
        workers,
        click.option(
            "--engine",
            type=click.Choice(["processes", "ray"]),
            default="processes",
            show_default=True,
            help="Extract in processes of this machine, or on a Ray cluster (claims[ray]).",
        ),
        click.option(
            "--address",
            metavar="HOST:PORT",
            help="Ray cluster that this machine belongs to; default: one of this machine alone.",
        ),
    )


def load_extractor() -> "ProposeMany":
    """The extractor for many texts, loaded; also in processes that only extract."""
    from claims.extraction import pipeline

    parser = pipeline.load_parser()
    return lambda texts: list(pipeline.propose_many(parser, texts))


@contextmanager
def open_extraction(
    options: EngineOptions, load: "LoadExtractor | None" = None
) -> "Iterator[Extraction]":
    """Where texts are extracted.

    Args:
        options: As the user gave them.
        load: Loads the extractor, a function of a module; by default the one that is stored from.

    Raises:
        click.UsageError: An address without Ray.
    """
    from claims.ingest.extraction import Here

    load = load or load_extractor
    if options["engine"] == "ray":
        with open_ray(load, options["address"]) as extraction:
            yield extraction
    elif options["address"]:
        raise click.UsageError("--address is that of a Ray cluster: give --engine ray with it.")
    elif options["workers"] == 1:
        yield Here(load)
    else:
        with open_workers(options["workers"], load) as extraction:
            yield extraction


@contextmanager
def open_workers(
    count: int, load: "LoadExtractor", *, always: bool = False
) -> "Iterator[Extraction]":
    """Extraction in processes of this machine; see `claims.ingest.workers`."""
    from claims.ingest.workers import Workers

    extraction = Workers(count, load, always=always)
    try:
        yield extraction
    finally:
        extraction.close()


@contextmanager
def open_ray(load: "LoadExtractor", address: str | None) -> "Iterator[Extraction]":
    """Extraction on a Ray cluster.

    Raises:
        NoRayError: Ray is not installed.
        RayLostError: The cluster cannot be reached.
    """
    try:
        from claims.ingest.on_ray import OnRay
    except ModuleNotFoundError as error:
        if error.name != "ray":
            raise
        from claims.ingest.errors import NoRayError

        raise NoRayError("--engine ray") from None
    extraction = OnRay(load, address)
    try:
        yield extraction
    finally:
        extraction.close()
