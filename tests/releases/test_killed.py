"""States of the past after a kill: they stay what they were, and say what was withdrawn since."""

import uuid
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from sqlalchemy import text

from claims.catalogue.card import History
from claims.catalogue.card_text import describe_claim
from claims.catalogue.cards import load_cards
from claims.catalogue.trace import draw_trace
from claims.database.engine import Database
from claims.exchange.export import ExportRequest, write_export
from claims.exchange.manifest import Manifest
from claims.ingest.articles import ingest_articles
from claims.model.moment import AsOf
from claims.model.notice import Notice, NoticeKind
from claims.model.proposal import Proposal
from claims.releases.compare import load_changes
from claims.releases.states import load_state, save_release
from claims.review.cards import load_card
from claims.schema import ReviewerRow
from tests.makers import NOW, RUN, TEXT, proposal, settle, spans_of, store

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


def test_a_copy_of_a_killed_story_is_told_as_such_and_stays(database: Database) -> None:
    wired = TEXT.replace(", the Harbour Agency reported", "")
    words = '"the bridge is safe and will stay so for years"'
    texts = [one.replace('"the bridge is safe"', words) for one in (wired, TEXT, wired)]
    [origin] = store(
        database, voice_alone(texts[0], words), text=texts[0], url=ADDRESS, outlet="Harbour Agency"
    )
    [copy] = store(database, proposal(texts[1], words), text=texts[1], url=f"{ADDRESS}/copy")
    [own] = store(database, voice_alone(texts[2], words), text=texts[2], url=f"{ADDRESS}/own")
    [waiting] = store(database, proposal(texts[1], words), text=texts[1], url=f"{ADDRESS}/late")
    for claim in (origin, copy, own):
        settle(database, claim)
    before = release(database, "before")
    origins = "SELECT claim, how, origin FROM claims_v1.withdrawn_origins"
    with database.engine.connect() as connection:
        assert connection.execute(text(origins)).all() == []
        connection.rollback()
        wire(database, NoticeKind.KILL, 1)
        assert connection.execute(text(origins)).all() == [(copy, "same_words", origin)]
    manifest = export(database, None)
    assert (manifest.counts, manifest.left_out_count) == ({"claims": 2}, 1)
    assert [one.claim for one in manifest.origin_withdrawn] == [copy]
    with database.reader() as session:
        [document] = session.scalars(
            text("SELECT document FROM claims_v1.claims WHERE claim = :id"), {"id": origin}
        )
        cards = load_cards(session, [origin, copy, own, waiting])
    told = (
        f"came through document {str(document)[:8]} of Harbour Agency, which is withdrawn:"
        f" the same words ({ADDRESS})"
    )
    assert [card.origin_note for card in cards] == [None, told, None, told]
    assert draw_trace(cards[1])[-1].strip() == told
    assert f"origin                  {told}" in describe_claim(cards[1], History((), (), ()))
    with database.reader(before) as session:
        assert load_cards(session, [copy])[0].origin_note is None
    with database.writer() as session:
        reviewer = session.query(ReviewerRow).first()
        assert reviewer
        assert load_card(session, waiting, reviewer.id).origin_note == told


def voice_alone(printed: str, words: str) -> Proposal:
    """A claim without a carrier."""
    spoken = proposal(TEXT)
    voice = replace(
        spoken.chain[0], mention=spans_of(printed, "Ada Quill"), cue=spans_of(printed, "said")
    )
    day = replace(spoken.said_on, spans=spans_of(printed, "on Monday")) if spoken.said_on else None
    return replace(spoken, content=spans_of(printed, words), chain=(voice,), said_on=day)
