"""The pace at which a host is asked, kept by the database for all processes that use it.

A host that redirects is leased by who asks it, the host it redirects to by nobody: two processes
may be led to one. Each asks when its turn comes, by the server's clock.
"""

from datetime import timedelta

from sqlalchemy import Double, cast, extract, func, literal, select
from sqlalchemy.dialects.postgresql import insert

from claims.database.engine import Database
from claims.fetch.client import LONGEST_DELAY, ReserveTurn
from claims.schema import FeedHostRow


def reserve_turns(database: Database) -> ReserveTurn:
    """What keeps the pace of hosts for a fetcher, between processes."""

    def reserve(host: str, pause: float) -> float:
        now, step = func.clock_timestamp(), literal(timedelta(seconds=pause))
        turn = func.greatest(FeedHostRow.not_before, now)
        is_banned = FeedHostRow.not_before > now + literal(timedelta(seconds=LONGEST_DELAY))
        query = (
            insert(FeedHostRow)
            .values(host=host, not_before=now + step)
            .on_conflict_do_update(
                index_elements=[FeedHostRow.host],
                set_={"not_before": turn + step},
                where=~is_banned,
            )
            .returning(cast(extract("epoch", FeedHostRow.not_before - step - now), Double))
        )
        with database.writer() as session:
            seconds = session.scalar(query)
            if seconds is None:
                ahead = cast(extract("epoch", FeedHostRow.not_before - now), Double)
                seconds = session.scalar(select(ahead).where(FeedHostRow.host == host))
        return max(float(seconds or 0.0), 0.0)

    return reserve
