"""Articles in the database: the same again adds nothing, and nothing settled is lost."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text

from claims.database.engine import Database
from claims.documents.identity import identify
from claims.ingest.articles import ingest_articles
from claims.ingest.problems import has_problem, save_problem
from claims.ingest.run import make_run
from claims.ingest.save import is_stored
from claims.model.kinds import Mode, SourceKind
from claims.model.problem import Problem, Reason
from claims.model.proposal import Hop
from claims.model.span import Span
from claims.schema import AttributionRow, Base, ClaimRow, DocumentRow, DocumentVersionRow, SourceRow
from tests.acts import edit_claim
from tests.makers import (
    MORE,
    NOW,
    RUN,
    TEXT,
    add_reviewer,
    article,
    proposal,
    settle,
    silent,
    spans_of,
    store,
)


def counts(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_the_same_article_again_adds_no_row(database: Database) -> None:
    store(database)
    before = counts(database)
    store(database)
    assert counts(database) == before
    assert before["claim"] == 1
    assert before["attribution"] == 2


def test_an_article_may_have_more_claims_than_a_statement_takes_parameters(
    database: Database,
) -> None:
    many = [silent(Span(2 * n, 2 * n + 1)) for n in range(6000)]
    assert len(store(database, *many, text="w " * 6000)) == 6000
    assert counts(database)["attribution"] == 6000


def test_the_words_stored_are_the_words_printed(database: Database) -> None:
    [claim] = store(database)
    with database.reader() as session:
        row = session.get_one(ClaimRow, claim)
        hops = session.scalars(select(AttributionRow).order_by(AttributionRow.position)).all()
        printed = [(hop.mention, hop.cue, hop.capacity, hop.mode) for hop in hops]
        said_on = row.said_on
        assert row.text == '"the bridge is safe"'
    assert printed == [
        ("Ada Quill", "said", "Mayor", "says"),
        ("Harbour Agency", "reported", None, "says"),
    ]
    assert said_on is not None
    assert (str(said_on.lower), str(said_on.upper)) == ("2026-05-04", "2026-05-05")


def test_a_changed_text_under_one_address_is_a_second_version(database: Database) -> None:
    store(database, url="https://example.org/a")
    store(database, url="https://example.org/a", text=TEXT + MORE)
    with database.reader() as session:
        numbers = session.scalars(
            select(DocumentVersionRow.number).order_by(DocumentVersionRow.number)
        )
        assert numbers.all() == [1, 2]
        assert session.scalar(select(func.count(DocumentRow.id))) == 1


def test_facts_stated_later_fill_gaps_and_replace_nothing(database: Database) -> None:
    store(database, published_at=None, title="Bridge")
    other = article(title="Another", outlet="The Pier")
    with database.reader() as session:
        assert not is_stored(session, identify(other), other, extractor="x", read_at=NOW)
    store(database, title="Another", outlet="The Pier")
    with database.reader() as session:
        document = session.scalars(select(DocumentRow)).one()
        assert (document.title, document.published_at) == ("Bridge", NOW)
        assert document.outlet is not None
        assert is_stored(session, identify(other), other, extractor="x", read_at=NOW)
        assert not is_stored(
            session, identify(other), other, extractor="a newer extractor", read_at=NOW
        )


def test_a_newer_extractor_replaces_only_what_nobody_settled(database: Database) -> None:
    text_ = TEXT + MORE
    decided, replaced = store(
        database, proposal(text_), replace(proposal(text_, "money was lost")), text=text_
    )
    settle(database, decided)
    better = replace(proposal(text_, "that money was lost"), score=0.5)
    newer = make_run("ingest", ["a.txt"], "0", "newer")
    claims = store(database, replace(proposal(text_), score=0.1), better, text=text_, run=newer)
    assert decided in claims
    assert replaced not in claims
    with database.reader() as session:
        row = session.get_one(ClaimRow, decided)
        assert (row.status, row.extractor_score, row.revision) == ("accepted", 0.9, 1)
        assert len(claims) == 2


@pytest.mark.parametrize("field", ["links", "refused_links"])
def test_a_newer_extractor_leaves_the_other_end_of_what_was_settled(
    database: Database, field: str
) -> None:
    text_ = TEXT + MORE
    decided, end = store(
        database, proposal(text_), replace(proposal(text_, "money was lost"), score=0.4), text=text_
    )
    settle(database, decided)
    with database.writer() as session:
        reviewer = add_reviewer(session, "Cleo")
    edit_claim(database, decided, reviewer, **{field: [{"b": str(end), "kind": "same_words"}]})
    newer = make_run("ingest", ["a.txt"], "0", "newer")
    assert end in store(database, proposal(text_), text=text_, run=newer)


def test_full_names_are_one_source_and_lone_surnames_are_not(database: Database) -> None:
    lone = Hop("Quill", SourceKind.PERSON, spans_of(TEXT, "Quill"), (), mode=Mode.SAYS)
    for number in range(2):
        store(database, external_id=f"full{number}")
        store(database, replace(proposal(), chain=(lone,)), external_id=f"lone{number}")
    with database.reader() as session:
        names = session.scalars(select(SourceRow.name).order_by(SourceRow.name)).all()
    assert names == ["Ada Quill", "Harbour Agency", "Quill", "Quill"]


def test_a_voice_nobody_knows_has_no_source(database: Database) -> None:
    unknown = Hop(None, SourceKind.PERSON, spans_of(TEXT + MORE, "She"), ())
    [claim] = store(
        database,
        replace(proposal(TEXT + MORE, "money was lost"), chain=(unknown,)),
        text=TEXT + MORE,
    )
    with database.reader() as session:
        assert session.get_one(ClaimRow, claim).speaker is None
        assert session.scalars(select(AttributionRow.mention)).all() == ["She"]


def test_a_problem_is_kept_once(database: Database) -> None:
    problem = Problem("a.jsonl", Reason.BAD_JSON, "no closing brace", line=3, value="{")
    with database.writer() as session:
        assert save_problem(session, problem, RUN)
    with database.writer() as session:
        assert has_problem(session, problem)
        assert not save_problem(session, problem, RUN)


def test_writers_of_the_same_articles_end_in_the_same_rows(database: Database) -> None:
    def write(_: int) -> None:
        for number in range(10):
            store(database, external_id=f"doc{number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    stored = counts(database)
    assert (stored["document"], stored["claim"], stored["source"]) == (10, 10, 2)


def test_a_text_that_breaks_the_extractor_is_a_problem_and_the_next_goes_on(
    database: Database,
) -> None:
    def propose(words: str, _: object) -> list[object]:
        if "explode" in words:
            raise ValueError("no root")
        return []

    records = [article("explode", place="b.txt"), article()]
    outcomes = list(
        ingest_articles(database, records, propose, run=RUN, clock=lambda: NOW)  # type: ignore[arg-type]
    )
    assert [outcome.new for outcome in outcomes] == [True, True]
    [problem] = (outcome.record for outcome in outcomes if isinstance(outcome.record, Problem))
    assert (problem.place, problem.reason) == ("b.txt", "extraction-failed")
    assert counts(database)["document"] == 1


def test_ids_are_made_of_the_article_alone() -> None:
    assert identify(article()) == identify(article(title="T", byline="B"))
    other = identify(article(url="https://example.org/a"))
    assert other.document != identify(article()).document
    assert other.sha256 == identify(article()).sha256


@pytest.mark.parametrize("year", [1, 9999])
def test_the_first_and_last_years_can_be_stored(database: Database, year: int) -> None:
    moment = datetime(year, 1, 1, tzinfo=UTC)
    store(database, published_at=moment)
    with database.reader() as session:
        assert session.scalar(select(DocumentRow.published_at)) == moment
        assert session.scalar(text("SELECT count(*) FROM claims_v1.documents")) == 1


def test_ids_keep_their_form() -> None:
    id_ = identify(article()).document
    assert (id_.version, id_.variant) == (8, uuid.RFC_4122)
