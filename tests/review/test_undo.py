"""Any decision can be undone and redone: a model of it, and the tables as they were."""

import os
import random
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from claims.database.engine import Database
from claims.errors.base import ClaimsError
from claims.ledger.append import load_head, load_rows
from claims.ledger.chain import verify
from claims.ledger.entries import load_entry
from claims.ledger.errors import UndoRefusedError
from claims.ledger.undo import undo
from claims.model.claim import ClaimState, changes_between
from claims.model.decision import Signature
from claims.model.json import Json, JsonObject
from claims.review.edits import drop_hop, move_edge, set_source
from claims.review.state import load_article, save_decision
from claims.review.transitions import Action
from claims.sources.edit import save_source_decision
from tests.review.conftest import Room

NAMES = ("Ann", "Ben")


def change_of(room: Room, claim: uuid.UUID, number: int) -> JsonObject:
    """One of several changes to a claim, as a reviewer might make it."""
    state = room.standing(claim).state
    with room.database.reader() as session:
        article = load_article(session, claim)
    days = (date(2026, 5, 1), date(2026, 5, 3))
    makers: tuple[Callable[[], ClaimState], ...] = (
        lambda: replace(state, statement=f"In words, {number}."),
        lambda: replace(state, venue=f"at pier {number}", said_on=days),
        lambda: replace(state, attribution_confidence=number / 100, credibility=number % 6 + 1),
        lambda: move_edge(article, state, end=True, words=-1),
        lambda: set_source(state, 1, None),
        lambda: drop_hop(state, len(state.chain)),
    )
    return changes_between(state, makers[number % len(makers)]())


def refusal_of(turn: Callable[[], object]) -> str | None:
    """The message if a decision cannot be undone; None if it can."""
    try:
        turn()
    except UndoRefusedError as refused:
        return str(refused)
    return None


class Acts(RuleBasedStateMachine):
    """Two reviewers decide, take back and bring back; a stack a reviewer is the model."""

    database: ClassVar[Database]

    @initialize()
    def begin(self) -> None:
        """A fresh article, for each history."""
        self.room = Room(self.database)
        # Another last line makes it another article: histories share one database.
        self.claims = self.room.store(
            outlet=f"Outlet {uuid.uuid4()}", external_id=str(uuid.uuid4())
        )
        self.names = {name: f"{name} {uuid.uuid4()}" for name in NAMES}
        self.done: dict[str, list[tuple[uuid.UUID, dict[str, Json], dict[str, Json]]]] = {
            name: [] for name in NAMES
        }
        self.undone: dict[str, list[tuple[uuid.UUID, dict[str, Json], dict[str, Json]]]] = {
            name: [] for name in NAMES
        }

    def fields(self, claim: uuid.UUID) -> dict[str, Json]:
        return self.room.standing(claim).state.to_json()

    @rule(
        name=st.sampled_from(NAMES),
        place=st.integers(0, 2),
        action=st.sampled_from(["accept", "reject", "later", "edit", "correct", "withdraw"]),
        number=st.integers(0, 59),
    )
    def act(self, name: str, place: int, action: str, number: int) -> None:
        """One act, if the table allows it."""
        claim = self.claims[place]
        before = self.fields(claim)
        try:
            wanted = change_of(self.room, claim, number) if action in {"edit", "correct"} else {}
            done = self.room.act(self.names[name], claim, action, wanted)
        except ClaimsError:
            assert self.fields(claim) == before
            return
        if done.number is None:
            assert self.fields(claim) == before
            return
        self.done[name].append((claim, before, self.fields(claim)))
        self.undone[name].clear()

    @rule(name=st.sampled_from(NAMES))
    def undo(self, name: str) -> None:
        """The last act of one, unless the other decided on the claim since."""
        self._turn(name, self.done[name], self.undone[name], back=True)

    @rule(name=st.sampled_from(NAMES))
    def redo(self, name: str) -> None:
        """The last undo of one, unless the other decided on the claim since."""
        self._turn(name, self.undone[name], self.done[name], back=False)

    def _turn(self, name: str, taken: list[Any], given: list[Any], *, back: bool) -> None:
        sitting = self.room.sitting(self.names[name])
        turn = sitting.undo if back else sitting.redo
        if not taken:
            with pytest.raises(UndoRefusedError):
                turn()
            return
        claim, before, after = taken[-1]
        now = self.fields(claim)
        told = refusal_of(turn)
        if told:
            other = next(other for other in NAMES if other != name)
            assert self.names[other] in told, "only somebody else can stand in the way"
            assert self.fields(claim) == now
            return
        given.append(taken.pop())
        expected = before if back else after
        changed = {key for key in before if before[key] != after[key]}
        assert {key: self.fields(claim)[key] for key in changed} == {
            key: expected[key] for key in changed
        }

    @invariant()
    def the_chain_holds(self) -> None:
        """Nothing ever leaves the ledger."""
        with self.database.reader() as session:
            assert verify(load_rows(session), load_head(session)[1]).problem is None


@pytest.mark.hypothesis
def test_acts_undo_and_redo_are_those_of_the_model(database: Database) -> None:
    Acts.database = database
    Acts.TestCase.settings = settings(
        max_examples=int(os.environ.get("CLAIMS_EXAMPLES", "12")), stateful_step_count=25,
        deadline=None, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    Acts.TestCase().runTest()


def decide_at_random(room: Room, claims: list[uuid.UUID], count: int, seed: int) -> int:
    """Acts of one reviewer, whatever the table allows; how many were made."""
    chance, made = random.Random(seed), 0
    actions = ("accept", "reject", "later", "edit", "correct", "withdraw", "note")
    while made < count:
        claim, action = chance.choice(claims), chance.choice(actions)
        try:
            changes = (
                change_of(room, claim, chance.randrange(60))
                if action in {"edit", "correct"}
                else {}
            )
            made += room.act("Ann", claim, action, changes).number is not None
        except ClaimsError:
            continue
    return made


@pytest.mark.parametrize("count", [60, pytest.param(10_000, marks=pytest.mark.long)])
def test_many_decisions_and_as_many_undos_leave_everything_as_it_was(
    room: Room, count: int, figure: Callable[[str], None]
) -> None:
    claims = room.store()
    before = room.state()
    made = decide_at_random(room, claims, count, seed=5)
    middle = room.state()
    sitting = room.sitting("Ann")
    for _ in range(made):
        sitting.undo()
    assert room.state() == before
    with pytest.raises(UndoRefusedError, match="no decision left to undo"):
        sitting.undo()
    for _ in range(made):
        sitting.redo()
    assert room.state() == middle
    with room.database.reader() as session:
        assert load_head(session)[0] == 3 * made
    figure(f"{made} decisions, {made} undos, {made} redos: the same state to the byte")


def test_undo_reaches_into_earlier_sittings(room: Room) -> None:
    claim = room.store()[0]
    room.act("Ann", claim, "accept")
    assert room.sitting("Ann").undo().summary == "accept undone, ledger 2"
    assert room.standing(claim).status == "proposed"
    assert room.sitting("Ann").redo().summary == "accept redone, ledger 3"


def test_under_somebody_elses_later_decision_it_is_refused_and_told(room: Room) -> None:
    claim = room.store()[0]
    room.act("Ann", claim, "accept")
    room.act("Ben", claim, "correct", {"venue": "at the pier"})
    with pytest.raises(UndoRefusedError, match="accept by Ann, ledger 1 lies under correct by Ben"):
        room.sitting("Ann").undo()
    room.sitting("Ben").undo()
    room.sitting("Ann").undo()
    assert room.standing(claim).status == "proposed"


def take_back(room: Room, name: str, no: int) -> None:
    with room.database.writer() as session:
        entry = load_entry(session, no)
        reviewer = room.reviewer(name)
        writers = {"claim": save_decision, "source": save_source_decision}
        undo(session, entry, Signature(uuid.uuid4(), reviewer, "0"), writers)


def test_what_others_decided_only_an_adjudicator_takes_back(room: Room) -> None:
    claim = room.store()[0]
    room.act("Ann", claim, "accept")
    with pytest.raises(UndoRefusedError, match="an adjudicator may"):
        take_back(room, "Ben", 1)
    with room.database.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE claims.reviewer SET role = 'adjudicator' WHERE name = 'Ben'"
        )
    take_back(room, "Ben", 1)
    assert room.standing(claim).status == "proposed"
    with pytest.raises(UndoRefusedError, match="undone already"):
        take_back(room, "Ben", 1)


def test_an_older_decision_is_taken_back_where_nothing_lies_on_it(room: Room) -> None:
    claim, other, _ = room.store()
    room.act("Ann", claim, "edit", {"venue": "at the pier"})
    room.act("Ann", claim, "accept")
    room.act("Ann", other, "accept")
    take_back(room, "Ann", 1)
    assert room.standing(claim).state.venue is None
    assert room.standing(claim).status == "accepted"
    with pytest.raises(UndoRefusedError, match="there is no such decision"):
        take_back(room, "Ann", 99)


def test_after_a_new_decision_there_is_nothing_to_bring_back(room: Room) -> None:
    claim, other, _ = room.store()
    room.act("Ann", claim, "accept")
    sitting = room.sitting("Ann")
    sitting.undo()
    room.act("Ann", other, "accept")
    with pytest.raises(UndoRefusedError, match="since your last decision"):
        sitting.redo()


def test_last_acts_say_what_stands(room: Room) -> None:
    claim = room.store()[0]
    room.act("Ann", claim, Action.ACCEPT)
    room.act("Ann", claim, Action.NOTE, reason="see page 3")
    room.sitting("Ann").undo()
    acts = room.sitting("Ann").recent_decisions(9)
    assert [(act.no, act.action, act.undone) for act in acts] == [
        (3, "undo", False), (2, "note", True), (1, "accept", False),
    ]  # fmt: skip
    assert acts[2].change == "proposed to accepted"
    assert acts[2].words == '"the bridge is safe"'
