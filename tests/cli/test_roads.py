"""A decision ends alike down every road: on a card, marked, by condition, by file, by command."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.errors.base import ClaimsError
from claims.ledger.errors import ChangedMeanwhileError
from claims.model.decision import Signature
from claims.model.json import JsonObject
from claims.review.decide import decide, decide_in_bulk
from claims.review.requests import DecisionRequest
from claims.review.transitions import Action
from tests.cli.conftest import Claims
from tests.review.conftest import ARTICLE, Room

REASON = "as the test has it"
CUT = ARTICLE.index("and nobody")

Article = list[uuid.UUID]
Road = Callable[["Case", Article], str]


@dataclass(frozen=True)
class Case:
    """An action on one of an article's three claims.

    Attributes:
        draft: Whether what was typed stays: it does where nothing is decided.
        lease: Whether the card stays with whoever has it.
    """

    action: Action
    which: int = 0
    after: str | None = None
    changes: JsonObject = field(default_factory=dict)
    draft: bool = False
    lease: bool = False

    def __str__(self) -> str:
        """How pytest names it."""
        return "-".join(filter(None, (self.action, self.after and f"after-{self.after}",
                                      *self.changes)))  # fmt: skip


CASES = (
    Case(Action.ACCEPT),
    Case(Action.ACCEPT, changes={"venue": "at the pier"}),
    Case(Action.ACCEPT, after="reject"),
    Case(Action.REJECT),
    Case(Action.LATER),
    Case(Action.FLAG),
    Case(Action.EDIT, changes={"statement": "It is safe."}, lease=True),
    Case(Action.EDIT, after="accept", changes={"credibility": 2}),
    Case(Action.CORRECT, after="accept", changes={"said_on_text": "on Tuesday"}),
    Case(Action.WITHDRAW, after="accept"),
    Case(Action.NOTE, draft=True, lease=True),
    Case(Action.SPLIT, which=2),
    Case(Action.MERGE, which=0),
)
PLAIN = CASES[0]
SITTING = uuid.uuid4()
"""The tab or terminal in which cards are open."""


@dataclass
class Roads:
    """Ann, who decides the same on another article down each road."""

    room: Room
    claims: Claims
    folder: Path

    def open_to(self, case: Case) -> dict[str, Road]:
        """The roads that an action can take, by name."""
        roads: dict[str, Road] = {"card": self.on_a_card, "command": self.by_command}
        if case.action not in {Action.SPLIT, Action.MERGE}:
            roads["file"] = self.from_a_file
        if not case.changes and "file" in roads:
            roads["marked"] = self.marked
        return roads | ({"where": self.by_condition} if case is PLAIN else {})

    def on_a_card(self, case: Case, article: Article) -> str:
        """As a screen does it."""
        session = self.room.sitting("Ann", id=SITTING)
        card = session.card(article[case.which])
        if case.action is Action.SPLIT:
            return session.split(card, CUT).summary
        if case.action is Action.MERGE:
            return session.merge(card, article[case.which + 1]).summary
        return session.decide(card, case.action, case.changes, REASON).summary

    def marked(self, case: Case, article: Article) -> str:
        """As a screen does it with several cards."""
        session = self.room.sitting("Ann", id=SITTING)
        card = session.card(article[case.which])
        return session.decide_in_bulk([card], case.action, REASON).summary

    def by_condition(self, _case: Case, article: Article) -> str:
        """With --where: the outlet is one article's alone, and its first claim the only quote."""
        [[outlet]] = self.room.sql(
            "SELECT s.name FROM claims.source s JOIN claims.document d ON d.outlet = s.id"
            " JOIN claims.document_version v ON v.document = d.id"
            " JOIN claims.claim c ON c.version = v.id WHERE c.id = :c", c=article[0],
        )  # fmt: skip
        return self.run("review", "accept", "--yes", "--reason", REASON,
                        "--where", f"outlet={outlet}", "--where", "form=quote")  # fmt: skip

    def from_a_file(self, case: Case, article: Article) -> str:
        """With `claims review apply`."""
        claim = article[case.which]
        line: dict[str, Any] = {
            "who": "Ann", "claim": str(claim), "action": case.action, "reason": REASON,
            "revision": self.room.standing(claim).revision, "changes": case.changes,
        }  # fmt: skip
        path = self.folder / "decisions.jsonl"
        path.write_text(json.dumps(line), "utf-8")
        return self.run("review", "apply", str(path))

    def by_command(self, case: Case, article: Article) -> str:
        """With a command of its own."""
        arguments = [str(article[case.which])]
        for name, value in case.changes.items():
            arguments += [f"--{name.replace('_', '-')}", str(value)]
        if case.action is Action.SPLIT:
            arguments += ["--at", str(CUT)]
        if case.action is Action.MERGE:
            arguments.insert(1, str(article[case.which + 1]))
        if case.action not in {Action.SPLIT, Action.MERGE}:  # a screen asks no reason of these
            arguments += ["--reason", REASON]
        return self.run("review", case.action, *arguments)

    def run(self, *arguments: str) -> str:
        """What a command says, whether or not it does what it is asked to."""
        ended = self.claims(*arguments)
        return ended.out + ended.err

    def articles(self, count: int) -> list[Article]:
        """Articles of one text, each of its own outlet."""
        return [self.room.store(outlet=f"Paper {n}", external_id=str(n)) for n in range(count)]

    def hold(self, article: Article, name: str = "Ann") -> None:
        """Let somebody have what waits of an article, with something typed on each claim."""
        session = self.room.sitting(name, id=SITTING)
        for claim in article:
            session.keep_draft(session.card(claim), {"venue": "half a ven"})
        with self.room.database.engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO claims.lease (claim, reviewer, session, version, until)"
                    " SELECT w.claim, :reviewer, :session, a.version,"
                    "        clock_timestamp() + interval '9 min'"
                    "   FROM claims.waiting w JOIN claims.waiting_article a ON a.turn = w.turn"
                    "  WHERE w.claim = ANY (:claims) ON CONFLICT DO NOTHING"
                ),
                {"reviewer": session.reviewer, "session": SITTING, "claims": article},
            )

    def held(self, table: str, claim: uuid.UUID) -> bool:
        """Whether a claim has a row in `draft` or `lease`."""
        return bool(self.room.sql(f"SELECT FROM claims.{table} WHERE claim = :c", c=claim))

    def ending(self, article: Article) -> list[list[Any]]:
        """What became of an article: its claims, their chains and their rows of the ledger.

        Without how hops were linked: the first article that names a source makes it.
        """
        of_article = (
            "JOIN claims.claim c ON c.id = {} JOIN claims.claim o ON o.version = c.version"
            " WHERE o.id = :c"
        )
        queries = (
            (
                "SELECT c.text, c.status, c.revision, c.venue, c.statement, c.credibility"
                f"  FROM claims.claim x {of_article.format('x.id')} ORDER BY c.content_spans"
            ),
            (
                "SELECT c.text, a.position, a.source, a.mention, a.cue, a.mode"
                f"  FROM claims.attribution a {of_article.format('a.claim')} ORDER BY 1, 2"
            ),
            (
                "SELECT d.action, d.revision, d.before, d.reason,"
                " d.after - '{version,parents,chain,digest}'::text[]"
                f" FROM claims.decision d {of_article.format('d.subject')} ORDER BY d.no"
            ),
        )
        return [self.room.sql(query, c=article[0]) for query in queries]


@pytest.fixture
def roads(database: Database, claims: Claims, tmp_path: Path) -> Roads:
    """Ann, who can take each road."""
    return Roads(Room(database), claims, tmp_path)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_action_ends_alike_down_every_road(roads: Roads, case: Case) -> None:
    open_roads = roads.open_to(case)
    articles = dict(zip(open_roads, roads.articles(len(open_roads)), strict=True))
    endings = {}
    for name, road in open_roads.items():
        article = articles[name]
        claim = article[case.which]
        if case.after is not None:
            roads.room.act("Ben", claim, case.after, reason=REASON)
        roads.hold(article)
        road(case, article)
        assert roads.held("draft", claim) is case.draft, name
        assert roads.held("lease", claim) is case.lease, name
        if case.action is Action.MERGE:
            assert not roads.held("draft", article[case.which + 1]), name
        endings[name] = roads.ending(article)
        assert endings[name][-1], f"{name} decided nothing"
    for name, ending in endings.items():
        assert ending == endings["card"], name


@pytest.mark.parametrize("case", [case for case in CASES if case.after is None], ids=str)
def test_two_readers_are_two_down_every_road(roads: Roads, case: Case) -> None:
    """A reading is sealed where one claim is decided; where many are, it is left to be read."""
    roads.room.policy(second_reading="all")
    open_roads = roads.open_to(case)
    for (name, road), article in zip(
        open_roads.items(), roads.articles(len(open_roads)), strict=True
    ):
        claim = article[case.which]
        roads.hold([claim])
        try:
            said = road(case, article)
        except ClaimsError as error:
            said = str(error)
        sealed = case.action in {Action.ACCEPT, Action.REJECT} and name not in {"marked", "where"}
        readings = roads.room.sql("SELECT action FROM claims.reading WHERE claim = :c", c=claim)
        assert readings == [(case.action,)] * sealed, name
        assert roads.ending(article)[-1] == [], name
        assert roads.held("draft", claim) is not sealed, name
        assert roads.held("lease", claim) is not sealed, name
        assert ("sealed" if sealed else "two") in said or said == "passed over", (name, said)


def test_whoever_saw_an_older_claim_is_told_down_every_road(roads: Roads) -> None:
    for case in (PLAIN, CASES[-2], CASES[-1]):
        [article] = (
            roads.articles(1) if case is PLAIN else [roads.room.store(external_id=str(case))]
        )
        claim = article[case.which]
        card = roads.room.sitting("Ann").card(claim)
        roads.room.act("Ben", claim, "note", reason=REASON)
        ann = roads.room.sitting("Ann")
        decisions: dict[Action, Callable[[], object]] = {
            Action.ACCEPT: partial(ann.decide, card, Action.ACCEPT, {}),
            Action.SPLIT: partial(ann.split, card, CUT),
            Action.MERGE: partial(ann.merge, card, article[1]),
        }
        with pytest.raises(ChangedMeanwhileError, match="note by Ben"):
            decisions[case.action]()
        if case is PLAIN:
            assert "1 skipped" in ann.decide_in_bulk([card], Action.ACCEPT).summary
            seen = {"who": "Ann", "claim": str(claim), "action": "accept", "revision": 0}
            path = roads.folder / "decisions.jsonl"
            path.write_text(json.dumps(seen), "utf-8")
            assert "note by Ben" in roads.run("review", "apply", str(path))
        assert roads.room.standing(claim).revision == 1


def test_what_somebody_else_has_is_not_decided_from_a_card(roads: Roads) -> None:
    [article] = roads.articles(1)
    ann = roads.room.sitting("Ann")
    cards = [ann.card(claim) for claim in article]
    ann.leave()
    roads.hold(article, "Ben")
    for decision in (
        partial(ann.decide, cards[0], Action.ACCEPT, {}),
        partial(ann.split, cards[2], CUT),
        partial(ann.merge, cards[0], article[1]),
    ):
        with pytest.raises(ChangedMeanwhileError, match="Ben has the card now"):
            decision()
    assert "3 skipped" in ann.decide_in_bulk(cards, Action.ACCEPT).summary
    roads.room.sitting("Ben").leave()
    ben = roads.room.sitting("Ben")
    ben.card(article[1])
    with pytest.raises(ChangedMeanwhileError, match="Ben has the card now"):
        ann.merge(cards[0], article[1])
    assert roads.ending(article)[-1] == []


def test_the_same_decision_again_finds_what_became_of_it(roads: Roads) -> None:
    article, other = roads.articles(2)
    ann = roads.room.reviewer("Ann")
    for request in (
        DecisionRequest(article[0], Action.ACCEPT, revision=0),
        DecisionRequest(article[2], Action.SPLIT, revision=0, offset=CUT),
        DecisionRequest(other[0], Action.MERGE, revision=0, other=other[1]),
    ):
        signature = Signature(uuid.uuid4(), ann, "0")
        with roads.room.database.writer() as session:
            first = decide(session, request, signature)
        with roads.room.database.writer() as session:
            again = decide(session, request, signature)
        assert [one.number for one in again.decisions] == [one.number for one in first.decisions]
        assert again.number == first.number
    assert roads.room.sql("SELECT count(*) FROM claims.decision") == [(1 + 3 + 3,)]


def test_the_same_batch_again_finds_what_became_of_it(roads: Roads) -> None:
    [article] = roads.articles(1)
    signature = Signature(uuid.uuid4(), roads.room.reviewer("Ann"), "0")
    requests = [DecisionRequest(claim, Action.ACCEPT, revision=0) for claim in article]
    roads.room.act("Ben", article[1], "reject")
    results = []
    for _ in range(2):
        with roads.room.database.writer() as session:
            results.append(decide_in_bulk(session, requests, signature))
    assert results[0] == results[1]
    assert (results[0].numbers, results[0].changed) == ((2, 3), 1)


def test_the_second_reading_again_finds_the_decision_that_came_of_it(roads: Roads) -> None:
    roads.room.policy(second_reading="all")
    [article] = roads.articles(1)
    signatures = [Signature(uuid.uuid4(), roads.room.reviewer(name), "0") for name in ("A", "B")]
    request = DecisionRequest(article[0], Action.ACCEPT, revision=0)
    numbers = []
    for signature in (signatures[0], signatures[0], signatures[1], signatures[1]):
        with roads.room.database.writer() as session:
            numbers.append(decide(session, request, signature).number)
    assert numbers == [0, 0, 1, 1]
    with roads.room.database.writer() as session:
        assert decide(session, request, signatures[0]).number == 1, "no longer sealed"
