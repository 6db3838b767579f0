"""Merges and their undoing, at random, against a model; and what the database itself refuses."""

import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from claims.database.engine import Database
from claims.database.errors import StatementFailedError
from claims.errors.base import ClaimsError
from claims.ledger.append import load_head, load_rows
from claims.ledger.chain import verify
from claims.model.decision import Signature
from claims.model.kinds import SourceKind
from claims.schema import SourceMergedRow, SourceRow
from claims.sources import changes
from claims.sources.edit import is_distinct, load_source, save_source_decision
from claims.sources.errors import MergeRefusedError, SourceRefusedError
from tests.makers import add_reviewer

PEOPLE = 6
WHICH = st.integers(0, PEOPLE - 1)


def signed(reviewer: uuid.UUID) -> Signature:
    return Signature(uuid.uuid4(), reviewer, "0", "as the test has it")


def add_source(
    database: Database, reviewer: uuid.UUID, name: str, kind: SourceKind = SourceKind.PERSON
) -> uuid.UUID:
    decision = changes.add(kind, name, {}, signed(reviewer))
    with database.writer() as session:
        save_source_decision(session, decision)
    return decision.subject


def merge(database: Database, reviewer: uuid.UUID, one: uuid.UUID, other: uuid.UUID) -> bool:
    with database.writer() as session:
        decision = changes.merge(
            load_source(session, one), load_source(session, other), signed(reviewer)
        )
        if decision:
            save_source_decision(session, decision)
    return decision is not None


@pytest.fixture
def reviewer(database: Database) -> uuid.UUID:
    with database.writer() as session:
        return add_reviewer(session)


class Merges(RuleBasedStateMachine):
    """Random merges, unmerges and distinctions of a few people."""

    database: Database
    reviewer: uuid.UUID

    def __init__(self) -> None:
        super().__init__()
        self.ids = [add_source(self.database, self.reviewer, f"P{n} Q") for n in range(PEOPLE)]
        self.pointers: dict[int, int] = {}
        self.apart: set[frozenset[int]] = set()

    def root(self, one: int) -> int:
        while one in self.pointers:
            one = self.pointers[one]
        return one

    def group(self, one: int) -> set[int]:
        return {other for other in range(PEOPLE) if self.root(other) == self.root(one)}

    def under(self, one: int) -> set[int]:
        sources = {one}
        while True:
            more = {a for a, b in self.pointers.items() if b in sources} | sources
            if more == sources:
                return sources
            sources = more

    @rule(one=WHICH, other=WHICH)
    def merge(self, one: int, other: int) -> None:
        refused = one in self.pointers or self.root(other) == one
        crossing = any(
            frozenset({a, b}) in self.apart for a in self.under(one) for b in self.group(other)
        )
        try:
            merged = merge(self.database, self.reviewer, self.ids[one], self.ids[other])
        except MergeRefusedError:
            assert refused
            return
        except StatementFailedError:
            assert crossing
            return
        assert merged is (self.pointers.get(one) != other)
        assert not crossing or not merged
        self.pointers[one] = other

    @rule(one=WHICH)
    def unmerge(self, one: int) -> None:
        with self.database.writer() as session:
            decision = changes.unmerge(load_source(session, self.ids[one]), signed(self.reviewer))
            assert (decision is None) == (one not in self.pointers)
            if decision:
                save_source_decision(session, decision)
        self.pointers.pop(one, None)

    @rule(one=WHICH, other=WHICH)
    def distinct(self, one: int, other: int) -> None:
        with self.database.writer() as session:
            a, b = (load_source(session, self.ids[n]) for n in (one, other))
            recorded = is_distinct(session, a.source, b.source)
            assert recorded == (frozenset({one, other}) in self.apart)
            try:
                decision = changes.distinct(a, b, signed(self.reviewer), recorded=recorded)
            except (MergeRefusedError, SourceRefusedError):
                assert self.root(one) == self.root(other)
                return
            if decision:
                save_source_decision(session, decision)
        self.apart.add(frozenset({one, other}))

    @invariant()
    def stored_as_the_model_has_it(self) -> None:
        with self.database.reader() as session:
            rows = session.execute(select(SourceRow.id, SourceRow.merged_into))
            stored = {row.id: row.merged_into for row in rows}
            merged = session.execute(select(SourceMergedRow.source, SourceMergedRow.root))
            roots = {row.source: row.root for row in merged}
        for n, id_ in enumerate(self.ids):
            assert stored[id_] == (self.ids[self.pointers[n]] if n in self.pointers else None)
            assert roots.get(id_, id_) == self.ids[self.root(n)]


@pytest.mark.hypothesis
def test_random_merges_and_their_undoing_are_as_the_model(
    database: Database, reviewer: uuid.UUID
) -> None:
    Merges.database, Merges.reviewer = database, reviewer
    chosen = settings(
        max_examples=int(os.environ.get("CLAIMS_EXAMPLES", "12")),
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Merges, settings=chosen)
    with database.reader() as session:
        assert verify(load_rows(session), load_head(session)[1]).problem is None


@pytest.fixture
def psql(database: Database) -> Iterator[Connection]:
    with database.engine.connect() as connection:
        yield connection


def refused(connection: Connection, *statements: str) -> str | None:
    try:
        with connection.begin():
            for statement in statements:
                connection.execute(text(statement))
    except DBAPIError as error:
        return str(error.orig.diag.constraint_name)  # type: ignore[union-attr]
    return None


def test_a_circle_is_refused_by_the_database_itself(
    database: Database, reviewer: uuid.UUID, psql: Connection
) -> None:
    a, b, c = (add_source(database, reviewer, name) for name in ("A Q", "B Q", "C Q"))
    merge(database, reviewer, a, b)
    merge(database, reviewer, b, c)
    circle = f"UPDATE claims.source SET merged_into = '{a}', revision = 2 WHERE id = '{c}'"
    assert refused(psql, circle) == "merge_circle"
    born = (
        "INSERT INTO claims.source (id, kind, name, merged_into, revision)"
        f" VALUES (gen_random_uuid(), 'person', 'D', '{a}', 1)"
    )
    assert refused(psql, born) == "merge_circle"


def test_of_two_merges_at_once_that_close_a_circle_one_fails(
    database: Database, reviewer: uuid.UUID
) -> None:
    merged: list[uuid.UUID] = []
    ready = threading.Barrier(2)

    def attempt(one: uuid.UUID, other: uuid.UUID) -> None:
        # The one that loses fails with a deadlock or with the circle.
        with suppress(ClaimsError), database.writer() as session:
            pair = load_source(session, one), load_source(session, other)
            decision = changes.merge(*pair, signed(reviewer))
            assert decision is not None
            ready.wait()
            save_source_decision(session, decision)
            session.flush()
            merged.append(one)

    for attempts in range(1, 11):
        a, b = (add_source(database, reviewer, name) for name in ("A Q", "B Q"))
        threads = [threading.Thread(target=attempt, args=pair) for pair in ((a, b), (b, a))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(merged) == attempts


def test_kinds_are_never_mixed(database: Database, reviewer: uuid.UUID, psql: Connection) -> None:
    kinds = list(SourceKind)
    ids = {kind: add_source(database, reviewer, f"A {kind}", kind) for kind in kinds}
    bodies = {SourceKind.ORGANISATION, SourceKind.OUTLET}
    for one in kinds:
        for other in kinds:
            if one is other or {one, other} <= bodies:
                continue
            with pytest.raises(MergeRefusedError):
                merge(database, reviewer, ids[one], ids[other])
            statement = f"UPDATE claims.source SET merged_into = '{ids[other]}', revision = 2"
            assert refused(psql, f"{statement} WHERE id = '{ids[one]}'") == "merge_kinds"
    assert merge(database, reviewer, ids[SourceKind.ORGANISATION], ids[SourceKind.OUTLET])


def test_where_merges_lead_is_kept_by_the_database_alone(
    database: Database, reviewer: uuid.UUID, psql: Connection
) -> None:
    a, b = (add_source(database, reviewer, name) for name in ("A Q", "B Q"))
    add = f"INSERT INTO claims.source_merged VALUES ('{a}', '{b}')"
    assert refused(psql, add) == "merges_alone"
    merge(database, reviewer, a, b)
    assert refused(psql, "DELETE FROM claims.source_merged") == "merges_alone"
    assert refused(psql, "TRUNCATE claims.source_merged") == "merges_alone"


@pytest.mark.parametrize(
    "change",
    [
        (
            "INSERT INTO claims.source_name (id, source, name, kind, keys)"
            " SELECT gen_random_uuid(), id, 'Mallory', 'alias', '{}' FROM claims.source"
        ),
        "DELETE FROM claims.source_name",
        "UPDATE claims.source_name SET name = 'Mallory'",
        (
            "INSERT INTO claims.source_role (id, source, title, valid, keys)"
            " SELECT gen_random_uuid(), id, 'king', '(,)', '{}' FROM claims.source"
        ),
        "INSERT INTO claims.source_identifier SELECT 'r', '1', id FROM claims.source",
        (
            "INSERT INTO claims.outlet_rating (id, outlet, rating, rated_on, rated_by, why)"
            " SELECT gen_random_uuid(), s.id, 'A', now(), r.id, 'bribed'"
            " FROM claims.source s, claims.reviewer r"
        ),
    ],
)
def test_what_belongs_to_a_settled_source_changes_with_a_decision_alone(
    database: Database, reviewer: uuid.UUID, psql: Connection, change: str
) -> None:
    add_source(database, reviewer, "The Bugle", SourceKind.OUTLET)
    assert refused(psql, change) == "source_settled"


def test_only_an_outlet_is_rated_even_from_psql(
    database: Database, reviewer: uuid.UUID, psql: Connection
) -> None:
    add_source(database, reviewer, "A Q")
    rating = (
        "INSERT INTO claims.outlet_rating (id, outlet, rating, rated_on, rated_by, why)"
        " SELECT gen_random_uuid(), s.id, 'A', now(), r.id, 'x'"
        " FROM claims.source s, claims.reviewer r"
    )
    assert refused(psql, rating) == "rating_outlet"


def test_a_wikidata_item_is_one_unmerged_source(database: Database, reviewer: uuid.UUID) -> None:
    a, b = (add_source(database, reviewer, name) for name in ("A Q", "B Q"))

    def link(source: uuid.UUID) -> None:
        with database.writer() as session:
            state = load_source(session, source)
            decision = changes.set_fields(state, {"wikidata": "Q42"}, signed(reviewer))
            assert decision is not None
            save_source_decision(session, decision)

    link(a)
    with pytest.raises(Exception, match="merge them instead"):
        link(b)
    merge(database, reviewer, a, b)
    link(b)
