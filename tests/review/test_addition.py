"""Claims that the machine missed: added, undone, added again, and known wherever claims are."""

import io
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from claims.database.engine import Database
from claims.ingest.articles import ingest_articles
from claims.ledger import checker, consistency
from claims.ledger.append import load_end, load_rows
from claims.ledger.lines import write_ledger
from claims.ledger.undo import find_redoable, find_undoable, undo
from claims.model.decision import Signature
from claims.model.kinds import ClaimStatus
from claims.releases.compare import load_changes
from claims.releases.states import load_state, save_release
from claims.review import addition
from claims.review.decide import DecisionResult
from claims.review.errors import BadChangeError, QuoteDiffersError
from claims.review.state import save_decision
from claims.schema import DocumentRow
from tests.exchange.histories import import_archive, write
from tests.makers import NOW, RUN, TEXT, article
from tests.review.conftest import ARTICLE, CONTENTS, Room

MISSED = "nobody would be told of it"


@pytest.fixture
def version(room: Room) -> uuid.UUID:
    claims = room.store()
    return uuid.UUID(
        str(room.sql("SELECT version FROM claims.claim WHERE id = :c", c=claims[0])[0][0])
    )


def add(room: Room, version: uuid.UUID, id_: uuid.UUID | None = None) -> DecisionResult:
    signature = Signature(id_ or uuid.uuid4(), room.reviewer("Ann"), "0", "missed")
    with room.database.writer() as session:
        printing = addition.load_printing(session, version)
        content = addition.find_quote(printing.article, MISSED)
        state = addition.blank_state(printing.article, content)
        accepted = replace(state, status=ClaimStatus.ACCEPTED)
        return addition.add_claim(session, printing, accepted, signature)


ADDED = (
    "SELECT text, status, rule, extractor_score, revision FROM claims.claim WHERE rule = 'editor'"
)


def test_an_addition_is_a_claim_with_its_ledger_row(room: Room, version: uuid.UUID) -> None:
    id_ = uuid.uuid4()
    first = add(room, version, id_)
    assert add(room, version, id_).number == first.number
    assert room.sql(ADDED) == [(MISSED, "accepted", "editor", None, 1)]
    assert room.sql("SELECT action, reason FROM claims.decision") == [("add", "missed")]
    assert room.sql("SELECT count(*) FROM claims_v1.claims") == [(1,)]
    with pytest.raises(BadChangeError, match="just these words"):
        add(room, version)


def test_an_addition_is_undone_and_made_again(room: Room, version: uuid.UUID) -> None:
    add(room, version)
    reviewer = room.reviewer("Ann")
    for find, status in ((find_undoable, "replaced"), (find_redoable, "accepted")):
        with room.database.writer() as session:
            entry = find(session, reviewer)
            assert entry is not None
            undo(session, entry, Signature(uuid.uuid4(), reviewer, "0"), {"claim": save_decision})
        assert [row[1] for row in room.sql(ADDED)] == [status]
    with room.database.writer() as session:
        entry = find_undoable(session, reviewer)
        assert entry is not None
        undo(session, entry, Signature(uuid.uuid4(), reviewer, "0"), {"claim": save_decision})
    add(room, version)
    assert [row[1] for row in room.sql(ADDED)] == ["accepted"]
    with room.database.reader() as session:
        assert list(consistency.find_differences(session)) == []


def test_checker_comparison_and_archive_know_an_addition(
    room: Room, version: uuid.UUID, shared_database: Database
) -> None:
    with room.database.writer() as session:
        save_release(session, uuid.uuid4(), "before", made_by=room.reviewer("Ann"), note=None)
    number = add(room, version).number
    out = io.BytesIO()
    with room.database.reader() as session:
        assert write_ledger(load_rows(session), load_end(session), out) == number
        first, second = load_state(session, "before"), load_state(session, "now")
    assert checker.check(out.getvalue().splitlines(keepends=True)) == (number, None)
    with room.database.reader(first) as one, room.database.reader(second) as other:
        changes = [
            (change.what, change.after) for change in load_changes(one, other, first, second)
        ]
    assert changes == [("added", MISSED)]
    _, set_aside = import_archive(shared_database, write(room.database))
    assert set_aside == []
    with shared_database.reader() as session:
        assert [tuple(row) for row in session.execute(text(ADDED))] == room.sql(ADDED)


def test_two_have_to_read_it_if_two_read_every_claim(room: Room, version: uuid.UUID) -> None:
    room.policy(second_reading="all")
    add(room, version)
    assert [row[1] for row in room.sql(ADDED)] == ["proposed"]
    waiting = "SELECT uncertainty FROM claims.waiting AS w JOIN claims.claim AS c ON c.id = w.claim"
    assert room.sql(f"{waiting} WHERE c.rule = 'editor'") == [(0.0,)]


@pytest.mark.parametrize(
    ("quote", "error"),
    [("nobody is told of it", QuoteDiffersError), ("the", BadChangeError), (" … ", BadChangeError)],
)
def test_only_printed_words_of_one_place_are_added(quote: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        addition.find_quote(ARTICLE, quote)


def test_parts_stand_in_their_order() -> None:
    spans = addition.find_quote(ARTICLE, "the ferry would stop … told of it")
    assert [ARTICLE[start:end] for start, end in spans] == ["the ferry would stop", "told of it"]
    assert CONTENTS[2].startswith("the ferry would stop")


@pytest.mark.parametrize(
    "change",
    ["rule = 'editor'", "extractor_score = NULL"],
)
def test_only_what_a_person_added_has_no_score(room: Room, version: uuid.UUID, change: str) -> None:
    assert version
    with (
        pytest.raises(DBAPIError, match="ck_claim_rule"),
        room.database.engine.begin() as connection,
    ):
        connection.execute(text(f"UPDATE claims.claim SET revision = revision + 1, {change}"))


def test_a_claim_is_added_to_the_current_version_whichever_was_stored_last(
    database: Database,
) -> None:
    for number, day in ((2, "Tuesday"), (1, "Monday")):
        printed = article(TEXT.replace("Monday", day), external_id="a", publisher_version=number)
        list(ingest_articles(database, [printed], lambda *_: (), run=RUN, clock=lambda: NOW))
    with database.reader() as session:
        document = session.scalars(select(DocumentRow.id)).one()
        assert "on Tuesday" in addition.load_current(session, document).article
