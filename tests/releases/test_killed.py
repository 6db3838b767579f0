"""States of the past after a kill: they stay what they were, and say what was withdrawn since."""

import uuid
from datetime import timedelta
from io import BytesIO

from sqlalchemy import text

from claims.database.engine import Database
from claims.exchange.export import ExportRequest, write_export
from claims.exchange.manifest import Manifest
from claims.ingest.articles import ingest_articles
from claims.model.moment import AsOf
from claims.model.notice import Notice, NoticeKind
from claims.releases.compare import load_changes
from claims.releases.states import load_state, save_release
from claims.schema import ReviewerRow
from tests.makers import NOW, RUN, settle, store

ADDRESS = "https://pier.example/bridge"


def release(database: Database, name: str) -> AsOf:
    with database.writer() as session:
        reviewer = session.query(ReviewerRow).first()
        assert reviewer
        saved = save_release(session, uuid.uuid4(), name, made_by=reviewer.id, note=None)
    return saved.as_of


def wire(database: Database, kind: NoticeKind, hours: int) -> None:
    word = Notice(
        kind,
        "ninjs-pubstatus",
        kind.value,
        "a.json",
        url=ADDRESS,
        issued_at=NOW + timedelta(hours=hours),
    )
    list(ingest_articles(database, [word], lambda *_: (), run=RUN, clock=lambda: NOW))


def export(database: Database, state: AsOf | None) -> Manifest:
    with database.reader(state) as session:
        return write_export(session, ExportRequest("jsonl"), BytesIO(), lambda *_: None)


def changes(database: Database, a: AsOf, b: AsOf) -> list[tuple[str | None, ...]]:
    with database.reader(a) as one, database.reader(b) as other:
        return [
            (change.field, change.before, change.after) for change in load_changes(one, other, a, b)
        ]


def test_a_release_stays_what_it_was_and_says_what_was_withdrawn_since(database: Database) -> None:
    [claim] = store(database, url=ADDRESS)
    settle(database, claim)
    before = release(database, "before")
    wire(database, NoticeKind.KILL, 1)
    after = release(database, "after")

    old = export(database, before)
    assert (old.counts, old.left_out_count, old.withdrawn_since_count) == ({"claims": 1}, 0, 1)
    assert [(one.claim, one.why) for one in old.withdrawn_since] == [
        (claim, "its article was withdrawn since")
    ]
    for state in (after, None):
        new = export(database, state)
        assert (new.counts, new.left_out_count, new.withdrawn_since_count) == ({"claims": 0}, 1, 0)
    # No decision was made between the two.
    assert before.no == after.no
    assert changes(database, before, after) == [("article", "usable", "withdrawn")]
    assert changes(database, after, before) == [("article", "withdrawn", "usable")]
    assert changes(database, before, before) == []

    wire(database, NoticeKind.RESTORE, 2)
    assert export(database, before).withdrawn_since_count == 0
    assert export(database, None).counts == {"claims": 1}
    with database.reader() as session:
        now = load_state(session, "now")
        waiting = session.execute(text("SELECT count(*) FROM claims.document_change")).scalar_one()
    assert changes(database, after, now) == [("article", "withdrawn", "usable")]
    assert waiting == 2
