"""State is a pure function of the ledger: replay equals the tables, and what differs is named."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.database.errors import StatementFailedError
from claims.errors.base import ClaimsError
from claims.ledger.consistency import find_differences as differences_in
from claims.ledger.replay import Step, find_differences, replay
from claims.model.decision import Decision, Signature
from claims.model.kinds import SourceKind
from claims.review.state import load_claim, save_decision
from claims.review.transitions import Action
from claims.review.transitions import decision_for as decide_claim
from claims.sources import changes
from claims.sources.edit import (
    is_distinct,
    load_name,
    load_source,
    save_source_decision,
)
from claims.sources.find_office import OfficeRequest, find_office
from claims.sources.lists import NameEntry
from tests.makers import add_reviewer, store

if TYPE_CHECKING:
    from claims.model.json import Json

Figure = Callable[[str], None]


def test_a_field_has_the_value_of_the_last_decision_that_names_it() -> None:
    steps = [
        Step(1, {"status": "proposed"}, {"status": "accepted"}),
        Step(2, {"form": "quote", "venue": None}, {"form": "mixed", "venue": "at sea"}),
        Step(3, {"form": "mixed", "venue": "at sea"}, {"form": "quote", "venue": None}),
    ]
    before = {"status": "proposed", "form": "quote", "venue": None, "text": "a"}
    assert replay(before, steps[:2]) == {
        "status": "accepted", "form": "mixed", "venue": "at sea", "text": "a",
    }  # fmt: skip
    assert replay(before, steps) == before | {"status": "accepted"}


def test_readings_are_no_field() -> None:
    step = Step(1, {"status": "proposed"}, {"status": "disputed", "readings": [{"action": "x"}]})
    assert replay({}, [step]) == {"status": "disputed"}


def test_rows_of_a_list_are_taken_away_and_added() -> None:
    one, two = ({"name": name, "kind": "alias", "language": None} for name in "ab")
    steps = [
        Step(1, {"names": []}, {"names": [one]}),
        Step(2, {"names": [{"name": "a", "kind": "alias"}]}, {"names": [two]}),
    ]
    assert replay({}, steps) == {"names": [two]}


def test_a_missing_decision_shows_by_its_revision() -> None:
    steps = [Step(1, {}, {}), Step(3, {}, {})]
    names = ("links", "refused_links", "disputed_links", "parents")
    lists: dict[str, Json] = {name: [] for name in names}
    stored: dict[str, Json] = {"revision": 3, "status": "proposed", **lists}
    [found] = find_differences("claim", "c", steps, stored)
    assert (found.field, found.stored, found.decided) == ("revision", 3, [1, 3])


class Acts:
    """What people do, at random: each act is a method, so that a new one is a few lines.

    Args:
        database: A database of the test's own.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.made = 0
        text_of = "Mayor Ada Quill said {} is safe on Monday, the Harbour Agency reported.\n"
        self.claims = [
            store(database, text=text_of.format(f'"the bridge is safe" {n}'), external_id=str(n))[0]
            for n in range(3)
        ]
        with database.writer() as session:
            self.reviewer = add_reviewer(session)
        self.sources: list[uuid.UUID] = []
        for name in ("Ben Low", "Cy Poe", "Dee Fox"):
            self.add(SourceKind.PERSON, name)
        self.add(SourceKind.OUTLET, "The Pier")

    def add(self, kind: SourceKind, name: str) -> None:
        made = changes.add(kind, name, {"country": "IR"}, self.sign())
        with self.database.writer() as session:
            save_source_decision(session, made)
        self.sources.append(made.subject)

    def sign(self) -> Signature:
        return Signature(uuid.uuid4(), self.reviewer, "0", "as drawn")

    def do(self, act: str, one: int, other: int) -> None:
        """One act on one or two subjects; what is refused leaves nothing behind."""
        try:
            with self.database.writer() as session:
                made = getattr(self, act)(session, one, other)
                if made is None:
                    return
                save = save_decision if made.subject_kind == "claim" else save_source_decision
                save(session, made)
        except (ClaimsError, StatementFailedError):
            return
        self.made += 1

    def accept(self, session: Session, one: int, _: int) -> Decision | None:
        standing = load_claim(session, self.claims[one % 3])
        return decide_claim(standing, Action.ACCEPT, self.sign())

    def reject(self, session: Session, one: int, _: int) -> Decision | None:
        standing = load_claim(session, self.claims[one % 3])
        return decide_claim(standing, Action.REJECT, self.sign())

    def merge(self, session: Session, one: int, other: int) -> Decision | None:
        first, second = (load_source(session, self.sources[n]) for n in (one, other % 4))
        return changes.merge(first, second, self.sign())

    def unmerge(self, session: Session, one: int, _: int) -> Decision | None:
        return changes.unmerge(load_source(session, self.sources[one]), self.sign())

    def distinct(self, session: Session, one: int, other: int) -> Decision | None:
        recorded = is_distinct(session, self.sources[one], self.sources[other % 4])
        first, second = (load_source(session, self.sources[n]) for n in (one, other % 4))
        return changes.distinct(first, second, self.sign(), recorded=recorded)

    def undistinct(self, session: Session, one: int, other: int) -> Decision | None:
        recorded = is_distinct(session, self.sources[one], self.sources[other % 4])
        first, second = (load_source(session, self.sources[n]) for n in (one, other % 4))
        return changes.undistinct(first, second, self.sign(), recorded=recorded)

    def alias(self, session: Session, one: int, other: int) -> Decision | None:
        stored = load_name(session, self.sources[one], f"Name {other}")
        kind = ("alias", "former")[other % 2] if stored is None else "alias"
        state = load_source(session, self.sources[one])
        return changes.rename(state, stored, NameEntry(f"Name {other}", kind), self.sign())

    def unname(self, session: Session, one: int, other: int) -> Decision | None:
        stored = load_name(session, self.sources[one], f"Name {other}")
        return changes.rename(load_source(session, self.sources[one]), stored, None, self.sign())

    def office(
        self, session: Session, one: int, other: int, *, remove: bool = False
    ) -> Decision | None:
        standing = load_source(session, self.sources[one])
        office, stored = find_office(session, standing, OfficeRequest(f"Title {other}"))
        return changes.change_office(standing, office, self.sign(), stored=stored, remove=remove)

    def unoffice(self, session: Session, one: int, other: int) -> Decision | None:
        return self.office(session, one, other, remove=True)

    def rate(self, session: Session, _: int, other: int) -> Decision | None:
        outlet = load_source(session, self.sources[3])
        day = date(2026, 5, 1 + other % 28)
        return changes.rate(outlet, "ABCDEF"[other % 6], day, why="read", signed=self.sign())

    def describe(self, session: Session, one: int, other: int) -> Decision | None:
        standing = load_source(session, self.sources[one])
        fields = {"description": f"No. {other}", "country": ("IR", None)[other % 2]}
        return changes.set_fields(standing, fields, self.sign())


ACTS = (
    "accept", "reject", "merge", "unmerge", "distinct", "undistinct", "alias", "unname", "office",
    "unoffice", "rate", "describe",
)  # fmt: skip

HISTORY = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(0, 99)),
    min_size=25,
    max_size=40,
)


def differences(database: Database) -> list[str]:
    with database.reader() as session:
        return [str(one) for one in differences_in(session)]


def replay_equals_tables(database: Database, examples: int) -> int:
    """Random histories, one after the other, in one database; how many decisions were made."""
    acts = Acts(database)

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(HISTORY)
    def run(history: list[tuple[str, int, int]]) -> None:
        for act in history:
            acts.do(*act)
        assert differences(database) == []

    run()
    return acts.made


def test_replay_of_random_decisions_equals_the_tables(database: Database, figure: Figure) -> None:
    made = replay_equals_tables(database, 20)
    assert made > 50
    figure(f"replay {made} random decisions, 0 differences from the tables")


@pytest.mark.long
def test_replay_of_very_many_decisions_equals_the_tables(
    database: Database, figure: Figure
) -> None:
    made = replay_equals_tables(database, 500)
    figure(f"replay {made} random decisions, 0 differences from the tables (long)")


TABLES = (
    "claim", "attribution", "claim_parent", "source", "source_name", "source_role",
    "source_merged", "outlet_rating", "source_distinct", "source_identifier",
)  # fmt: skip
ADD_NAME = (
    "INSERT INTO claims.source_name SELECT gen_random_uuid(), id, 'New', 'alias', NULL, '{}'"
    " FROM claims.source WHERE name = 'Cy Poe'"
)
ADD_PARENT = (
    "INSERT INTO claims.claim_parent SELECT a.id, b.id FROM claims.claim a, claims.claim b"
    " WHERE a.status = 'accepted' AND b.status = 'rejected'"
)


@pytest.fixture
def acted(database: Database) -> Acts:
    """A few decisions of each kind."""
    acts = Acts(database)
    for act, one, other in (
        ("accept", 0, 0), ("reject", 1, 0), ("merge", 0, 1), ("alias", 2, 0), ("office", 2, 1),
        ("rate", 3, 1), ("distinct", 1, 2),
    ):  # fmt: skip
        acts.do(act, one, other)
    assert acts.made == 7
    assert differences(database) == []
    return acts


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE claims.claim SET status = 'rejected' WHERE status = 'accepted'",
         "status is rejected, its decisions say accepted"),
        ("UPDATE claims.claim SET revision = 2 WHERE status = 'accepted'", "revision is 2"),
        # No decision named these, so that they have to be empty.
        ("UPDATE claims.claim SET statement = 'mine' WHERE status = 'accepted'", "statement is"),
        ("UPDATE claims.claim SET credibility = 1 WHERE status = 'accepted'", "credibility is 1"),
        ("UPDATE claims.claim SET attribution_confidence = 1 WHERE status = 'accepted'",
         "attribution_confidence is 1"),
        ("UPDATE claims.source SET merged_into = NULL", "merged_into is null"),
        ("UPDATE claims.source SET description = 'x', revision = 9 WHERE revision = 0", "is 9"),
        ("DELETE FROM claims.source_merged", "root is None"),
        ("DELETE FROM claims.source_name WHERE name = 'Name 0'", "names is"),
        (ADD_NAME, "names is"),
        (ADD_NAME.replace("name = 'Cy Poe'", "kind = 'outlet' AND revision > 0"), "names is New"),
        (ADD_NAME.replace("name = 'Cy Poe'", "revision = 0"), "names is New"),
        ("UPDATE claims.source_role SET title = 'King'", "roles is"),
        ("UPDATE claims.outlet_rating SET rating = 'A'", "ratings is"),
        ("DELETE FROM claims.source_distinct", "distinct is []"),
        ("INSERT INTO claims.source_identifier SELECT 'r', 'v', id FROM claims.source LIMIT 1",
         "identifiers is"),
        (ADD_PARENT, "parents is"),
        ("DELETE FROM claims.attribution; DELETE FROM claims.claim WHERE status = 'accepted'",
         "revision is null, its decisions say 1"),
    ],
)  # fmt: skip
def test_what_stands_differently_is_named(
    database: Database, acted: Acts, statement: str, told: str
) -> None:
    del acted
    with database.writer() as session:
        for table in TABLES:
            session.execute(text(f"ALTER TABLE claims.{table} DISABLE TRIGGER ALL"))
        for part in statement.split(";"):
            session.execute(text(part))
    found = differences(database)
    assert len(found) >= 1
    assert any(told in line for line in found), found
