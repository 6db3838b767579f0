"""Which address is asked for next, by which process, and when it is asked again.

A process leases a host, not an address: so no address is asked for twice, and no host by two
processes at once. The server's clock decides what is due.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TypeAlias

from sqlalchemy import bindparam, func, text, update
from sqlalchemy.dialects.postgresql import ARRAY, UUID
from sqlalchemy.orm import Session

from claims.database.statements import read_statements
from claims.documents.addresses import address_id
from claims.feeds.results import Result
from claims.fetch.url import BadUrlError, parse_url
from claims.model.article_address import ArticleAddress
from claims.model.feed import AddressState, ScheduledAddress, ScheduledKind
from claims.model.problem import Problem, Reason
from claims.schema import FeedAddressRow

LEASE = 180.0
"""Seconds after which a host is free again whatever became of the process that asked it; an answer
may take a third of it."""

FEEDS = bindparam("feeds", type_=ARRAY(UUID))
STATEMENTS = {
    name: text(sql) for name, sql in read_statements("claims.feeds", "schedule.sql").items()
}
"""The statements of schedule.sql by name."""
_OF_FEEDS = {
    name: STATEMENTS[name].bindparams(FEEDS)
    for name in ("lease_host", "next_address", "seconds_to_wait", "count_left", "make_due")
}

Feeds: TypeAlias = Collection[uuid.UUID] | None
"""The feeds that a run is about; None for all."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a run leaves.

    Attributes:
        due: Addresses that are due and were not asked for.
        elsewhere: Those of hosts that another process asks now.
    """

    due: int
    elsewhere: int


def lease_address(
    session: Session, holder: uuid.UUID, feeds: Feeds, *, articles: bool
) -> ScheduledAddress | None:
    """Lease the host that has waited longest, and return what to ask it for; None if none is due.

    Args:
        session: A writing session; the lease holds once it is committed.
        holder: Who asks: an id of the process.
        feeds: The feeds that the run is about.
        articles: Whether to ask for articles too, or for feeds alone.
    """
    values = {"feeds": list(feeds) if feeds is not None else None, "articles": articles}
    lease = values | {"holder": holder, "lease": LEASE}
    host = session.scalar(_OF_FEEDS["lease_host"], lease)
    if host is None:
        return None
    row = session.execute(_OF_FEEDS["next_address"], values | {"host": host}).one_or_none()
    if row is None:
        release_host(session, host, holder, 0.0)
        return None
    columns = row._asdict()
    columns |= {"kind": ScheduledKind(row.kind), "state": AddressState(row.state)}
    return ScheduledAddress(**columns)


def renew_lease(session: Session, host: str, holder: uuid.UUID) -> None:
    """Hold the lease for as long again, if it has not run out."""
    values = {"host": host, "holder": holder, "lease": LEASE}
    session.execute(STATEMENTS["renew"], values)


def release_host(session: Session, host: str, holder: uuid.UUID, ahead: float) -> bool:
    """Give the lease back; returns False if somebody else has it meanwhile.

    Args:
        session: A writing session.
        host: The host.
        holder: Who has asked it.
        ahead: Seconds for which it is not to be asked.
    """
    values = {"host": host, "holder": holder, "ahead": ahead}
    return session.scalar(STATEMENTS["release"], values) is not None


def save_result(session: Session, address: ScheduledAddress, result: Result) -> None:
    """Save what became of an address, and when it is due again."""
    values = asdict(result)
    due_in = values.pop("due_in")
    session.execute(
        update(FeedAddressRow)
        .where(FeedAddressRow.id == address.id)
        .values(**values, asked_at=func.now(), due_at=func.now() + due_in if due_in else None)
    )


def postpone(session: Session, address: ScheduledAddress, delay: timedelta) -> None:
    """Ask for an address later; nothing was asked, and nothing is counted."""
    later = update(FeedAddressRow).where(FeedAddressRow.id == address.id)
    session.execute(later.values(due_at=func.now() + delay))


def seconds_to_wait(session: Session, feeds: Feeds, *, articles: bool) -> float | None:
    """Until a host may be asked again that has something due; None if there is none."""
    values = {"feeds": list(feeds) if feeds is not None else None, "articles": articles}
    seconds = session.scalar(_OF_FEEDS["seconds_to_wait"], values)
    return None if seconds is None else max(0.0, seconds)


def count_left(session: Session, feeds: Feeds) -> Left:
    """What is due and was not asked for."""
    values = {"feeds": list(feeds) if feeds is not None else None}
    elsewhere, due = session.execute(_OF_FEEDS["count_left"], values).one()
    return Left(due, elsewhere)


def make_feeds_due(session: Session, feeds: Feeds) -> None:
    """Have feeds asked for now, whenever they would be due."""
    session.execute(_OF_FEEDS["make_due"], {"feeds": list(feeds) if feeds is not None else None})


def save_addresses(
    session: Session, feed: uuid.UUID, addresses: Iterable[ArticleAddress]
) -> list[Problem]:
    """Save the addresses of articles that a feed names; returns a problem for each refused one."""
    rows, problems = dict[uuid.UUID, dict[str, object]](), list[Problem]()
    for address in addresses:
        try:
            url = parse_url(address.url)
        except BadUrlError as error:
            problems.append(Problem(address.place, Reason.FETCH_REFUSED, str(error)))
            continue
        id_ = address_id(url.text)
        rows.setdefault(
            id_,
            {
                "id": id_,
                "feed": feed,
                "url": url.text,
                "host": url.host,
                "published_at": address.published_at,
                "changed_at": address.changed_at,
            },
        )
    if rows:
        # In one order, so that two processes never wait for each other.
        hosts = sorted({str(row["host"]) for row in rows.values()})
        session.execute(STATEMENTS["save_hosts"], [{"host": host} for host in hosts])
        session.execute(STATEMENTS["save_addresses"], [rows[id_] for id_ in sorted(rows)])
    return problems
