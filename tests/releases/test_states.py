"""Releases are frozen, and compared by what was decided between them."""

import uuid
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims.catalogue.cards import load_cards
from claims.database.engine import Database
from claims.model.kinds import SourceKind
from claims.model.moment import Moment, read_moment
from claims.releases.changes import Change, summarise
from claims.releases.compare import load_changes
from claims.releases.errors import FutureMomentError, ReleaseRefusedError, UnknownReleaseError
from claims.releases.states import (
    count_published,
    load_release,
    load_releases,
    load_state,
    load_state_at,
    save_release,
)
from claims.sources import changes as curate
from claims.sources.edit import load_source
from claims.sources.find_office import OfficeRequest, find_office
from claims.sources.lists import NameEntry
from tests.acts import decide_source, edit_claim, edit_document, signed, split_claim
from tests.makers import TEXT, add_reviewer, settle, spans_of, store

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.model.decision import Decision


@pytest.fixture
def reviewer(database: Database) -> uuid.UUID:
    with database.writer() as session:
        return add_reviewer(session)


def release(database: Database, reviewer: uuid.UUID, name: str) -> None:
    with database.writer() as session:
        save_release(session, uuid.uuid4(), name, made_by=reviewer, note=None)


def differences(database: Database, a: str, b: str) -> list[Change]:
    with database.reader() as session:
        first, second = load_state(session, a), load_state(session, b)
    with database.reader(first) as one, database.reader(second) as other:
        return list(load_changes(one, other, first, second))


def test_a_release_shows_its_state_for_ever(database: Database, reviewer: uuid.UUID) -> None:
    [claim] = store(database)
    settle(database, claim)
    release(database, reviewer, "spring")
    edit_claim(database, claim, reviewer, statement="Later.", status="withdrawn")
    store(database, external_id="later")
    with database.reader() as session:
        made = load_release(session, "spring")
        assert [one.name for one in load_releases(session)] == ["spring"]
        assert count_published(session) == 0
    assert (made.no, made.holds, made.by) == (1, True, "R. Viewer")
    assert str(made.as_of).startswith("release spring, 20")
    with database.reader(made.as_of) as session:
        [card] = load_cards(session, [claim])
        assert (card.status, card.statement) == ("accepted", None)
        assert count_published(session) == 1


def test_a_release_before_any_decision(database: Database, reviewer: uuid.UUID) -> None:
    release(database, reviewer, "empty")
    with database.reader() as session:
        made = load_release(session, "empty")
    assert (made.no, made.digest, made.holds) == (0, "00" * 32, True)


def test_a_name_is_given_once(database: Database, reviewer: uuid.UUID) -> None:
    release(database, reviewer, "spring")
    with pytest.raises(ReleaseRefusedError, match="a release of decision 0 has it"):
        release(database, reviewer, "spring")
    with database.reader() as session, pytest.raises(UnknownReleaseError):
        load_state(session, "autumn")


def test_a_release_is_frozen_whatever_the_client_says(
    database: Database, reviewer: uuid.UUID
) -> None:
    release(database, reviewer, "spring")
    for statement in (
        "UPDATE claims.release SET no = 7",
        "DELETE FROM claims.release",
        "TRUNCATE claims.release",
    ):
        with database.engine.connect() as connection, pytest.raises(DBAPIError, match="only ever"):
            connection.execute(text(statement))
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO claims.release (id, name, no, digest, at, made_by)"
                " SELECT gen_random_uuid(), 'forged', 9, '', '2001-01-01', id FROM claims.reviewer"
            )
        )
    with database.reader() as session:
        forged = load_release(session, "forged")
    assert (forged.no, forged.digest) == (0, "00" * 32)
    assert forged.at > datetime(2026, 1, 1, tzinfo=UTC)


def test_moments_find_the_last_decision_by_then(database: Database) -> None:
    claims = [store(database, external_id=name)[0] for name in "ab"]
    for claim in claims:
        settle(database, claim)
    with database.engine.connect() as connection:
        first, second = connection.scalars(text("SELECT at FROM claims.decision ORDER BY no"))
    tick = timedelta(microseconds=1)
    with database.reader() as session:

        def number(at: datetime) -> int:
            return load_state_at(session, Moment(at, at, "x")).no

        assert [number(at) for at in (first - tick, first, second - tick, second)] == [0, 1, 1, 2]
        today = load_state_at(session, read_moment(str(second.date())))
        assert (today.no, str(today)) == (2, f"as of {second.date()}, decision 2")
        assert load_state_at(session, read_moment("1999-01-01")).no == 0
        with pytest.raises(FutureMomentError, match="2999"):
            load_state_at(session, read_moment("2999-01-01"))


def test_a_comparison_tells_what_was_decided_between(
    database: Database, reviewer: uuid.UUID
) -> None:
    gone, kept, printed = (
        store(database, external_id=name, title=name, outlet="The Pier")[0] for name in "abc"
    )
    for claim in (gone, kept, printed):
        settle(database, claim)
    release(database, reviewer, "spring")
    edit_claim(database, gone, reviewer, status="withdrawn")
    edit_claim(database, kept, reviewer, statement="It is safe.", said_on=None)
    made = split_claim(database, kept, reviewer, spans_of(TEXT, "bridge is safe"))
    with database.reader() as session:
        document = load_cards(session, [printed])[0].document
    edit_document(database, document, reviewer, status="withdrawn")
    added = curate.add(SourceKind.PERSON, "A. Quill", {}, signed(reviewer))
    decide_source(database, added)
    with database.reader() as session:
        ada = session.scalar(text("SELECT id FROM claims.source WHERE name = 'Ada Quill'"))
        assert ada is not None
        pair = load_source(session, ada), load_source(session, added.subject)
    decide_source(database, curate.merge(*pair, signed(reviewer)))
    changes = differences(database, "spring", "now")
    told = {(one.what, one.id, one.field): (one.before, one.after) for one in changes}
    assert told[("added", made, None)] == (None, "bridge is safe")
    assert told[("removed", gone, None)] == ('"the bridge is safe"', None)
    assert told[("changed", kept, "statement")] == (None, "It is safe.")
    assert told[("changed", kept, "said")][0] == f"on Monday, {date(2026, 5, 4)}"
    assert told[("changed", printed, "article")] == ("usable", "withdrawn")
    assert told[("merged", ada, "shown as")] == ("Ada Quill", "A. Quill")
    summary = "1 claim added, 1 removed, 2 changed; 1 source merged"
    assert summarise(changes) == summary
    assert summarise(differences(database, "now", "spring")) == (
        "1 claim added, 1 removed, 2 changed; 1 source separated"
    )
    assert differences(database, "spring", "spring") == []


def test_a_comparison_tells_names_offices_ratings_and_identifiers(
    database: Database, reviewer: uuid.UUID
) -> None:
    store(database, outlet="The Pier")
    release(database, reviewer, "spring")
    sign = partial(signed, reviewer)
    with database.reader() as session:
        ada, pier = (
            load_source(session, session.scalars(text(query), {"name": name}).one())
            for query in ["SELECT id FROM claims.source WHERE name = :name"]
            for name in ("Ada Quill", "The Pier")
        )
        request = OfficeRequest("editor", str(pier.source), date(2020, 1, 1), evidence="n")
        office, _ = find_office(session, ada, request)
    alias = NameEntry("A. Q.")
    identified = {"identifiers": ((), ({"register": "R", "value": "7"},))}
    makers: list[Callable[[curate.SourceState], Decision | None]] = [
        lambda one: curate.rename(one, None, alias, sign()),
        lambda one: curate.change_office(one, office, sign(), stored=False, remove=False),
        lambda one: curate.change_lists(one, "identify", identified, sign()),
    ]
    for make in makers:
        with database.reader() as session:
            made = make(load_source(session, ada.source))
        decide_source(database, made)
    decide_source(database, curate.rate(pier, "B", date(2026, 1, 1), why="fair", signed=sign()))
    told = {
        (one.id, one.field): (one.before, one.after)
        for one in differences(database, "spring", "now")
    }
    assert told == {
        (ada.source, "other names"): (None, "A. Q. alias"),
        (ada.source, "offices"): (None, "editor The Pier 2020-01-01 to …"),
        (ada.source, "identifiers"): (None, "R 7"),
        (pier.source, "ratings"): (None, "B 2026-01-01 R. Viewer"),
    }
    back = differences(database, "now", "spring")
    assert {(one.id, one.field): (one.after, one.before) for one in back} == told


def test_a_comparison_of_more_claims_than_a_batch(database: Database, reviewer: uuid.UUID) -> None:
    release(database, reviewer, "spring")
    with database.engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM claims.release")) == 1
    assert differences(database, "spring", "now") == []


@pytest.mark.parametrize("name", ["spring", "now"])
def test_a_clock_that_was_set_back_empties_no_state(
    database: Database, reviewer: uuid.UUID, name: str
) -> None:
    settle(database, store(database)[0])
    with database.writer() as session:
        for table in ("run", "reviewer", "source", "document", "document_version", "claim"):
            session.execute(text(f"ALTER TABLE claims.{table} DISABLE TRIGGER USER"))
            later = "UPDATE claims.{} SET recorded_at = recorded_at + interval '1 hour'"
            session.execute(text(later.format(table)))
    release(database, reviewer, "spring")
    with database.reader() as session:
        state = load_state(session, name)
    with database.reader(state) as session:
        assert count_published(session) == 1
