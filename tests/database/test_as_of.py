"""The past is what it was: one example for each kind of change, then any changes at random."""

import io
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from claims.catalogue.card import ClaimCard, Filters
from claims.catalogue.cards import load_cards, load_history
from claims.catalogue.find import find_claims, search_claims
from claims.contract.views import CLAIMS_V1
from claims.database.engine import Database
from claims.errors.base import ClaimsError
from claims.exchange.formats.jsonl import write_jsonl
from claims.exchange.rows import copy_lines
from claims.exchange.selection import Selection
from claims.ledger import undo as history
from claims.model.kinds import SourceKind
from claims.model.moment import AsOf
from claims.review.decide import decide
from claims.review.requests import DecisionRequest
from claims.review.state import save_decision
from claims.review.transitions import Action
from claims.sources import changes as curate
from claims.sources.card import SourceCard
from claims.sources.cards import find_sources, load_source_card
from claims.sources.edit import (
    is_distinct,
    load_name,
    load_source,
    save_source_decision,
)
from claims.sources.find_office import OfficeRequest, find_office
from claims.sources.lists import NameEntry
from claims.sources.timeline import load_timeline
from tests.acts import decide_source, edit_claim, edit_document, fields_of, now, signed, split_claim
from tests.conftest import cloned
from tests.makers import TEXT, add_reviewer, proposal, settle, spans_of, store

if TYPE_CHECKING:
    from claims.model.decision import Decision

RELATIONS = """
    SELECT c.relname FROM pg_class AS c
     WHERE c.relnamespace = 'claims_past'::regnamespace AND c.relname NOT IN
         ('row_changed_later', 'pointer_changed_later', 'end_moved_later', 'source_merged_anew')
     ORDER BY c.relname
"""
COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute AS a
     WHERE a.attrelid = CAST(:relation AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY a.attnum
"""
PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%{}%who_said_what'"
UNKNOWABLE = {"changed_in", "keys"}
"""Of a row that was taken away only what the decision says is known."""


@dataclass
class House:
    """A database with two articles, and what was asked of it at each moment."""

    database: Database
    reviewer: uuid.UUID
    claims: list[uuid.UUID]
    moments: list[tuple[AsOf, bytes]] = field(default_factory=list)

    def sources(self) -> list[uuid.UUID]:
        """The ids of all sources there are."""
        with self.database.engine.connect() as connection:
            query = "SELECT id FROM claims.source ORDER BY recorded_at, id"
            return list(connection.scalars(text(query)))

    def remember(self) -> AsOf:
        """Keep what is shown now."""
        state = now(self.database)
        self.moments.append((state, self.shown(None)))
        return state

    def shown(self, as_of: AsOf | None) -> bytes:
        """All that any query gives: cards, sources, timelines, exported lines, whole relations."""
        with self.database.reader(as_of) as session:
            out = io.BytesIO()
            for status in ("accepted", "proposed"):
                write_jsonl(copy_lines(session, Selection(status, withdrawn=True)), out)
            ids = find_claims(session, Filters(), limit=100)
            sources = find_sources(session, "", None, limit=100)
            shown = {
                "claims": [asdict(card) for card in load_cards(session, ids)],
                "told": [asdict(load_history(session, id_)) for id_ in ids[:4]],
                "named": find_claims(session, Filters(speaker="Quill"), limit=100),
                "found": sorted(search_claims(session, "safe bridge", limit=100)),
                "listed": [asdict(source) for source in sources],
                "sources": [asdict(load_source_card(session, one.id)) for one in sources[:3]],
                "timelines": [
                    [asdict(entry) for entry in load_timeline(session, one.id, Filters(), limit=9)]
                    for one in sources[:2]
                ],
                "rows": self.rows(session, "claims_past" if as_of else "claims"),
                "views": self.views(session, "claims_v1_past" if as_of else "claims_v1"),
            }
        return out.getvalue() + orjson.dumps(shown, option=orjson.OPT_INDENT_2, default=str)

    @staticmethod
    def rows(session: Any, schema: str) -> dict[str, list[str]]:  # noqa: ANN401 - handed on as it is
        shown = {}
        for relation in session.scalars(text(RELATIONS)).all():
            query = text(
                f"SELECT (to_jsonb(t) - CAST(:left_out AS text[]))::text"
                f" FROM {schema}.{relation} AS t ORDER BY 1"
            )
            shown[relation] = list(session.scalars(query, {"left_out": sorted(UNKNOWABLE)}))
        return shown

    @staticmethod
    def views(session: Any, schema: str) -> dict[str, list[str]]:  # noqa: ANN401 - handed on as it is
        return {
            view: list(
                session.scalars(text(f"SELECT to_jsonb(t)::text FROM {schema}.{view} t ORDER BY 1"))
            )
            for view in CLAIMS_V1
        }

    def card(self, as_of: AsOf | None, number: int = 0) -> ClaimCard:
        """One claim's card in a state."""
        with self.database.reader(as_of) as session:
            return load_cards(session, [self.claims[number]])[0]

    def source(self, as_of: AsOf | None, id_: uuid.UUID) -> SourceCard:
        """One source's card in a state."""
        with self.database.reader(as_of) as session:
            return load_source_card(session, id_)


def build(database: Database) -> House:
    """Two articles by one outlet with the same speaker and carrier."""
    claims = [
        store(database, outlet="The Pier", external_id=str(n), title=f"Bridge {n}")[0]
        for n in range(2)
    ]
    with database.writer() as session:
        reviewer = add_reviewer(session)
    return House(database, reviewer, claims)


@pytest.fixture
def house(database: Database) -> House:
    return build(database)


def lines(session: Session, status: str) -> list[dict[str, Any]]:
    return list(map(orjson.loads, copy_lines(session, Selection(status, withdrawn=True))))


def named(house: House, name: str) -> uuid.UUID:
    with house.database.engine.connect() as connection:
        query = text("SELECT id FROM claims.source WHERE name = :name")
        return uuid.UUID(str(connection.scalar(query, {"name": name})))


# One example for each kind of change --------------------------------------------------------------


def test_a_status_is_as_it_was(house: House) -> None:
    before = now(house.database)
    settle(house.database, house.claims[0])
    between = now(house.database)
    edit_claim(house.database, house.claims[0], house.reviewer, status="withdrawn")
    told = [house.card(at) for at in (before, between, None)]
    assert [(card.status, card.revision) for card in told] == [
        ("proposed", 0), ("accepted", 1), ("withdrawn", 2),
    ]  # fmt: skip
    with house.database.reader(between) as session:
        assert [record["status"] for record in lines(session, "accepted")] == ["accepted"]
        assert find_claims(session, Filters(status=None), limit=5)
    with house.database.reader(before) as session:
        assert lines(session, "accepted") == []


def test_words_spans_and_form_are_as_they_were(house: House) -> None:
    before = now(house.database)
    content = spans_of(TEXT, "the bridge is safe")
    edit_claim(
        house.database, house.claims[0], house.reviewer, status="accepted", form="paraphrase",
        content=[list(span) for span in content], text="the bridge is safe",
    )  # fmt: skip
    was, is_ = house.card(before), house.card(None)
    assert (was.text, was.form) == ('"the bridge is safe"', "quote")
    assert (is_.text, is_.form, is_.spans) == ("the bridge is safe", "paraphrase", content)
    assert was.spans == spans_of(TEXT, '"the bridge is safe"')


def test_a_statement_is_found_by_the_words_it_had(house: House) -> None:
    edit_claim(house.database, house.claims[0], house.reviewer, statement="No ferry is needed.")
    then = now(house.database)
    edit_claim(house.database, house.claims[0], house.reviewer, statement="A tunnel is needed.")
    with house.database.reader(then) as session:
        assert search_claims(session, "ferry", limit=5) == [house.claims[0]]
        assert search_claims(session, "tunnel", limit=5) == []
    assert house.card(then).statement == "No ferry is needed."


def test_a_chain_and_its_speaker_are_as_they_were(house: House) -> None:
    before = now(house.database)
    with house.database.reader() as session:
        chain = fields_of(session, house.claims[0])["chain"]
    voice = chain[0] | {"source": None, "link_rule": None, "mode": "denies", "capacity": []}
    edit_claim(house.database, house.claims[0], house.reviewer, chain=[voice])
    between = now(house.database)
    edit_claim(house.database, house.claims[0], house.reviewer, chain=[chain[1], voice])
    was, then, is_ = (house.card(at) for at in (before, between, None))
    assert [hop.name for hop in was.hops] == ["Ada Quill", "Harbour Agency"]
    assert (was.hops[0].mention, was.hops[0].cue) == ("Ada Quill", "said")
    assert (was.hops[0].capacity, then.hops[0].capacity) == ("Mayor", None)
    assert [(hop.name, hop.mode) for hop in then.hops] == [(None, "denies")]
    assert is_.speaker == "Harbour Agency"
    with house.database.reader(before) as session:
        told = load_timeline(session, named(house, "Ada Quill"), Filters(), limit=5)
        assert {entry.claim.id for entry in told} == set(house.claims)


def test_days_certainties_and_links_are_as_they_were(house: House) -> None:
    before = now(house.database)
    link = {"b": str(house.claims[1]), "kind": "contradicts"}
    edit_claim(
        house.database, house.claims[0], house.reviewer, said_on=["2026-04-01", "2026-04-30"],
        credibility=3, attribution_confidence=0.75, links=[link], venue="at the quay",
    )  # fmt: skip
    between = now(house.database)
    edit_claim(house.database, house.claims[0], house.reviewer, said_on=None, links=[])
    day = date(2026, 5, 4)
    assert house.card(before).said_on == (day, day)
    assert house.card(between).said_on == (date(2026, 4, 1), date(2026, 4, 30))
    assert (house.card(before).credibility, house.card(between).credibility) == (None, 3)
    with house.database.reader(between) as session:
        row = session.execute(text("SELECT b, kind, linked_by FROM claims_past.claim_link")).one()
        assert row == (house.claims[1], "contradicts", house.reviewer)
        told = load_timeline(session, named(house, "Ada Quill"), Filters(), limit=5)
        assert [entry.day for entry in told] == [day, date(2026, 4, 1)]


def test_a_link_has_the_moment_of_its_decision_also_when_it_is_gone(house: House) -> None:
    link = {"b": str(house.claims[1]), "kind": "contradicts"}
    edit_claim(house.database, house.claims[0], house.reviewer, links=[link])
    linked = text("SELECT linked_at FROM claims_v1.links")
    with house.database.reader() as session:
        stood = session.scalar(linked)
        assert stood == session.scalar(text("SELECT at FROM claims.decision"))
    house.remember()
    edit_claim(house.database, house.claims[0], house.reviewer, links=[])
    [(state, shown)] = house.moments
    assert house.shown(state) == shown
    assert str(stood) in shown.decode().replace("T", " ")


def test_a_claim_made_by_a_split_was_not_there(house: House) -> None:
    before = now(house.database)
    made = split_claim(
        house.database, house.claims[0], house.reviewer, spans_of(TEXT, "bridge is safe")
    )
    # Between the row and its decision: nobody had decided, so it is not there.
    late = AsOf(before.no, now(house.database).at, "then")
    with house.database.reader(late) as session:
        assert made not in find_claims(session, Filters(), limit=9)
        for relation in ("claim_parent", "attribution"):
            query = text(f"SELECT count(*) FROM claims_past.{relation} WHERE claim = :id")
            assert session.scalar(query, {"id": made}) == 0
    with house.database.reader(now(house.database)) as session:
        assert made in find_claims(session, Filters(), limit=9)


def test_a_split_that_was_taken_back_is_seen_at_each_moment(house: House) -> None:
    [parent, _] = house.claims
    sign = partial(signed, house.reviewer)
    house.remember()
    with house.database.writer() as session:
        request = DecisionRequest(parent, Action.SPLIT, offset=TEXT.index("is safe"))
        made = decide(session, request, sign()).decisions
    house.remember()
    with house.database.writer() as session:
        last = history.find_undoable(session, house.reviewer)
        assert last is not None
        history.undo(session, last, sign(), WRITERS)
    parts = [decision.subject for _, decision in made if decision.subject != parent]
    told = []
    for state in (*(at for at, _ in house.moments), None):
        with house.database.reader(state) as session:
            there = set(find_claims(session, Filters(), limit=9))
            cards = load_cards(session, [id_ for id_ in (parent, *parts) if id_ in there])
            told.append([(card.status, card.text) for card in cards])
    with house.database.reader() as session:
        query = text(
            "SELECT DISTINCT c.said_on_spans::text"
            " FROM claims.claim c JOIN claims.claim_parent p ON p.claim = c.id"
        )
        [place] = session.scalars(query)
    assert place == f"{{[{TEXT.index('on Monday')},{TEXT.index('on Monday') + 9})}}"
    whole, left, right = '"the bridge is safe"', '"the bridge', 'is safe"'
    assert told == [
        [("proposed", whole)],
        [("replaced", whole), ("proposed", left), ("proposed", right)],
        [("proposed", whole), ("replaced", left), ("replaced", right)],
    ]


def test_what_was_stored_later_was_not_there(house: House) -> None:
    before = now(house.database)
    late = 'Mayor Ada Quill said "the quay is closed" on Monday, the Harbour Agency reported.\n'
    voice = proposal(late, '"the quay is closed"')
    store(house.database, voice, text=late, external_id="9", outlet="The Mole")
    with house.database.reader(before) as session:
        assert set(find_claims(session, Filters(), limit=9)) == set(house.claims)
        assert len(lines(session, "proposed")) == 2
        assert find_sources(session, "The Mole", None, limit=9) == []


def test_names_are_as_they_were(house: House) -> None:
    ada = named(house, "Ada Quill")
    before = now(house.database)
    for name in (NameEntry("Adele Quill"), NameEntry("Adele Quill", "former", "fr"), None):
        with house.database.reader() as session:
            state, stored = load_source(session, ada), load_name(session, ada, "Adele Quill")
        decide_source(house.database, curate.rename(state, stored, name, signed(house.reviewer)))
        house.remember()
    canonical = ("Ada Quill", "canonical", None)
    told = [house.source(at, ada).names for at in (before, *(at for at, _ in house.moments))]
    assert [list(names) for names in told] == [
        [canonical],
        [canonical, ("Adele Quill", "alias", None)],
        [canonical, ("Adele Quill", "former", "fr")],
        [canonical],
    ]


def test_a_renamed_source_bore_its_name(house: House) -> None:
    before = now(house.database)
    with house.database.reader() as session:
        standing = load_source(session, named(house, "Ada Quill"))
    after = {"name": "Ada Q. Quill", "description": "mayor"}
    before_fields = {"name": "Ada Quill", "description": None}
    made = curate.decision_on(
        standing, "rename", before_fields, after=after, signed=signed(house.reviewer)
    )
    decide_source(house.database, made)
    assert (house.card(before).speaker, house.card(None).speaker) == ("Ada Quill", "Ada Q. Quill")
    assert house.source(before, standing.source).description is None


def test_offices_and_ratings_are_as_they_were(house: House) -> None:
    ada, pier = named(house, "Ada Quill"), named(house, "The Pier")
    before = now(house.database)
    request = OfficeRequest("mayor", first=date(2020, 1, 1), evidence="the gazette")
    for remove in (False, True):
        with house.database.reader() as session:
            standing = load_source(session, ada)
            office, is_stored = find_office(session, standing, request)
        made = curate.change_office(
            standing, office, signed(house.reviewer), stored=is_stored, remove=remove
        )
        decide_source(house.database, made)
        house.remember()
    with house.database.reader() as session:
        outlet = load_source(session, pier)
    rating = curate.rate(outlet, "B", date(2026, 1, 1), why="fair", signed=signed(house.reviewer))
    decide_source(house.database, rating)
    (held, _), (left, _) = house.moments
    told = [[str(one) for one in house.source(at, ada).offices] for at in (before, held, left)]
    assert told == [[], ["mayor (2020-01-01 to …)"], []]
    assert house.source(held, ada).offices[0].evidence == "the gazette"
    assert house.source(left, pier).ratings == []
    assert [one.rating for one in house.source(None, pier).ratings] == ["B"]


def test_merges_and_their_undoing_are_as_they_were(house: House) -> None:
    people = [add_person(house, f"P{n} Quill") for n in range(3)]
    start = now(house.database)
    first, second, third = people
    merge(house, first, second)
    one = now(house.database)
    merge(house, second, third)
    two = now(house.database)
    with house.database.reader() as session:
        decide_source(
            house.database,
            curate.unmerge(load_source(session, first), signed(house.reviewer)),
        )
    shown = [[house.source(at, id_).shown_as for id_ in people] for at in (start, one, two, None)]
    assert shown == [
        [first, second, third],
        [second, second, third],
        [third, third, third],
        [first, third, third],
    ]
    assert [id_ for id_, _ in house.source(two, third).members] == sorted((first, second))


def test_a_withdrawn_document_was_usable_and_listed_where_it_was(house: House) -> None:
    edit_claim(house.database, house.claims[0], house.reviewer, said_on=None)
    before = now(house.database)
    document = house.card(None).document
    edit_document(
        house.database, document, house.reviewer,
        status="withdrawn", published_at="2026-06-01T00:00:00+00:00",
    )  # fmt: skip
    assert house.card(before).document_status == "usable"
    assert house.card(None).document_status == "withdrawn"
    ada = named(house, "Ada Quill")
    days = []
    for state in (before, None):
        with house.database.reader(state) as session:
            told = load_timeline(session, ada, Filters(), limit=5)
            days.append({entry.claim.id: entry.day for entry in told}[house.claims[0]])
    assert days == [date(2026, 5, 4), date(2026, 6, 1)]


# What holds of the two schemas --------------------------------------------------------------------


def test_the_past_has_the_tables_columns_in_their_order_with_their_comments(
    database: Database,
) -> None:
    with database.engine.connect() as connection:
        relations = connection.scalars(text(RELATIONS)).all()
        assert len(relations) > 15
        for relation in relations:
            then, is_ = (
                connection.execute(text(COLUMNS), {"relation": f"{schema}.{relation}"}).all()
                for schema in ("claims_past", "claims")
            )
            assert then == is_, relation
        bare = connection.execute(
            text(
                "SELECT c.relname, a.attname FROM pg_class AS c"
                " JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0"
                " WHERE c.relnamespace = 'claims_past'::regnamespace AND c.relkind = 'v'"
                " AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)"
            )
        ).all()
        assert bare == []


def test_every_published_view_has_its_past(database: Database) -> None:
    with database.engine.connect() as connection:
        for view in CLAIMS_V1:
            then, is_ = (
                connection.execute(text(COLUMNS), {"relation": f"{schema}.{view}"}).all()
                for schema in ("claims_v1_past", "claims_v1")
            )
            assert then == is_, view
            definition = connection.scalar(
                text("SELECT pg_get_viewdef(CAST(:view AS regclass))"),
                {"view": f"claims_v1_past.{view}"},
            )
            assert " claims." not in str(definition), view


def test_the_past_is_not_read_without_saying_which(database: Database) -> None:
    store(database)
    with database.engine.connect() as connection, pytest.raises(DBAPIError, match=r"claims\.as_of"):
        connection.execute(text("SELECT * FROM claims_past.claim"))


def test_the_past_cannot_be_changed(house: House) -> None:
    for statement in (
        "UPDATE claims_past.claim SET status = 'accepted'",
        "DELETE FROM claims_past.source_name",
        "INSERT INTO claims_past.document_version SELECT * FROM claims.document_version",
    ):
        with pytest.raises(ClaimsError), house.database.reader(now(house.database)) as session:
            session.execute(text(statement))


def test_a_reader_of_the_views_is_not_shown_the_past(house: House) -> None:
    with house.database.engine.connect() as connection:
        connection.execute(text("SET ROLE claims_reader"))
        for relation in ("claims_past.claim", "claims_v1_past.claims"):
            with pytest.raises(DBAPIError, match="permission denied"), connection.begin_nested():
                connection.execute(text(f"SELECT 1 FROM {relation}"))


def test_a_session_of_the_past_leaves_the_next_one_in_the_present(house: House) -> None:
    before = now(house.database)
    settle(house.database, house.claims[0])
    assert house.card(before).status == "proposed"
    assert house.card(None).status == "accepted"


def test_an_open_connection_keeps_no_plans_of_the_past(house: House) -> None:
    """The plan of one view takes megabytes, and the driver has the server keep a hundred."""
    before = now(house.database)
    for _ in range(8):  # the driver has a statement prepared that it sends a sixth time
        with house.database.reader(before) as session:
            session.execute(text("SELECT * FROM claims_v1_past.who_said_what")).all()
            assert session.scalar(text(PREPARED.format("_past"))) == 0
    for _ in range(8):
        with house.database.reader() as session:
            session.execute(text("SELECT * FROM claims_v1.who_said_what")).all()
            kept = session.scalar(text(PREPARED.format("_v1.")))
    assert kept == 1


def test_one_claim_is_looked_up_by_index(house: House) -> None:
    settle(house.database, house.claims[0])
    with house.database.reader(now(house.database)) as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(
            session.scalars(
                text("EXPLAIN SELECT * FROM claims_past.claim WHERE id = :id"),
                {"id": house.claims[0]},
            )
        )
    assert "Index Scan using pk_claim" in plan
    assert "uq_decision_subject_kind_subject_revision" in plan
    assert "One-Time Filter: (c.revision > 0)" in plan


# Anything at random -------------------------------------------------------------------------------


def add_person(house: House, name: str) -> uuid.UUID:
    made = curate.add(SourceKind.PERSON, name, {}, signed(house.reviewer))
    decide_source(house.database, made)
    return made.subject


def merge(house: House, one: uuid.UUID, other: uuid.UUID) -> None:
    with house.database.reader() as session:
        pair = load_source(session, one), load_source(session, other)
    decide_source(house.database, curate.merge(*pair, signed(house.reviewer)))


def act_on_claim(house: House, which: int, what: int, value: int) -> None:
    claim = house.claims[which % len(house.claims)]
    other = house.claims[(which + 1) % len(house.claims)]
    sources = [None, *map(str, house.sources())]
    with house.database.reader() as session:
        chain = fields_of(session, claim)["chain"]
    source = sources[value % len(sources)]
    link = {"source": source, "link_rule": "person" if source else None}
    start = 20 + value % 5
    edits: list[dict[str, Any]] = [
        {"status": ["later", "disputed", "corrected", "withdrawn", "proposed"][value % 5]},
        {"statement": [None, "The bridge is safe.", "Ferries are safe."][value % 3]},
        {"credibility": [None, 1, 6][value % 3], "venue": [None, "at the quay"][value % 2]},
        {"attribution_confidence": [None, 0.25, 1.0][value % 3]},
        {"said_on": [None, ["2026-01-01", "2026-01-31"]][value % 2], "said_on_text": "in January"},
        {"chain": [chain[0] | link, *chain[1:]]},
        {"chain": [*chain[::-1]]},
        {"chain": [chain[0] | {"capacity": [], "mode": "denies"}], "status": "corrected"},
        {"links": [{"b": str(other), "kind": "narrows"}] * (value % 2)},
        {
            "content": [[start, start + 9]],
            "text": TEXT[start : start + 9],
            "form": "mixed",
        },
    ]
    edit_claim(house.database, claim, house.reviewer, **edits[what % len(edits)])


def act_by_program(house: House, which: int, what: int, value: int) -> None:
    claim = house.claims[which % len(house.claims)]
    other = house.claims[(which + 1) % len(house.claims)]
    if what % 7 == 0:
        house.claims += store(
            house.database, outlet="The Pier", external_id=f"later {len(house.moments)}"
        )
        return

    sign = partial(signed, house.reviewer)
    with house.database.writer() as session:
        if what % 7 == 1:
            start = house.card(None, which % len(house.claims)).spans[0].start
            request = DecisionRequest(claim, Action.SPLIT, offset=start + 4 + value % 9)
            made = list(decide(session, request, sign()).decisions)
        elif what % 7 == 2:
            request = DecisionRequest(claim, Action.MERGE, other=other)
            made = list(decide(session, request, sign()).decisions)
        elif what % 7 in {3, 4}:
            find = [history.find_undoable, history.find_redoable][what % 7 - 3]
            last = find(session, house.reviewer, ("claim", "source"))
            made = history.undo(session, last, sign(), WRITERS) if last else []
        else:
            action = [Action.ACCEPT, Action.REJECT, Action.LATER, Action.CORRECT][value % 4]
            decide(session, DecisionRequest(claim, action, {}), sign())
            made = []
    for _, decision in made:
        if decision.subject_kind == "claim" and decision.subject not in house.claims:
            house.claims.append(decision.subject)


WRITERS = {"claim": save_decision, "source": save_source_decision}


def act_on_document(house: House, which: int, what: int, value: int) -> None:
    document = house.card(None, which % len(house.claims)).document
    edits: list[dict[str, str | None]] = [
        {"status": ["usable", "corrected", "withdrawn"][value % 3]},
        {"title": [None, "Corrected"][value % 2]},
        {"published_at": [None, "2026-02-03T00:00:00+00:00"][value % 2]},
    ]
    edit_document(house.database, document, house.reviewer, **edits[what % len(edits)])


def act_on_source(house: House, which: int, what: int, value: int) -> None:
    ids = house.sources()
    one, other = ids[which % len(ids)], ids[value % len(ids)]
    sign = signed(house.reviewer)
    name = f"Q{value % 3} Quill"
    row = {"register": "R", "value": str(value % 3)}
    with house.database.reader() as session:
        standing, second = load_source(session, one), load_source(session, other)
        stored = load_name(session, one, name)
        first = date(2020, 1, 1 + value % 2)
        request = OfficeRequest("head", str(other), first, evidence=f"n {value}")
        office, is_stored = find_office(session, standing, request)
        apart = is_distinct(session, one, other)
        held = session.scalar(
            text("SELECT source FROM claims.source_identifier WHERE value = :v"),
            {"v": row["value"]},
        )
    wanted = NameEntry(name, ["alias", "former"][value % 2], "en")
    identified = ((), (row,)) if held is None else ((row,), ())
    made: list[Callable[[], Decision | None]] = [
        lambda: curate.merge(standing, second, sign),
        lambda: curate.unmerge(standing, sign),
        lambda: curate.distinct(standing, second, sign, recorded=apart),
        lambda: curate.undistinct(standing, second, sign, recorded=apart),
        lambda: curate.rename(standing, stored, wanted if value % 3 else None, sign),
        lambda: curate.change_office(standing, office, sign, stored=is_stored, remove=is_stored),
        lambda: curate.set_fields(standing, {"description": name, "country": "IR"}, sign),
        lambda: curate.rate(standing, "ABF"[value % 3], date(2026, 1, 1), why="x", signed=sign),
        lambda: curate.decision_on(
            standing, "rename", {"name": standing.name}, after={"name": name}, signed=sign
        ),
        lambda: curate.change_lists(standing, "identify", {"identifiers": identified}, sign)
        if held in {None, one}
        else None,
        lambda: curate.with_names(curate.add(SourceKind.PERSON, name, {}, sign), ["Quilly"]),
    ]  # fmt: skip
    decide_source(house.database, made[what % len(made)]())


Act = Callable[[House, int, int, int], None]
ACTS: tuple[Act, ...] = (act_on_claim, act_on_source, act_by_program, act_on_document)
SMALL = st.integers(0, 30)
PLAN = st.lists(
    st.tuples(st.sampled_from((0, 0, 0, 1, 1, 1, 2, 2, 2, 3)), SMALL, SMALL, SMALL),
    min_size=3, max_size=12,
)  # fmt: skip


@pytest.fixture
def fresh(server: URL, template: str) -> Iterator[Callable[[], Database]]:
    """Makes databases, one an example: what is shrunk begins from the same state.

    Only the last one stays: a hundred, with their connections, take more memory than machines have.
    """
    with ExitStack() as last:

        def make() -> Database:
            last.close()
            return last.enter_context(cloned(server, template))

        yield make


@pytest.mark.hypothesis
def test_any_past_is_what_was_shown_then(fresh: Callable[[], Database]) -> None:
    # An example asks everything of each of its moments, and takes as long as a minute of others.
    examples = max(3, int(os.environ.get("CLAIMS_EXAMPLES", "0")) // 5)

    @settings(
        max_examples=examples, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(plan=PLAN)
    def run(plan: list[tuple[int, int, int, int]]) -> None:
        house = build(fresh())
        for number in range(4):
            add_person(house, f"P{number} Quill")
        house.remember()
        for kind, *numbers in plan:
            # What is refused changes nothing, and that is part of what is checked.
            with suppress(ClaimsError, DBAPIError):
                ACTS[kind](house, *numbers)
            house.remember()
        for number, (state, shown) in enumerate(house.moments):
            assert house.shown(state).decode() == shown.decode(), (number, plan)

    run()
