"""What was decided on articles, and what their publishers said, out of a database and in again."""

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import URL, text

from claims.copies.due import compare_changed_articles
from claims.database.engine import Database
from claims.documents.decide import decide_on_document, save_document_decision
from claims.documents.decisions import DocumentAction, OpenNotice
from claims.ingest.articles import ingest_articles
from claims.ledger.entries import load_entry
from claims.ledger.undo import undo
from claims.model.article import Article
from claims.model.decision import Signature
from claims.model.moment import AsOf
from claims.model.notice import Embargo, Notice, NoticeKind
from claims.releases.states import load_state, save_release
from claims.schema import Base
from claims.utterances.compare import compare_changes
from tests.acts import now
from tests.conftest import run_outside
from tests.exchange.histories import import_archive, write
from tests.makers import NOW, RUN, TEXT, add_reviewer, article, proposal, settle

HOUR = timedelta(hours=1)
PASSING = {"step", "lease", "feed_address", "feed_host"}
"""Tables of work under way."""

FORGETTABLE = "'{changed_in}'"
"""The column that says in which transaction a row came."""


@pytest.fixture
def other(server: URL, template: str) -> Iterator[Database]:
    """A second migrated database."""
    name = f"other_{template[-12:]}_documents"
    run_outside(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    second = Database(server.set(database=name))
    yield second
    second.close()
    run_outside(server, f"DROP DATABASE {name} WITH (FORCE)")


def address(name: str) -> str:
    return f"https://pier.example/{name}"


def story(name: str, *, held: bool = False) -> Article:
    return article(
        f"{TEXT}Story {name}.\n",
        url=address(name),
        external_id=f"urn:{name}",
        publisher_time=NOW,
        embargo=Embargo("for ever", NOW + timedelta(days=40_000)) if held else None,
    )


def word(kind: NoticeKind, name: str, hours: int) -> Notice:
    return Notice(
        kind, "ninjs-pubstatus", f"{kind} {name}", "a.json", url=address(name),
        issued_at=NOW + hours * HOUR,
    )  # fmt: skip


class Desk:
    """An editor who decides on articles."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writer() as session:
            self.ann = add_reviewer(session, "Ann")

    def arrive(self, *records: Article | Notice) -> None:
        list(
            ingest_articles(
                self.database, records, lambda *_: (proposal(),), run=RUN, clock=lambda: NOW
            )
        )

    def signed(self) -> Signature:
        return Signature(uuid.uuid4(), self.ann, "0", "the agency said so")

    def decide(self, name: str, action: str, kind: str | None = None) -> int:
        """Decide on an article, or on the notice about it that has a kind; the ledger's number."""
        with self.database.writer() as session:
            document, notice, words = session.execute(
                text(
                    "SELECT d.id, n.id, n.words FROM claims.document AS d"
                    " LEFT JOIN claims.notice AS n ON n.document = d.id AND n.kind = :kind"
                    " WHERE d.url = :url"
                ),
                {"url": address(name), "kind": kind},
            ).one()
            settled = OpenNotice(notice, NoticeKind(kind), words) if kind else None
            made = decide_on_document(
                session, document, DocumentAction(action), self.signed(), notice=settled
            )
        assert made is not None
        return made.number

    def undo(self, number: int) -> None:
        with self.database.writer() as session:
            writers = {"document": save_document_decision}
            undo(session, load_entry(session, number), self.signed(), writers)

    def release(self, name: str) -> AsOf:
        with self.database.writer() as session:
            return save_release(session, uuid.uuid4(), name, made_by=self.ann, note=None).as_of


def decide_everything(database: Database) -> list[AsOf]:
    """Every decision that can be made on an article, some undone; states on the way."""
    desk = Desk(database)
    names = ("kept", "withdrawn", "corrected", "back", "killed", "overruled", "noted", "dismissed")
    desk.arrive(*map(story, names), story("held", held=True))
    desk.arrive(story("freed", held=True))
    with database.engine.connect() as connection:
        waiting = connection.scalars(text("SELECT id FROM claims.claim ORDER BY id")).all()
    for claim in waiting:
        settle(database, claim)
    states = [desk.release("before")]
    desk.decide("withdrawn", "withdraw")
    desk.decide("corrected", "correct")
    desk.decide("back", "withdraw")
    states.append(desk.release("withdrawn"))
    desk.decide("back", "restore")
    desk.arrive(*(word(NoticeKind.KILL, name, 2) for name in ("killed", "overruled")))
    states.append(now(database))
    desk.decide("overruled", "restore")
    desk.arrive(*(word(NoticeKind.WITHDRAW, name, 3) for name in ("noted", "dismissed")))
    desk.arrive(word(NoticeKind.KILL, "never-came", 3), word(NoticeKind.CORRECT, "kept", 3))
    desk.decide("noted", "confirm", "withdraw")
    desk.decide("dismissed", "dismiss", "withdraw")
    states.append(now(database))
    desk.undo(desk.decide("freed", "lift-embargo"))
    desk.decide("freed", "lift-embargo")
    desk.arrive(word(NoticeKind.RESTORE, "killed", 4))
    return [*states, now(database)]


def tables(database: Database) -> dict[str, list[str]]:
    """All rows of all tables, without what says in which transaction they came."""
    names = sorted(table.name for table in Base.metadata.tables.values() if table.schema)
    queries = {
        name: f"SELECT to_jsonb(t) - {FORGETTABLE}::text[] FROM claims.{name} AS t"
        for name in names
        if name not in PASSING
    }
    return all_rows(database, queries)


def views(database: Database, schema: str, state: AsOf | None = None) -> dict[str, list[str]]:
    """All rows of all published views, now or in a state of the past."""
    query = text(
        "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = :s ::regnamespace"
    )
    with database.engine.connect() as connection:
        names = sorted(connection.scalars(query, {"s": schema}))
    queries = {name: f"SELECT to_jsonb(v) FROM {schema}.{name} AS v" for name in names}
    return all_rows(database, queries, state)


def all_rows(
    database: Database, queries: dict[str, str], state: AsOf | None = None
) -> dict[str, list[str]]:
    with database.reader(state) as session:
        return {
            name: sorted(json.dumps(row, sort_keys=True) for row in session.scalars(text(query)))
            for name, query in queries.items()
        }


def compare(database: Database) -> None:
    """Compare what is due: it is no part of an archive."""
    compare_changed_articles(database)
    compare_changes(database)


def test_decisions_on_articles_come_back_with_all_that_follows_from_them(
    database: Database, other: Database
) -> None:
    states = decide_everything(database)
    compare(database)
    archive = write(database)
    _, set_aside = import_archive(other, archive)
    compare(other)
    assert set_aside == []
    assert write(other) == archive

    before, after = tables(database), tables(other)
    assert {name for name, rows in before.items() if rows != after[name]} == set()
    assert {"notice", "document_change", "document", "decision"} <= {
        name for name, rows in before.items() if rows
    }
    assert views(database, "claims_v1") == views(other, "claims_v1")
    for state in states:
        past = views(database, "claims_v1_past", state)
        assert past == views(other, "claims_v1_past", state)
    statuses = text("SELECT url, status FROM claims_v1.documents ORDER BY url")
    with other.reader() as session:
        shown = {url.rsplit("/", 1)[1]: status for url, status in session.execute(statuses)}
    assert shown == {
        "back": "usable", "corrected": "corrected", "dismissed": "usable", "freed": "usable",
        "kept": "usable", "killed": "usable", "noted": "withdrawn", "overruled": "usable",
        "withdrawn": "withdrawn",
    }  # fmt: skip
    with other.reader() as session:
        again = load_state(session, "withdrawn")
    shown_then = [json.loads(row) for row in views(other, "claims_v1_past", again)["claims"]]
    withdrawn = {row["url"] for row in shown_then if row["document_status"] == "withdrawn"}
    assert withdrawn == {address("withdrawn"), address("back")}
