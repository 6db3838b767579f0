"""Many at once, cut connections, reviewers who vanish: nothing is lost and nobody is fooled."""

import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import pytest
from sqlalchemy import text

from claims.errors.base import ClaimsError, DatabaseError
from claims.ledger.append import load_head, load_rows
from claims.ledger.chain import verify
from claims.ledger.errors import ChangedMeanwhileError
from claims.review.transitions import Action
from tests.makers import proposal, store
from tests.review.conftest import ARTICLE, Room

WRITERS, ACTS = 8, 12
Figure = Callable[[str], None]


def many_claims(room: Room, count: int) -> list[uuid.UUID]:
    """Claims of one article, each a sentence."""
    words = " ".join(f'Mayor Ada Quill said "bridge {n} is safe" to all.' for n in range(count))
    article = f"{words} The Harbour Agency reported it."
    made = [proposal(article, f'"bridge {n} is safe"') for n in range(count)]
    return store(room.database, *made, text=article)


def chain_holds(room: Room) -> bool:
    with room.database.reader() as session:
        return verify(load_rows(session), load_head(session)[1]).problem is None


def test_of_many_who_decide_at_once_each_is_kept_or_told(room: Room, figure: Figure) -> None:
    """What was acknowledged is in the ledger, and every field is what its last row says."""
    claims = many_claims(room, 6)
    reviewers = [room.reviewer(f"R{number}") for number in range(WRITERS)]
    assert len(set(reviewers)) == WRITERS

    def work(number: int) -> Counter[str]:
        chance, ended = random.Random(number), Counter[str]()
        for turn in range(ACTS):
            claim = chance.choice(claims)
            revision = room.standing(claim).revision
            action = chance.choice(("accept", "edit", "reject", "note"))
            changes = {"statement": f"{number} {turn}"} if action == "edit" else {}
            try:
                done = room.act(f"R{number}", claim, action, changes, revision=revision)
                ended["kept" if done.number else "stood"] += 1
            except ChangedMeanwhileError:
                ended["told"] += 1
            except ClaimsError:
                ended["not allowed"] += 1
        return ended

    with ThreadPoolExecutor(WRITERS) as pool:
        ended = sum(pool.map(work, range(WRITERS)), Counter[str]())
    assert sum(ended.values()) == WRITERS * ACTS
    assert ended["kept"] == room.sql("SELECT count(*) FROM claims.decision")[0][0]
    assert ended["kept"] == room.sql("SELECT sum(revision) FROM claims.claim")[0][0]
    assert chain_holds(room)
    stale = room.sql(
        "SELECT d.subject, f.key FROM claims.decision d, jsonb_each(d.after) f, claims.claim c"
        " WHERE c.id = d.subject AND f.key <> 'digest'"
        " AND f.value <> coalesce(to_jsonb(c) -> f.key, 'null')"
        " AND NOT EXISTS (SELECT FROM claims.decision l WHERE l.subject = d.subject"
        "                  AND l.no > d.no AND l.after ? f.key)"
    )
    assert stale == []
    told = f"{ended['kept']} kept, {ended['told']} told of a conflict, 0 lost"
    figure(f"{WRITERS} reviewers, {WRITERS * ACTS} acts at once: {told}")


def test_followers_see_every_decision_once_and_in_order(room: Room, figure: Figure) -> None:
    """Numbers are given under the lock of the chain's head, so nothing appears behind one."""
    claims = many_claims(room, 32)
    done = threading.Event()

    def follow() -> list[int]:
        seen: list[int] = []
        while True:
            over = done.is_set()
            query = "SELECT no FROM claims_v1.decisions WHERE no > :n ORDER BY no"
            rows = room.sql(query, n=seen[-1] if seen else 0)
            seen += [row[0] for row in rows]
            if over and not rows:
                return seen

    def work(number: int) -> None:
        for claim in claims[number::4]:
            room.act(f"R{number}", claim, "reject")

    for number in range(4):
        room.reviewer(f"R{number}")
    with ThreadPoolExecutor(6) as pool:
        followers = [pool.submit(follow) for _ in range(2)]
        list(pool.map(work, range(4)))
        done.set()
        for follower in followers:
            assert follower.result() == list(range(1, len(claims) + 1))
    figure(f"2 followers of {len(claims)} decisions by 4 writers: 0 missed")


def cut_after(room: Room, seconds: float) -> threading.Timer:
    """Ends every other connection to the database, once, after a while."""

    def cut() -> None:
        url = room.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    return threading.Timer(seconds, cut)


def test_a_cut_connection_loses_and_doubles_nothing(room: Room, figure: Figure) -> None:
    """The same act with the same id again, however the first one ended."""
    claims = many_claims(room, 30)
    chance = random.Random(22)
    began = time.monotonic()
    room.act("Ann", claims[0], "reject", revision=0)
    usual = time.monotonic() - began
    failures = 0
    for claim in claims[1:]:
        id_ = uuid.uuid4()
        cutter = cut_after(room, 1.5 * usual * chance.random())
        cutter.start()
        with suppress(DatabaseError):
            room.act("Ann", claim, "reject", id=id_, revision=0)
            failures -= 1
        failures += 1
        cutter.join()
        again = room.act("Ann", claim, "reject", id=id_, revision=0)
        assert again.number, "its own act, told as new"
    assert 0 < failures < len(claims)
    assert room.sql("SELECT count(*) FROM claims.decision") == [(len(claims),)]
    assert chain_holds(room)
    figure(f"{failures} of {len(claims) - 1} connections cut, 0 lost, 0 doubled")


def test_a_card_of_somebody_who_vanished_is_free_in_time(room: Room) -> None:
    """The lease is the server's alone; a late decision is a conflict, told as one."""
    claims = room.store()
    gone = room.sitting("Gone")
    card = gone.next_card()
    assert card
    assert card.claim == claims[0]
    with room.database.engine.begin() as connection:
        connection.execute(text("UPDATE claims.lease SET until = clock_timestamp()"))
    taken = room.sitting("Ann").next_card()
    assert taken
    assert taken.claim == card.claim
    with pytest.raises(ChangedMeanwhileError, match="Ann has the card now"):
        gone.decide(card, Action.REJECT, {}, "late")
    room.act("Ann", card.claim, "accept")
    with pytest.raises(ChangedMeanwhileError, match="accept by Ann"):
        gone.decide(card, Action.REJECT, {}, "later")


def test_no_trace_of_a_first_reading_anywhere_a_second_reader_looks(
    room: Room, figure: Figure
) -> None:
    """Every published view, and all that a sitting shows, before both have read."""
    room.policy(second_reading="all")
    claims = room.store()
    secret = f"reason {uuid.uuid4()}"
    reviewer = room.reviewer("Ann")
    for claim in claims:
        room.act("Ann", claim, "accept", {"statement": "Sealed words."}, reason=secret)
    views = [row[0] for row in room.sql(
        "SELECT viewname FROM pg_views WHERE schemaname = 'claims_v1'")]  # fmt: skip
    assert len(views) >= 7
    told = [str(room.sql(f"SELECT * FROM claims_v1.{view}")) for view in views]
    ben = room.sitting("Ben")
    while card := ben.next_card():
        told.append(str(card))
        ben.decide(card, Action.REJECT, {}, "not said")
        break
    told.append(str(ben.recent_decisions(9)))
    for trace in (secret, "Sealed words", str(reviewer)):
        assert not any(trace in one for one in told[: len(views) + 1])
    assert room.sql("SELECT status FROM claims.claim WHERE id = :c", c=claims[0]) == [("disputed",)]
    figure(f"{len(claims)} claims read once, {len(views)} views: 0 traces")


def test_whoever_types_twice_decides_once(room: Room) -> None:
    claim = room.store()[0]
    sitting = room.sitting("Ann")
    card = sitting.card(claim)
    sitting.decide(card, Action.ACCEPT, {})
    with suppress(ChangedMeanwhileError):
        sitting.decide(card, Action.ACCEPT, {})
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]
    assert ARTICLE.startswith("Mayor")
