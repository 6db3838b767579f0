"""The next card of a queue of a million: milliseconds by the clock and of the processor.

Claims are stored by SQL alone with the invariants' triggers off, as bench/timeline.py stores them.
Then each order and some filters are asked for their next card, a tenth of it decided between, so
that the front of each index has holes as it has in use.

    python -m bench.review.next_card [claims]
"""

import os
import sys
import uuid
from statistics import median, quantiles

from sqlalchemy import text
from sqlalchemy.orm import Session

from bench.home import own_home
from bench.processor import Seconds, seconds_until_now
from bench.timeline import CLAIMS, fill
from claims.catalogue.card import Filters
from claims.cli.context import open_database
from claims.ledger.append import sign_in
from claims.model.decision import Signature
from claims.model.kinds import Form
from claims.review.cards import load_card
from claims.review.decide import decide
from claims.review.leases import Holder
from claims.review.order import Order
from claims.review.queue import QueueQuery, look_up, take_next
from claims.review.requests import DecisionRequest
from claims.review.transitions import Action

RUNS = 200
QUEUE = """
    INSERT INTO claims.waiting_article (turn, version, published_at, outlet)
    SELECT row_number() OVER (ORDER BY v.recorded_at, v.id), v.id, d.published_at, d.outlet
      FROM claims.document_version v JOIN claims.document d ON d.id = v.document;
    INSERT INTO claims.waiting (claim, turn, starts, printed, uncertainty, put_aside, form, speaker)
    SELECT c.id, a.turn, lower(c.content_spans), 1 + (random() ^ 20 * 30)::int, random() / 2, false,
           c.form, c.speaker
      FROM claims.claim c JOIN claims.waiting_article a ON a.version = c.version;
    ANALYZE claims.waiting_article, claims.waiting;
"""


def queries(reviewer: uuid.UUID) -> dict[str, QueueQuery]:
    """What is asked for: each order, and filters that choose much, little and nothing."""
    holder = Holder(reviewer, uuid.uuid4())
    return {
        **{f"order {order}": QueueQuery(holder, order) for order in Order},
        "speaker, a rare one": QueueQuery(holder, filters=Filters(speaker="Person 49998")),
        "speaker, 11,112 of a name": QueueQuery(holder, filters=Filters(speaker="Person 1")),
        "form that none has": QueueQuery(holder, filters=Filters(form=Form.QUOTE)),
        "words": QueueQuery(holder, filters=Filters(words="words")),
    }


def measure(
    session: Session, query: QueueQuery, sign: Signature
) -> tuple[list[Seconds], list[Seconds]]:
    """What taking and loading each card cost; every card is rejected."""
    backend = session.scalar(text("SELECT pg_backend_pid()"))
    assert backend
    taken, loaded = [], []
    for _ in range(RUNS):
        began = seconds_until_now(backend)
        claim = take_next(session, query)
        taken.append(seconds_until_now(backend) - began)
        if claim is None:
            break
        began = seconds_until_now(backend)
        load_card(session, claim, query.reviewer)
        loaded.append(seconds_until_now(backend) - began)
        signed = Signature(uuid.uuid4(), sign.reviewer, "bench", "no claim")
        decide(session, DecisionRequest(claim, Action.REJECT, {}), signed)
    return taken, loaded


def summary(spent: list[Seconds]) -> str:
    """Median and p95 by the clock, and what the processor did for one.

    The server's time is told in hundredths of a second: of one card it says nothing, of all of
    them their mean.
    """
    clock = [1000 * one.clock for one in spent]
    if len(clock) < 2:  # noqa: PLR2004 - quantiles need two
        return f"{clock[0]:.2f} ms once" if clock else "never"
    mean = 1000 * sum(one.processor for one in spent) / len(spent)
    return (
        f"median {median(clock):.2f}, p95 {quantiles(clock, n=20)[-1]:.2f} ms by the clock,"
        f" mean {mean:.2f} ms of the processor"
    )


def main() -> None:
    """Print milliseconds of each query."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    with own_home(), open_database() as database:
        with database.engine.begin() as connection:
            fill(connection, claims)
            connection.execute(text(QUEUE))
        with database.writer() as session:
            reviewer = sign_in(session, "bench", uuid.uuid4())
        signed = Signature(uuid.uuid4(), reviewer, "bench")
        print(f"{claims} claims wait, load {os.getloadavg()[0]:.1f}")
        for name, query in queries(reviewer).items():
            with database.writer() as session:
                take_times, load_times = measure(session, look_up(session, query), signed)
            print(f"{name}: next {summary(take_times)}; card {summary(load_times)}")


if __name__ == "__main__":
    main()
