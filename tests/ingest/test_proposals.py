"""What other programs propose is checked word by word, stored beside, and decides nothing."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.ingest.proposals import ProposalsFile, ProposalsOutcome, ingest_proposals
from claims.ingest.run import make_run
from claims.model.problem import Problem
from claims.model.span import Span
from claims.readers.proposals import Extractor, read_proposals
from tests.makers import MORE, TEXT, proposal, settle, silent, store

ADDRESS = "https://example.org/bridge"
QUOTE = {"quote": "the bridge is safe", "speaker_words": "Ada Quill", "cue_words": "said"}
DENIAL = {"quote": "money was lost", "speaker_words": "She", "speaker": "Ada Quill"}


def lines_of(*attributions: Any, **more: Any) -> bytes:  # noqa: ANN401 - any JSON
    return json.dumps({"doc_id": ADDRESS, "attributions": attributions} | more).encode() + b"\n"


def bring(database: Database, raw: bytes, version: str = "1") -> list[ProposalsOutcome]:
    file = ProposalsFile(("p.jsonl",), "0", Extractor(name="other", version=version))
    return list(ingest_proposals(database, read_proposals("p.jsonl", io.BytesIO(raw)), file))


def problems_of(outcomes: list[ProposalsOutcome]) -> list[Problem]:
    return [problem for outcome in outcomes for problem in outcome.problems]


def claims_of(database: Database) -> list[tuple[Any, ...]]:
    query = (
        "SELECT c.text, s.name, c.form, c.status, r.extractor_version FROM claims.claim AS c"
        " JOIN claims.run AS r ON r.id = c.run LEFT JOIN claims.source AS s ON s.id = c.speaker"
        " ORDER BY c.content_spans"
    )
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


@pytest.fixture
def stored(database: Database) -> Database:
    """A database with one article, in which our extractor has found nothing."""
    store(database, url=ADDRESS, text=TEXT + MORE, run=make_run("ingest", ["a.txt"], "0", "9"))
    with database.writer() as session:
        session.execute(text("SELECT claims.replace_proposals(array_agg(id)) FROM claims.claim"))
    return database


def test_words_are_anchored_and_stored_with_the_program_as_run(stored: Database) -> None:
    outcomes = bring(stored, lines_of(QUOTE | {"score": 0.7}, DENIAL | {"mode": "denies"}))
    assert [(one.proposals, one.claims, one.problems) for one in outcomes] == [(2, 2, ())]
    assert claims_of(stored) == [
        ('"the bridge is safe"', "Ada Quill", "quote", "proposed", "other/1"),
        ("money was lost", "Ada Quill", "paraphrase", "proposed", "other/1"),
    ]
    with stored.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM claims.decision")) == 0


def test_the_same_lines_again_add_nothing(stored: Database) -> None:
    raw = lines_of(QUOTE, DENIAL)
    bring(stored, raw)
    before = claims_of(stored)
    assert [(one.proposals, one.claims) for one in bring(stored, raw)] == [(2, 0)]
    assert claims_of(stored) == before


def test_a_new_version_replaces_what_its_own_earlier_one_proposed(stored: Database) -> None:
    bring(stored, lines_of(QUOTE, DENIAL))
    bring(stored, lines_of(QUOTE), version="2")
    assert [(row[0], row[4]) for row in claims_of(stored)] == [('"the bridge is safe"', "other/2")]


def test_no_program_replaces_what_another_proposed_or_a_person_decided(database: Database) -> None:
    [ours] = store(database, url=ADDRESS, text=TEXT + MORE)
    bring(database, lines_of(DENIAL))
    bring(database, lines_of(extractor={"name": "third", "version": "1"}))
    # A newer version of ours that finds nothing takes its own away, and only that.
    newer = make_run("ingest", ["a.txt"], "0", "y")
    settle(database, ours)
    silent = [proposal(TEXT + MORE, "on Monday")]
    store(database, *silent, url=ADDRESS, text=TEXT + MORE, run=newer)
    rows = [(row[0], row[3], row[4]) for row in claims_of(database)]
    assert rows == [
        ('"the bridge is safe"', "accepted", "x"),
        ("on Monday", "proposed", "y"),
        ("money was lost", "proposed", "other/1"),
    ]


def test_offsets_count_the_text_as_it_came(database: Database) -> None:
    raw = "\ufeffOn Monday\r\nAda Quill said the bridge is safe.\r\n"
    cleaned = "On Monday\nAda Quill said the bridge is safe.\n"
    store(
        database,
        replace(silent(Span(20, 25)), said_on=None),
        url=ADDRESS,
        text=cleaned,
        archived=raw.encode(),
    )
    start = raw.index("Ada Quill said")
    offsets = {"content": [[start, start + 9]], "source": [], "cue": []}
    bring(database, lines_of(offsets))
    [row] = [row for row in claims_of(database) if row[4] == "other/1"]
    assert row[0] == "Ada Quill"
    start = cleaned.index("said")
    bring(database, lines_of({"content": [[start, start + 4]]}, text=cleaned))
    assert [row[0] for row in claims_of(database) if row[4] == "other/1"] == ["Ada Quill", "said"]
    other = problems_of(bring(database, lines_of(text="other")))
    assert [(one.field, one.reason) for one in other] == [("text", "words-not-found")]


HOSTILE: list[tuple[Any, str]] = [
    ({"quote": "the bridge was safe"}, "quote"),
    ({"quote": "…"}, "quote"),
    ({"quote": "e"}, "quote"),
    ({"quote": "the bridge is safe", "context": "said it was"}, "context"),
    ({"quote": "\ud800"}, "quote"),
    ({"content": [[0, 10**6]]}, "content"),
    ({"content": [[-5, 4]]}, "content"),
    ({"content": [[9, 12], [0, 4]]}, "content"),
    ({"content": [[0, 10**30]]}, "content"),
    ({"content": [[True, 4]]}, "content"),
    ({"content": [[1.5, 4]]}, "content"),
    ({"content": [[0]]}, "content"),
    ({"content": []}, ""),
    ({"content": [[0, 5]], "quote": "the bridge"}, "quote"),
    (QUOTE | {"speaker": "Somebody Else"}, "name"),
    (QUOTE | {"speaker": "Ada \u202eQuill"}, "name"),
    (QUOTE | {"speaker": "Ada\x1b[2J Quill"}, "name"),
    (QUOTE | {"speaker": "A" * 301}, "speaker"),
    (QUOTE | {"speaker_words": "Bob Stone"}, "speaker_words"),
    (QUOTE | {"cue_words": "shouted"}, "cue_words"),
    (QUOTE | {"score": 2}, "score"),
    (QUOTE | {"score": float("nan")}, "score"),
    (QUOTE | {"mode": "shouts"}, "mode"),
    (QUOTE | {"kind": "king"}, "kind"),
    (QUOTE | {"rule": "editor"}, ""),
    (QUOTE | {"chain": [{"name": "Ada Quill"}, {"name": "Harbour Agency"}]}, "chain"),
    (QUOTE | {"chain": [{"mention": [[6, 15]]}, {"mention": [[10, 20]]}]}, "mention"),
    (QUOTE | {"chain": [{}] * 21}, "chain"),
    (QUOTE | {"said_on": {"spans": [[0, 5]], "from": "soon", "to": "2026-05-04"}}, "from"),
    (QUOTE | {"said_on": {"spans": [[0, 5]], "from": "2026-05-04"}}, "said_on"),
    (7, "attributions"),
    (None, "attributions"),
    ([], "attributions"),
]


def test_what_does_not_fit_is_a_problem_and_the_others_are_stored(stored: Database) -> None:
    raw = lines_of(*(one for one, _ in HOSTILE), QUOTE)
    outcomes = bring(stored, raw)
    problems = {int(str(one.field).split(".")[1]): str(one.field) for one in problems_of(outcomes)}
    assert [name for at, (_, name) in enumerate(HOSTILE) if name not in problems[at]] == []
    assert len(problems) == len(HOSTILE)
    assert [row[0] for row in claims_of(stored)] == ['"the bridge is safe"']
    with stored.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM claims.problem")) == len(HOSTILE)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"{", "bad-json"),
        (b"[]", "bad-field"),
        (b"\xff", "bad-encoding"),
        (b'{"doc_id": "' + b"x" * (10 << 20) + b'", "attributions": []}', "too-large"),
        (b"[" * 100_000, "bad-json"),
        (lines_of(doc_id="nowhere"), "unknown-article"),
        (lines_of(doc_id="\ud800"), "bad-field"),
        (lines_of(doc_id="\0"), "unknown-article"),
        (lines_of(doc_id=""), "bad-field"),
        (lines_of(extractor={"name": "editor", "version": "1"}), "bad-field"),
        (lines_of(extractor={"name": "Claims", "version": "1"}), "bad-field"),
        (lines_of(extractor={"name": "a\nb", "version": "1"}), "bad-field"),
        (lines_of(extractor={"name": "a"}), "missing-field"),
        (lines_of(*([{}] * 5001)), "bad-field"),
    ],
)
def test_a_hostile_line_is_one_problem(stored: Database, raw: bytes, reason: str) -> None:
    outcomes = bring(stored, raw + b"\n" + lines_of(QUOTE))
    assert [one.reason for one in problems_of(outcomes)] == [reason]
    assert len(claims_of(stored)) == 1


def test_without_a_program_a_line_is_refused(stored: Database) -> None:
    records = read_proposals("p.jsonl", io.BytesIO(lines_of(QUOTE)))
    outcomes = list(ingest_proposals(stored, records, ProposalsFile(("p.jsonl",), "0")))
    assert [(one.reason, one.field) for one in problems_of(outcomes)] == [
        ("missing-field", "extractor")
    ]


def test_an_id_of_two_publishers_names_no_article(database: Database) -> None:
    for outlet in ("The Pier", "The Quay"):
        store(database, external_id="a1", outlet=outlet, text=f"{TEXT}{outlet} prints this.\n")
    [problem] = problems_of(bring(database, lines_of(QUOTE, doc_id="a1")))
    assert problem.detail == "more than one article has this id"
    with database.engine.connect() as connection:
        documents = connection.scalars(text("SELECT id::text FROM claims.document")).all()
    assert problems_of(bring(database, lines_of(QUOTE, doc_id=documents[0]))) == []


def test_repeated_words_need_a_context(database: Database) -> None:
    printed = 'Ada Quill said "it is safe". Later Bob Stone said "it is safe" too.\n'
    store(database, replace(silent(Span(0, 3)), said_on=None), url=ADDRESS, text=printed)
    [problem] = problems_of(bring(database, lines_of({"quote": "it is safe"})))
    assert problem.detail == "these words stand there 2 times: add a context"
    near = {"quote": "it is safe", "context": "Later Bob Stone said", "speaker_words": "Bob Stone"}
    bring(database, lines_of(near))
    [row] = [row for row in claims_of(database) if row[4] == "other/1"]
    assert row[:2] == ('"it is safe"', "Bob Stone")
