"""claims ingest."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Unpack

import click

from claims.cli.compare import compare_articles
from claims.cli.context import open_database
from claims.cli.engines import EngineOptions, engine_options, open_extraction, workers_option
from claims.cli.ingest_progress import Input, show_rates
from claims.cli.output import counted
from claims.cli.progress import counting
from claims.cli.proposals import brought_proposals, proposals_options, store_proposals
from claims.cli.reading import (
    ArticleOptions,
    read_inputs,
    reading_options,
    report_problem,
    require_one_article_each,
    warn_if_unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from claims.database.engine import Database
    from claims.ingest.articles import Outcome
    from claims.ingest.run import IngestRun
    from claims.model.article import Article, ReaderRecord
    from claims.model.notice import Notice
    from claims.model.proposal import Proposal


class IngestOptions(ArticleOptions, EngineOptions):
    """How articles are ingested, beside what is said of them."""

    queue: bool
    dry_run: bool


@click.command()
@click.argument("paths", metavar="[PATH…]", nargs=-1)
@reading_options
@proposals_options
@engine_options(workers_option)
@click.option("--queue", is_flag=True, help="Put what is read into a queue for claims worker.")
@click.option("--dry-run", is_flag=True, help="Read and extract, but store nothing.")
def ingest(
    paths: tuple[str, ...],
    input_format: str | None,
    *,
    proposals: str | None,
    extractor: str | None,
    **options: Unpack[IngestOptions],
) -> int:
    """Read articles and store the claims found in them.

    PATH is a file of plain text, a saved web page, articles as JSON, a feed, or a folder of these;
    use - for standard input. docs/how-to/ingest.md lists the formats. Reading the same article
    again adds nothing: after an interruption, run the same command again. A record that cannot be
    read is reported and stored as a problem; the others are read.

    With --proposals, what another program proposes for these articles, or for stored ones, is
    checked against their texts and stored beside (docs/how-to/bring-your-own.md).
    """
    dry_run = options["dry_run"]
    if options["queue"] and (dry_run or proposals):
        raise click.UsageError("--queue stores nothing yet: leave --dry-run and --proposals away.")
    brought = brought_proposals(paths, proposals, extractor, dry_run=dry_run)
    require_one_article_each(paths, options)
    if brought and not paths:
        with open_database(keep=True) as database:
            return store_proposals(database, brought)
    read = Input(paths)
    records = read.count(read_inputs(paths, input_format, options, read.open_file))
    if dry_run:
        return report(_dry(records), "would be stored")
    run = _ingest_run(paths, input_format, options)
    if options["queue"]:
        with open_database(keep=True) as database:
            return _put(database, records, run)
    with open_extraction(options) as extraction, open_database(keep=True) as database:
        from claims.ingest.batches import ingest_batches

        outcomes = ingest_batches(
            database, records, extraction, run=run, clock=lambda: datetime.now(UTC)
        )
        if brought:
            outcomes = brought.remember(outcomes)
        with show_rates(outcomes, read) as counted_outcomes:
            code = report(counted_outcomes, "stored")
        compare_articles(database)
        return max(code, store_proposals(database, brought)) if brought else code


def _put(database: "Database", records: "Iterator[ReaderRecord]", run: "IngestRun") -> int:
    """Put records into the queue; reports problems at once: somebody looks at them now."""
    from claims.ingest.worker import queue_records
    from claims.model.article import Article
    from claims.model.problem import Problem

    sums: Counter[str] = Counter()
    for record in queue_records(database, records, run=run, clock=lambda: datetime.now(UTC)):
        sums["records"] += 1
        sums["articles"] += isinstance(record, Article)
        if isinstance(record, Problem):
            sums["problems"] += 1
            report_problem(record)
    them = "it" if sums["articles"] == 1 else "them"
    click.echo(
        f"{counted(sums['articles'], 'article')} in the queue; `claims worker` stores {them};"
        f" {counted(sums['problems'], 'problem')}."
    )
    return 1 if sums["problems"] else 0


def propose(text: str, published: date | None) -> "tuple[Proposal, ...]":
    """The extractor, loaded for the first text that is not stored yet."""
    from claims.ingest import extractor

    return extractor.propose(text, published)


def _ingest_run(
    paths: tuple[str, ...], input_format: str | None, options: ArticleOptions
) -> "IngestRun":
    from claims import __version__
    from claims.extraction.version import VERSION
    from claims.ingest.run import make_run

    # The run's id is made of these, so that the same command again continues the same run.
    about = {name: options.get(name) for name in ArticleOptions.__annotations__}
    values = sorted({"format": input_format, **about}.items())
    flags = [f"--{name}={value}" for name, value in values if value is not None]
    return make_run("ingest", (*paths, *flags), __version__, VERSION)


def _dry(records: "Iterable[ReaderRecord]") -> "Iterator[Outcome]":
    from claims.ingest.articles import Outcome, embargo_problem, notice_problem, try_propose
    from claims.model.article import Article
    from claims.model.notice import Notice, NoticeKind
    from claims.model.problem import Problem

    for record in records:
        if isinstance(record, Notice):
            problem = notice_problem(record)
            yield Outcome(problem or record, new=True, notices=() if problem else (record,))
            continue
        if not isinstance(record, Article):
            yield Outcome(record, new=True)
            continue
        problem = embargo_problem(record)
        if problem:
            yield Outcome(problem, new=True)
        proposals = try_propose(propose, record)
        if isinstance(proposals, Problem):
            yield Outcome(proposals, new=True)
        else:
            notices = tuple(one for one in record.notices if one.kind is not NoticeKind.RESTORE)
            yield Outcome(
                record, new=True, claims=len(proposals), proposals=proposals, notices=notices
            )


def report(outcomes: "Iterable[Outcome]", stored: str) -> int:
    """Print each problem as it comes and the totals at the end; the exit code."""
    from claims.ingest.unchanged import Unchanged
    from claims.model.article import Article
    from claims.model.article_address import ArticleAddress
    from claims.model.problem import Problem

    sums: Counter[str] = Counter()
    for outcome in outcomes:
        for notice in outcome.notices:
            report_notice(notice)
            sums["notices"] += 1
        if isinstance(outcome.record, Problem):
            report_problem(outcome.record)
            sums["problems"] += 1
        elif isinstance(outcome.record, ArticleAddress):
            sums["addresses"] += 1
        elif isinstance(outcome.record, Unchanged):
            sums["unchanged"] += 1
        elif isinstance(outcome.record, Article):
            sums["articles"] += 1
            sums["before"] += not outcome.new
            sums["claims"] += outcome.claims
            if outcome.new:
                _report_embargo(outcome.record)
            if outcome.new and not outcome.claims:
                warn_if_unreadable(outcome.record)
    if sums["addresses"]:
        click.echo(_without_text(sums["addresses"]), err=True)
    notices = f"{counted(sums['notices'], 'notice')}; " if sums["notices"] else ""
    unchanged = f", {sums['unchanged']} not changed" if sums["unchanged"] else ""
    click.echo(
        f"{counted(sums['articles'], 'article')} read, {sums['before']} already stored{unchanged}; "
        f"{counted(sums['claims'], 'claim')} {stored}; {notices}"
        f"{counted(sums['problems'], 'problem')}."
    )
    return 1 if sums["problems"] else 0


EFFECTS = {
    "kill": "killed by its wire: nothing that rests on it may be used, from now on",
    "restore": "its wire says that it may be used again",
    "withdraw": "its publisher no longer stands by it; an editor decides",
    "correct": "its publisher corrected it; an editor decides",
}
"""What each kind of notice does, as it is told when one is read."""


def report_notice(notice: "Notice") -> None:
    """Tell of a notice at once: nobody may miss a kill."""
    from claims.text.display import visible

    named = notice.external_id or notice.url
    words = visible(" ".join(notice.words.split())[:200])
    which = f" {visible(named)}" if named else ""
    click.echo(
        f"notice[{notice.kind}] {visible(notice.place)}{which}: {EFFECTS[notice.kind]}. “{words}”",
        err=True,
    )


def _report_embargo(article: "Article") -> None:
    """Tell until when nothing of an article is published."""
    from claims.model.notice import ENDLESS, until_text
    from claims.text.display import visible

    if article.embargo is None:
        return
    end = article.embargo.until or ENDLESS
    if end > datetime.now(UTC):
        place = visible(article.place)
        click.echo(
            f"embargo {place}: it is stored, and published nowhere {until_text(end)}.", err=True
        )


def _without_text(addresses: int) -> str:
    have = "1 item has" if addresses == 1 else f"{addresses} items have"
    return f"{have} no text here, only an address: `claims fetch URL` reads the article there."


@contextmanager
def show_progress(outcomes: "Iterable[Outcome]") -> "Iterator[Iterable[Outcome]]":
    """Count records on a terminal; the total is not known before all are read."""
    with counting("{task.completed} records, {task.fields[claims]} claims") as show:
        yield _counted(outcomes, show) if show else outcomes


def _counted(
    outcomes: "Iterable[Outcome]", show: "Callable[[str, int], None]"
) -> "Iterator[Outcome]":
    claims = 0
    for outcome in outcomes:
        claims += outcome.claims
        show("", claims)
        yield outcome
