"""What publishers say of their articles: stored once, matched, and what a kill does at once."""

import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.documents.addresses import identifier_id
from claims.documents.decide import decide_on_document, save_document_decision
from claims.documents.decisions import DocumentAction
from claims.documents.notices import save_notices
from claims.ingest.articles import Outcome, ingest_articles
from claims.ledger.entries import load_entry
from claims.ledger.undo import undo
from claims.model.article import Article, ReaderRecord
from claims.model.decision import Signature
from claims.model.notice import Embargo, Notice, NoticeKind
from claims.model.problem import Problem
from claims.model.proposal import Proposal
from tests.acts import now
from tests.makers import NOW, RUN, add_reviewer, article, proposal, settle

ID = "urn:wire:a"
URL = "https://pier.example/bridge"
HOUR = timedelta(hours=1)


def propose(printed: str, published: date | None) -> Sequence[Proposal]:
    del published
    return (proposal(printed),)


def ingest(database: Database, *records: ReaderRecord, now: datetime = NOW) -> list[Outcome]:
    return list(ingest_articles(database, records, propose, run=RUN, clock=lambda: now))


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def run(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(statement))


def notice(kind: NoticeKind, hours: int | None = None, **changes: Any) -> Notice:  # noqa: ANN401 - fields of a notice
    issued = None if hours is None else NOW + hours * HOUR
    facts = {"words": str(kind), "external_id": ID, "issued_at": issued}
    return Notice(kind, "ninjs-pubstatus", place="a.json", **(facts | changes))


KILL = notice(NoticeKind.KILL, 1)


def story(**changes: Any) -> Article:  # noqa: ANN401 - fields of an article
    return article(external_id=ID, url=URL, **changes)


def shown(database: Database) -> list[str]:
    return [status for (status,) in rows(database, "SELECT status FROM claims_v1.documents")]


def test_a_kill_takes_effect_at_once_and_is_stored_once(database: Database) -> None:
    ingest(database, story())
    kill = notice(NoticeKind.KILL)
    assert [one.notices for one in ingest(database, kill, kill)] == [(kill,), ()]
    assert shown(database) == ["withdrawn"]
    assert rows(database, "SELECT status, revision FROM claims.document") == [("usable", 0)]
    assert rows(database, "SELECT state, words FROM claims_v1.notices") == [("in force", "kill")]
    assert rows(
        database, "SELECT kind, status_before, status_after FROM claims.document_change"
    ) == [("killed", "usable", "withdrawn")]


@pytest.mark.parametrize("named", [{"url": None}, {"external_id": None, "url": URL}])
def test_a_kill_that_comes_before_its_article_kills_it_when_it_comes(
    database: Database, named: dict[str, Any]
) -> None:
    ingest(database, notice(NoticeKind.KILL, **named))
    assert rows(database, "SELECT document FROM claims.notice") == [(None,)]
    ingest(database, story())
    assert shown(database) == ["withdrawn"]
    assert rows(database, "SELECT count(*) FROM claims.claim") == [(1,)]


def test_a_killed_article_is_stored_and_shown_as_withdrawn(database: Database) -> None:
    killed = story(notices=(notice(NoticeKind.KILL),))
    other = article(external_id="b", url="https://pier.example/b")
    ingest(database, killed, other)
    assert rows(database, "SELECT external_id, status FROM claims_v1.documents ORDER BY 1") == [
        ("b", "usable"),
        (ID, "withdrawn"),
    ]


def test_of_a_killed_article_only_what_was_published_before_is_seen(database: Database) -> None:
    ingest(database, story(), article(external_id="b", url="https://pier.example/b"))
    [(claim,)] = rows(database, f"SELECT claim FROM claims_v1.proposals WHERE url = '{URL}'")
    settle(database, claim)
    ingest(database, KILL, notice(NoticeKind.KILL, external_id="b"))
    seen = {
        view: rows(database, f"SELECT DISTINCT claim, document_status FROM claims_v1.{view}")
        for view in ("claims", "evidence", "attributions", "proposals")
    }
    published = [(claim, "withdrawn")]
    assert seen == {
        "claims": published, "evidence": published, "attributions": published, "proposals": []
    }  # fmt: skip


def test_anything_but_a_kill_waits_for_a_person(database: Database) -> None:
    ingest(database, story(), notice(NoticeKind.WITHDRAW), notice(NoticeKind.CORRECT))
    assert shown(database) == ["usable"]
    assert rows(database, "SELECT kind, state FROM claims_v1.notices ORDER BY kind") == [
        ("correct", "open"),
        ("withdraw", "open"),
    ]


def test_a_status_that_allows_the_use_says_nothing_new(database: Database) -> None:
    usable = notice(NoticeKind.RESTORE, words="usable")
    ingest(database, story(notices=(usable,)), usable)
    assert rows(database, "SELECT count(*) FROM claims.notice") == [(0,)]
    assert rows(database, "SELECT count(*) FROM claims.problem") == [(0,)]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_last_word_of_a_wire_holds_in_whatever_order_its_kills_come(
    database: Database, order: tuple[int, ...]
) -> None:
    records: list[ReaderRecord] = [
        story(),
        notice(NoticeKind.KILL, 1),
        notice(NoticeKind.RESTORE, 2),
        notice(NoticeKind.KILL, 3),
    ]
    ingest(database, *(records[place] for place in order))
    assert shown(database) == ["withdrawn"]
    ingest(database, notice(NoticeKind.RESTORE, 4))
    assert shown(database) == ["usable"]
    ingest(database, notice(NoticeKind.RESTORE, 2))
    assert shown(database) == ["usable"]


def test_a_notice_that_names_no_article_is_a_problem(database: Database) -> None:
    [outcome] = ingest(database, notice(NoticeKind.KILL, external_id=None))
    assert isinstance(outcome.record, Problem)
    assert (outcome.record.reason, outcome.record.value) == ("notice", "kill")


def test_a_notice_of_a_version_is_dated_as_the_version_is(database: Database) -> None:
    ingest(database, story(notices=(notice(NoticeKind.KILL),), publisher_time=NOW - HOUR))
    assert rows(database, "SELECT issued_at FROM claims.notice") == [(NOW - HOUR,)]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_wires_and_articles_end_in_one_state_in_whatever_order_they_come(
    database: Database, order: tuple[int, ...]
) -> None:
    """The second version is killed, under an embargo, and the third is usable, without one."""
    kill, usable = notice(NoticeKind.KILL, 1), notice(NoticeKind.RESTORE, 2, words="usable")
    embargo = Embargo("later", datetime(2099, 1, 1, tzinfo=UTC))
    records: list[ReaderRecord] = [
        version(1, notices=(notice(NoticeKind.RESTORE, 0, words="usable"),)),
        version(2, notices=(kill,), embargo=embargo),
        version(3, notices=(usable,)),
        notice(NoticeKind.KILL, 1, words="mandatory kill"),
    ]
    ingest(database, *(records[place] for place in order))
    state = "SELECT killed_by, embargoed_until, shown_status FROM claims.document"
    assert rows(database, state) == [(None, None, "usable")]
    assert [one.new for one in ingest(database, *(records[place] for place in order))] == [
        False
    ] * 4


def version(number: int, **changes: Any) -> Article:  # noqa: ANN401 - fields of an article
    facts = {"publisher_version": number, "publisher_time": NOW + (number - 1) * HOUR}
    return story(**(facts | changes))


def test_a_copy_without_its_embargo_does_not_lift_it(database: Database) -> None:
    ends = [NOW + HOUR, NOW + 3 * HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR]
    for end in ends:
        ingest(database, story(embargo=Embargo("later", end)))
    ingest(database, story(), now=NOW + HOUR)
    assert rows(database, "SELECT embargoed_until FROM claims.document") == [(NOW + 3 * HOUR,)]


def test_a_kill_keeps_the_bytes_that_it_came_in(database: Database) -> None:
    sent = version(1, archived=b"usable"), version(1, archived=b"killed", notices=(KILL,))
    ingest(database, *sent)
    bytes_of = """
        SELECT a.payload FROM claims.notice AS n JOIN claims.archive_record AS a
               ON a.id = n.archive_record
    """
    assert rows(database, bytes_of) == [(b"killed",)]


def test_a_kill_is_kept_although_its_article_cannot_be_stored(database: Database) -> None:
    def fail(printed: str, published: date | None) -> Sequence[Proposal]:
        raise ValueError(printed, published)

    [outcome] = ingest_articles(
        database, [story(notices=(KILL,))], fail, run=RUN, clock=lambda: NOW
    )
    assert isinstance(outcome.record, Problem)
    assert outcome.notices == (KILL,)
    ingest(database, story())
    assert shown(database) == ["withdrawn"]


def test_a_kill_and_the_id_that_it_names_find_each_other_when_they_come_at_once(
    database: Database,
) -> None:
    """Neither sees the other before both are committed: the kill waits for the id."""
    ingest(database, article(external_id="b"))
    one, two = database.engine.connect(), database.engine.connect()
    one.execute(
        text(
            "INSERT INTO claims.document_identifier (id, document, external_id, run)"
            f" SELECT '{identifier_id(None, ID)}', id, '{ID}', run FROM claims.document"
        )
    )
    pid = two.execute(text("SELECT pg_backend_pid()")).scalar_one()
    two.rollback()
    with ThreadPoolExecutor(1) as pool:
        kill = pool.submit(_store_kill, two)
        while not one.execute(
            text("SELECT count(*) FROM pg_locks WHERE pid = :pid AND NOT granted"), {"pid": pid}
        ).scalar_one():
            assert not kill.done()
        one.commit()
        kill.result()
    one.close()
    two.close()
    assert shown(database) == ["withdrawn"]


def _store_kill(connection: Connection) -> None:
    session = Session(connection)
    save_notices(session, [KILL], None, run=RUN.id, received_at=NOW)
    session.commit()


def test_an_embargo_that_names_no_end_holds_and_is_a_problem(database: Database) -> None:
    problem, stored = ingest(database, story(embargo=Embargo("", None)))
    assert isinstance(problem.record, Problem)
    assert (problem.record.reason, problem.record.field) == ("embargoed", "embargo")
    assert stored.claims == 1
    # Words that cannot be read are a problem of the reader's, bad-date.
    [held] = ingest(database, article(external_id="b", embargo=Embargo("Next Monday", None)))
    assert held.claims == 1
    assert shown(database) == []


BREAKS = {
    "killed by hand": "UPDATE claims.document SET killed_by = gen_random_uuid()",
    "a kill taken away": "UPDATE claims.document SET killed_by = NULL",
    "killed from the start": "INSERT INTO claims.document (id, language, run, killed_by)"
    " SELECT gen_random_uuid(), 'en', run, id FROM claims.notice",
    "an embargo shortened": "UPDATE claims.document SET embargoed_until = now()",
    "an embargo lengthened": "UPDATE claims.document SET embargoed_until = 'infinity'",
    "an embargo from the start": "INSERT INTO claims.document (id, language, run, embargoed_until)"
    " SELECT gen_random_uuid(), 'en', run, now() FROM claims.notice",
    "an embargo taken away": "UPDATE claims.document SET embargoed_until = NULL",
    "an embargo lifted without a decision": "UPDATE claims.document"
    " SET embargo_lifted = embargoed_until",
    "a kill lifted without a decision": "UPDATE claims.document SET kill_lifted = killed_by",
    "a notice settled without a decision": "UPDATE claims.document"
    " SET settled_notices = ARRAY[killed_by]",
    "a notice in other words": "UPDATE claims.notice SET words = 'x'",
    "a notice of another document": "UPDATE claims.notice SET document = NULL",
    "a notice removed": "DELETE FROM claims.notice",
    "notices removed": "TRUNCATE claims.notice CASCADE",
    "what the machine did removed": "DELETE FROM claims.document_change",
    "what the machine did changed": "UPDATE claims.document_change SET kind = 'restored'",
}


def test_each_law_of_notices_holds_whoever_connects(database: Database) -> None:
    held = story(notices=(notice(NoticeKind.KILL),), embargo=Embargo("later", NOW + 10**4 * HOUR))
    ingest(database, held)
    for statement in BREAKS.values():
        with pytest.raises(DBAPIError, match=r"violates|refused|killed_by|embargo|revision"):
            run(database, statement)


def test_a_waiting_notice_is_told_its_own_document_only(database: Database) -> None:
    ingest(database, article(external_id="b"), notice(NoticeKind.KILL))
    with pytest.raises(DBAPIError, match="refused"):
        run(database, "UPDATE claims.notice SET document = (SELECT id FROM claims.document)")


def test_a_follower_is_told_of_a_kill_in_the_order_of_the_ledger(database: Database) -> None:
    ingest(database, story())
    [(claim,)] = rows(database, "SELECT id FROM claims.claim")
    settle(database, claim)
    feed = "SELECT token, action, status_before, status_after FROM claims_v1.changes_since({})"
    [(token, *_)] = rows(database, feed.format("NULL"))
    ingest(database, notice(NoticeKind.KILL, 1))
    [killed] = rows(database, feed.format(f"'{token}'"))
    assert killed[1:] == ("killed", "usable", "withdrawn")
    ingest(database, notice(NoticeKind.RESTORE, 2))
    [restored] = rows(database, feed.format(f"'{killed[0]}'"))
    assert restored[1:] == ("restored", "withdrawn", "usable")
    assert rows(database, feed.format(f"'{restored[0]}'")) == []
    everything = rows(database, feed.format("NULL"))
    assert [row[1] for row in everything] == ["accept", "killed", "restored"]
    paged = rows(database, "SELECT token, action FROM claims_v1.changes_since(NULL, 2)")
    assert [row[1] for row in paged] == ["accept", "killed"]
    assert [row[1] for row in rows(database, feed.format(f"'{paged[-1][0]}'"))] == ["restored"]


def test_a_follower_learns_what_an_article_is_shown_as(database: Database) -> None:
    ingest(database, story())
    [(document,)] = rows(database, "SELECT id FROM claims.document")
    with database.writer() as session:
        ann = add_reviewer(session, "Ann")

    def decide(action: str) -> int:
        with database.writer() as session:
            signed = Signature(uuid.uuid4(), ann, "0", "a reason")
            made = decide_on_document(session, document, DocumentAction(action), signed)
        assert made is not None
        return made.number

    ingest(database, KILL)
    decide("correct")
    lifted = decide("restore")
    with database.writer() as session:
        signed = Signature(uuid.uuid4(), ann, "0", "it was right")
        undo(session, load_entry(session, lifted), signed, {"document": save_document_decision})
    ingest(database, notice(NoticeKind.RESTORE, 2))
    decide("withdraw")
    ingest(database, notice(NoticeKind.KILL, 3))
    decide("restore")
    told = [
        ("killed", "usable", "withdrawn"),
        # Marked as corrected although the kill holds: it is still shown as withdrawn.
        ("correct", "withdrawn", "withdrawn"),
        # Only the kill is lifted.
        ("restore", "withdrawn", "corrected"),
        ("undo", "corrected", "withdrawn"),
        ("restored", "withdrawn", "corrected"),
        ("withdraw", "corrected", "withdrawn"),
        ("killed", "withdrawn", "withdrawn"),
        ("restore", "withdrawn", "corrected"),
    ]
    query = "SELECT action, status_before, status_after FROM claims_v1.changes_since(NULL)"
    assert rows(database, query) == told
    with database.reader(now(database)) as session:
        query = "SELECT action, status_before, status_after FROM claims_v1_past.changes"
        then = sorted(tuple(row) for row in session.execute(text(query)))
    assert then == sorted(told)
