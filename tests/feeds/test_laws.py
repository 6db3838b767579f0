"""What the database itself keeps of feeds, and what an import leaves to be scheduled anew."""

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims.feeds.follow import load_feeds, schedule_feeds
from tests.feeds.conftest import RSS, Follower, feed_of, item

if TYPE_CHECKING:
    from sqlalchemy import Connection

ANOTHER = (
    "INSERT INTO claims.feed SELECT gen_random_uuid(), {}, added_at, added_by FROM claims.feed"
)
ADDRESS = (
    "INSERT INTO claims.feed_address (id, feed, kind, url, host, {}) SELECT gen_random_uuid(),"
    " f.id, 'article', f.url, '127.0.0.1', '1' FROM claims.feed AS f"
)
REFUSED = {
    "UPDATE claims.feed SET url = 'https://pier.example/'": "feed_kept",
    "UPDATE claims.feed SET added_by = gen_random_uuid()": "feed_kept",
    "DELETE FROM claims.feed": "append_only",
    "TRUNCATE claims.feed CASCADE": "append_only",
    "UPDATE claims.feed SET removed_at = now()": "ck_feed_removed",
    ANOTHER.format("address, url, name, outlet, every"): "uq_feed_followed",
    ANOTHER.format("gen_random_uuid(), url, name, outlet, 59"): "ck_feed_every",
    ANOTHER.format("gen_random_uuid(), url, '', outlet, every"): "ck_feed_name",
    "UPDATE claims.feed_host SET leased_by = gen_random_uuid()": "ck_feed_host_lease",
    "UPDATE claims.feed_address SET failures = 1": "ck_feed_address_failing_since",
    "UPDATE claims.feed_address SET misses = 1": "ck_feed_address_counts",
    "UPDATE claims.feed_address SET host = 'nowhere'": "fk_feed_address_host",
    ADDRESS.format("state"): "ck_feed_address_state",
    ADDRESS.format("etag"): "ck_feed_address_of_feeds",
}
REMOVE = "UPDATE claims.feed SET removed_at = now(), removed_by = added_by"


def refused(connection: "Connection", statement: str) -> str | None:
    """The invariant that refuses a statement."""
    with pytest.raises(DBAPIError) as error, connection.begin_nested():
        connection.execute(text(statement))
    invariant: str | None = error.value.orig.diag.constraint_name  # type: ignore[union-attr]
    return invariant


def test_the_database_keeps_who_followed_what(follower: Follower) -> None:
    follower.add("/feed")
    with follower.database.engine.begin() as connection:
        assert {one: refused(connection, one) for one in REFUSED} == REFUSED
        connection.execute(text(REMOVE))
        assert refused(connection, REMOVE) == "feed_kept"
        back = "UPDATE claims.feed SET removed_at = NULL, removed_by = NULL"
        assert refused(connection, back) == "feed_kept"


def test_a_feed_without_a_schedule_is_due(follower: Follower) -> None:
    # So it is after the import of an archive, which leaves the schedule.
    follower.site.put("/feed", feed_of(item(follower.site.url("/a"))), 200, RSS)
    follower.add("/feed")
    with follower.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM claims.feed_address"))
        connection.execute(text("DELETE FROM claims.feed_host"))
    with follower.database.writer() as session:
        [feed] = load_feeds(session)
        assert (feed.state, feed.due_at) == (None, None)
        schedule_feeds(session)
        schedule_feeds(session)
        [feed] = load_feeds(session)
        assert feed.state == "waiting"
    assert follower.run(most_articles=0).asked == [("feed", "read")]
