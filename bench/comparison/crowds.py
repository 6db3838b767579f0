"""What very many have in common: one article printed by all, one quote of one speaker, or of many.

Stored are so many articles with one text; so many quotes with the same words by one speaker; and
these words by a tenth as many speakers, 20,000 at most. All is compared, then five more come
singly. It may not cost more than there is: one text, one group, or one group a speaker. Printed are
processor seconds of program and server, and what it was folded to.

    python -m bench.comparison.crowds [count]     100,000 unless given
"""

import sys
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from sqlalchemy import text

from bench.comparison.copies import Newsroom, store_stories
from bench.comparison.utterances import SPEAKERS, Quote, store_quotes
from bench.home import own_home
from bench.processor import seconds_until_now
from claims.cli.context import open_database
from claims.copies import due
from claims.database.engine import Database
from claims.utterances import compare

MORE = 5
"""How many come singly at the end."""

WORDS = (
    "we", "are", "aware", "of", "the", "incident", "and", "are", "looking", "into", "it", "now",
)  # fmt: skip

Store = Callable[[Database, int, int], None]
"""Stores so many (the last number) that have the same, from a number on."""


def store_articles(database: Database, first: int, count: int) -> None:
    """Articles with one text."""
    store_stories(database, Newsroom(1).make(1) * count, first)


def store_speakers(database: Database, first: int, count: int, *, speakers: int) -> None:
    """Quotes with the same words, by as many speakers in turn."""
    numbers = range(first, first + count)
    store_quotes(database, [Quote(WORDS, number % speakers) for number in numbers], first)


def compare_articles(database: Database) -> None:
    """Compare the articles that are due."""
    for _ in due.compare_due(database):
        pass


def compare_quotes(database: Database) -> None:
    """Compare the quotes that are due."""
    for _ in compare.compare_in_portions(database):
        pass


class Crowd(NamedTuple):
    """What very many have in common; `folded` counts the rows that it comes to."""

    name: str
    store: Store
    compare: Callable[[Database], None]
    folded: str


def measure(crowd: Crowd, count: int) -> None:
    """Print what comparing a crowd takes, and one more at a time; and how many rows it comes to."""
    with own_home(), open_database(keep=True) as database:
        first = 0
        for more in (count, *[1] * MORE):
            crowd.store(database, first, more)
            with database.engine.connect() as connection:
                backend = connection.scalar(text("SELECT pg_backend_pid()")) or 0
            began = seconds_until_now(backend)
            crowd.compare(database)
            took = seconds_until_now(backend) - began
            with database.engine.connect() as connection:
                rows = connection.scalar(text(crowd.folded))
            print(
                f"{more} {crowd.name}: {took.processor:.3f} processor s (program"
                f" {took.program:.3f}, server {took.server:.2f}); {rows} in all",
                flush=True,
            )
            first += more


TEXTS = "SELECT count(*) FROM claims.compared_text"
GROUPS = "SELECT count(*) FROM claims.quote_group"


def main() -> None:
    """Measure each crowd with the count given."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    speakers = min(count // 10, SPEAKERS)
    measure(Crowd("articles with one text", store_articles, compare_articles, TEXTS), count)
    one = partial(store_speakers, speakers=1)
    measure(Crowd("quotes of one speaker", one, compare_quotes, GROUPS), count)
    many = partial(store_speakers, speakers=speakers + MORE)
    measure(Crowd("speakers of one quote", many, compare_quotes, GROUPS), speakers)


if __name__ == "__main__":
    main()
