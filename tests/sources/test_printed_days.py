"""The days on which a source was described in print are those that readers saw on the articles."""

from datetime import UTC, date, datetime, timedelta, timezone

from claims.database.engine import Database
from claims.sources.cards import find_sources, load_source_card
from tests.makers import store

LATE = datetime(2026, 5, 4, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
"""A late edition of 4 May; in UTC the fifth has begun."""


def test_printed_names_are_dated_by_the_clock_of_each_article(database: Database) -> None:
    store(database, published_at=LATE, url="https://example.org/late")
    store(database, published_at=datetime(2026, 5, 9, tzinfo=UTC), url="https://example.org/utc")
    with database.reader() as session:
        [quill] = find_sources(session, "Ada Quill", None, limit=2)
        [printed] = load_source_card(session, quill.id).printed
    assert (printed.first_seen, printed.last_seen) == (date(2026, 5, 4), date(2026, 5, 9))
    assert printed.times == 2
