"""claims feeds run."""

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from claims.cli.compare import compare_articles
from claims.cli.context import fresh_id, open_database
from claims.cli.fetch import make_fetcher
from claims.cli.ingest import propose, report_notice
from claims.cli.output import counted
from claims.cli.progress import counting
from claims.cli.reading import report_problem
from claims.text.display import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from claims.database.engine import Database
    from claims.feeds.run import Asked, FeedRun, Step
    from claims.feeds.schedule import Left
    from claims.ingest.articles import Outcome

STATES = {
    "read": "read",
    "unchanged": "not changed",
    "missing": "missing",
    "failed": "failed",
    "refused": "refused",
    "no_article": "without an article",
    "postponed": "put off",
}
"""How the summary calls what became of an address, in its order."""


@click.command()
@click.option("--feed", "names", metavar="FEED", multiple=True,
              help="Only this feed, by address or id; may be repeated.")  # fmt: skip
@click.option("--limit", type=click.IntRange(0), default=500, show_default=True,
              help="Most articles to ask for; the others are left for the next run.")  # fmt: skip
@click.option("--now", is_flag=True, help="Ask for the feeds although they are not due.")
def run(names: "Sequence[str]", *, limit: int, now: bool) -> int:
    """Read what is due: feeds, and the articles that they name.

    An item with its text is stored as it is; the address of one without is fetched, and read again
    after 1 hour and then 3, 12, 24, 72 and 168 hours. What has not changed is not sent again. A
    page that is gone is proposed for withdrawal. robots.txt, Crawl-delay and Retry-After are
    honoured, and a host is asked once a second, by one process at a time: several runs at once do
    nothing twice, and after an interruption the next run goes on.

    Exit codes: 0 if there is nothing new to tell; 1 if a problem or notice is new, which is then
    printed; 3 if the database cannot be used. Run it by cron or a systemd timer, every ten minutes
    for instance (docs/how-to/feeds.md).
    """
    with open_database() as database:
        request = _request(database, names, limit, now=now)
        fetcher = make_fetcher(database)
        try:
            from claims.feeds.run import run_feeds

            with _progress(run_feeds(database, fetcher, propose, request)) as steps:
                tally = _report(steps)
        finally:
            fetcher.close()
        compare_articles(database)
        from claims.feeds.schedule import count_left

        with database.reader() as session:
            left = count_left(session, request.feeds)
    click.echo(_summary(tally))
    for line in _left(left):
        click.echo(line)
    return 1 if tally["new problem"] or tally["notice"] else 0


def _request(database: "Database", names: "Sequence[str]", limit: int, *, now: bool) -> "FeedRun":
    from claims import __version__
    from claims.extraction.version import VERSION
    from claims.feeds.follow import find_feed
    from claims.feeds.run import FeedRun

    with database.reader() as session:
        feeds = [find_feed(session, name).id for name in names] if names else None
    return FeedRun(fresh_id(), feeds, now, limit, __version__, VERSION)


def _report(steps: "Iterable[Step]") -> Counter[str]:
    """Print what is new as it comes, and count."""
    from claims.feeds.run import Asked

    tally: Counter[str] = Counter()
    for step in steps:
        if isinstance(step, Asked):
            _count_asked(step, tally)
        else:
            _count_outcome(step, tally)
    return tally


def _count_asked(asked: "Asked", tally: Counter[str]) -> None:
    state = asked.result.state.value if asked.result else "postponed"
    tally[f"{asked.address.kind.value} {state}"] += 1
    moved_to = asked.result.moved_to if asked.result else None
    if moved_to and moved_to != asked.address.moved_to:
        line = f"{asked.address.url} has moved for good and is read at {moved_to}; add it there."
        click.echo(visible(line), err=True)


def _count_outcome(outcome: "Outcome", tally: Counter[str]) -> None:
    from claims.model.article import Article
    from claims.model.problem import Problem

    for notice in outcome.notices:
        tally["notice"] += 1
        report_notice(notice)
    if isinstance(outcome.record, Problem):
        tally["problem"] += 1
        if outcome.new:
            tally["new problem"] += 1
            report_problem(outcome.record)
    elif isinstance(outcome.record, Article):
        tally["stored"] += outcome.new
        tally["claim"] += outcome.claims


def _summary(tally: Counter[str]) -> str:
    asked = "; ".join(
        f"{counted(total, noun)}{_states(tally, kind)}"
        for kind, noun in (("feed", "feed"), ("article", "page"))
        if (total := sum(tally[f"{kind} {state}"] for state in STATES)) or kind == "feed"
    )
    problems = counted(tally["problem"], "problem")
    new = f", {tally['new problem']} new" if tally["problem"] else ""
    notices = f"{counted(tally['notice'], 'notice')}; " if tally["notice"] else ""
    return (
        f"{asked}. {counted(tally['stored'], 'text')} and "
        f"{counted(tally['claim'], 'claim')} stored; {notices}{problems}{new}."
    )


def _states(tally: Counter[str], kind: str) -> str:
    some = [
        f"{tally[f'{kind} {state}']} {words}"
        for state, words in STATES.items()
        if tally[f"{kind} {state}"]
    ]
    return f": {', '.join(some)}" if some else " due"


def _left(left: "Left") -> "Iterator[str]":
    if left.elsewhere:
        addresses = counted(left.elsewhere, "address", "addresses")
        yield f"{addresses} due at hosts that another run asks now."
    if left.due:
        addresses = counted(left.due, "address", "addresses")
        yield f"{addresses} left for the next run."


@contextmanager
def _progress(steps: "Iterable[Step]") -> "Iterator[Iterable[Step]]":
    """Count on a terminal what is asked for and stored; the total is not known before the end."""
    with counting("{task.completed} asked, {task.fields[claims]} claims", described=True) as show:
        yield _counting(steps, show) if show else steps


def _counting(steps: "Iterable[Step]", show: "Callable[[str, int], None]") -> "Iterator[Step]":
    from claims.feeds.run import Asked

    claims = 0
    for step in steps:
        if isinstance(step, Asked):
            show(visible(step.address.url), claims)
        else:
            claims += step.claims
        yield step
