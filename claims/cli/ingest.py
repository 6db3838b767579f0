"""claims ingest."""

import sys
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from claims.cli.context import open_database
from claims.cli.output import counted
from claims.cli.reading import (
    read_inputs,
    reading_options,
    require_one_article_each,
    tell,
    warn_if_unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims.ingest.articles import Outcome
    from claims.ingest.run import IngestRun
    from claims.model.article import Article
    from claims.model.problem import Problem
    from claims.model.proposal import Proposal


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@reading_options
@click.option("--dry-run", is_flag=True, help="Read and propose, but store nothing.")
def ingest(paths: tuple[str, ...], form: str | None, dry_run: bool, **stated: Any) -> int:  # noqa: ANN401, FBT001
    """Read articles and store the claims found in them.

    Plain text, saved web pages, or article JSON lines; folders are read with all that is below
    them, - is standard input. The same again adds nothing; after a kill, run the same command
    again. A record that cannot be read is reported, kept as a problem, and does not stop the
    others.
    """
    require_one_article_each(paths, stated)
    records = read_inputs(paths, form, stated)
    if dry_run:
        return _report(_dry(records), "would be stored")
    with open_database() as database:
        from claims.ingest.articles import ingest_articles

        outcomes = ingest_articles(
            database,
            records,
            _propose,
            run=_ingest_run(paths, form, stated),
            clock=lambda: datetime.now(UTC),
        )
        with _progress(outcomes) as shown:
            return _report(shown, "stored")


@cache
def _parser() -> object:
    from claims.extraction.parse import load_parser

    return load_parser()


def _propose(text: str, published: date | None) -> "tuple[Proposal, ...]":
    """The extractor, loaded when the first text that is not stored yet comes."""
    from claims.extraction.pipeline import propose

    return propose(_parser(), text, published)  # type: ignore[arg-type]


def _ingest_run(paths: tuple[str, ...], form: str | None, options: dict[str, Any]) -> "IngestRun":
    from claims import __version__
    from claims.extraction.version import VERSION
    from claims.ingest.run import make_run

    named = sorted({"format": form, **options}.items())
    values = [f"--{name}={value}" for name, value in named if value is not None]
    return make_run("ingest", (*paths, *values), __version__, VERSION)


def _dry(records: "Iterable[Article | Problem]") -> "Iterator[Outcome]":
    from claims.ingest.articles import Outcome, try_propose
    from claims.model.problem import Problem

    for record in records:
        found = record if isinstance(record, Problem) else try_propose(_propose, record)
        if isinstance(found, Problem):
            yield Outcome(found, new=True)
        else:
            yield Outcome(record, new=True, claims=len(found), proposals=found)


def _report(outcomes: "Iterable[Outcome]", done: str) -> int:
    """Tell each problem as it comes and the sums at the end; the exit code."""
    from claims.model.problem import Problem

    sums: Counter[str] = Counter()
    for outcome in outcomes:
        if isinstance(outcome.record, Problem):
            tell(outcome.record)
            sums["problems"] += 1
        else:
            sums["articles"] += 1
            sums["before"] += not outcome.new
            sums["claims"] += outcome.claims
            if outcome.new and not outcome.claims:
                warn_if_unreadable(outcome.record)
    click.echo(
        f"{counted(sums['articles'], 'article')} read, {sums['before']} known before; "
        f"{counted(sums['claims'], 'claim')} {done}; {counted(sums['problems'], 'problem')}."
    )
    return 1 if sums["problems"] else 0


@contextmanager
def _progress(outcomes: "Iterable[Outcome]") -> "Iterator[Iterable[Outcome]]":
    """Shows a count that moves, on a terminal; the total is not known before all is read."""
    if not sys.stderr.isatty():
        yield outcomes
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} records, {task.fields[claims]} claims"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, claims=0)

        def counted() -> "Iterator[Outcome]":
            total = 0
            for outcome in outcomes:
                total += outcome.claims
                bar.update(task, advance=1, claims=total)
                yield outcome

        yield counted()
