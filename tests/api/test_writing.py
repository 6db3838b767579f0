"""Decisions, articles and proposals that programs send."""

import json
import uuid
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from claims.api.bodies import LONGEST_BODY, LONGEST_TEXT
from claims.api.scopes import Scope
from claims.api.server import Server
from claims.cli.context import fresh_id
from claims.database.engine import Database
from claims.ingest import extractor
from claims.model.decision import Signature
from claims.review.policy import Policy, SecondReading
from claims.review.second_review import save_policy
from tests.api.conftest import Client, add_token, client_of
from tests.in_process import load_parser
from tests.makers import MORE, TEXT, add_reviewer, store


@pytest.fixture(autouse=True)
def one_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """One parser a worker: loading it takes a second."""
    monkeypatch.setattr(extractor, "_parser", load_parser)


def decide(client: TestClient, of: object, key: str | None = None, **fields: Any) -> Response:  # noqa: ANN401 - JSON
    """Send a decision."""
    body = {"claim": str(of), "revision": 0, "action": "accept"} | fields
    # Not as httpx writes JSON: it would refuse half a surrogate pair itself.
    headers = {"Idempotency-Key": key or uuid.uuid4().hex, "Content-Type": "application/json"}
    return client.post("/decisions", content=json.dumps(body), headers=headers)


def ledger(database: Database) -> list[tuple[int, str, str]]:
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT no, reviewer, action FROM claims_v1.decisions ORDER BY no"
        )
        return [tuple(row) for row in rows]


def test_a_decision_is_in_the_ledger(client: Client, database: Database) -> None:
    [claim] = store(database)
    answer = decide(client(Scope.DECIDE), claim, changes={"statement": "The bridge is safe."})
    assert answer.status_code == 200, answer.text
    [decision] = answer.json()["decisions"]
    assert (decision["no"], decision["claim"], decision["revision"]) == (1, str(claim), 1)
    assert ledger(database) == [(1, "Ann", "accept")]
    row = client(Scope.READ).get(f"/claims/{claim}").json()
    assert (row["status"], row["statement"]) == ("accepted", "The bridge is safe.")


def test_what_follows_from_the_words_changes_with_them(client: Client, database: Database) -> None:
    [claim] = store(database)
    start = TEXT.index("bridge")
    changes = {"content": [[start, start + len("bridge is safe")]]}
    assert decide(client(Scope.DECIDE), claim, changes=changes).status_code == 200
    row = client(Scope.READ).get(f"/claims/{claim}").json()
    assert (row["content"], row["form"]) == ("bridge is safe", "quote")


def test_the_same_key_decides_once(client: Client, database: Database) -> None:
    [claim] = store(database)
    program = client(Scope.DECIDE)
    first, again = (decide(program, claim, "k1") for _ in range(2))
    assert (first.status_code, first.json()) == (200, again.json())
    assert ledger(database) == [(1, "Ann", "accept")]
    reused = decide(program, claim, "k1", action="withdraw", revision=1, reason="no")
    assert (reused.status_code, reused.json()["code"]) == (422, "key-reused")
    # Another token's key of the same name is another key.
    other = decide(client(Scope.DECIDE), claim, "k1", action="withdraw", revision=1, reason="no")
    assert other.status_code == 200
    assert len(ledger(database)) == 2


def test_both_versions_of_what_changed_meanwhile(client: Client, database: Database) -> None:
    [claim] = store(database)
    program = client(Scope.DECIDE)
    decide(program, claim, changes={"venue": "on the pier"})
    late = decide(program, claim, action="reject", reason="not hers", changes={"venue": "at home"})
    assert (late.status_code, late.json()["code"]) == (409, "changed-meanwhile")
    yours = {"revision": 0, "action": "reject", "changes": {"venue": "at home"}}
    assert late.json()["yours"] == yours
    current = late.json()["current"]
    assert (current["revision"], current["fields"]["venue"]) == (1, "on the pier")
    assert len(ledger(database)) == 1


def test_split_and_merge(client: Client, database: Database) -> None:
    [claim] = store(database)
    program = client(Scope.DECIDE)
    split = decide(program, claim, action="split", offset=TEXT.index("is safe"))
    assert split.status_code == 200, split.text
    made = [one["claim"] for one in split.json()["decisions"] if one["claim"] != str(claim)]
    assert len(made) == 2
    rows = client(Scope.READ, Scope.REVIEW).get("/proposals").json()["rows"]
    revision = {row["claim"]: row["revision"] for row in rows}
    merged = decide(program, made[0], action="merge", other=made[1], revision=revision[made[0]])
    assert merged.status_code == 200, merged.text


def test_a_sealed_reading_tells_nothing(client: Client, database: Database) -> None:
    [claim] = store(database)
    with database.writer() as session:
        reviewer = add_reviewer(session, "Zoe")
        save_policy(session, Policy(SecondReading.ALL), Signature(uuid.uuid4(), reviewer, "0"))
    program = client(Scope.DECIDE)
    answer = decide(program, claim, "k1")
    assert answer.json() == {"claim": str(claim), "sealed": True, "decisions": []}
    assert decide(program, claim, "k1").json() == answer.json()
    reused = decide(program, claim, "k1", action="reject", reason="not hers")
    assert (reused.status_code, reused.json()["code"]) == (422, "key-reused")
    assert ledger(database) == []


def test_two_readings_that_agree_are_one_decision(database: Database) -> None:
    [claim] = store(database)
    with database.writer() as session:
        reviewer = add_reviewer(session, "Zoe")
        save_policy(session, Policy(SecondReading.ALL), Signature(uuid.uuid4(), reviewer, "0"))
    one = client_of(Server(database, fresh_id), add_token(database, Scope.DECIDE, signer="Ann"))
    other = client_of(Server(database, fresh_id), add_token(database, Scope.DECIDE, signer="Bo"))
    assert decide(one, claim, "k1").json()["sealed"]
    [decision] = decide(other, claim, "k2").json()["decisions"]
    assert (decision["action"], decision["revision"]) == ("accept", 1)
    # Whoever read first learns of it with the key of the reading.
    assert decide(one, claim, "k1").json()["decisions"] == [decision]


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"action": "reject"}, 400, "reason-missing"),
        ({"action": "withdraw", "reason": "x"}, 409, "not-allowed"),
        ({"action": "delete"}, 400, "bad-body"),
        ({"action": "split"}, 400, "bad-change"),
        ({"action": "merge", "other": str(uuid.UUID(int=1))}, 404, "unknown-id"),
        ({"revision": -1}, 400, "bad-body"),
        ({"revision": "0"}, 400, "bad-body"),
        ({"revision": None}, 400, "bad-body"),
        ({"claim": "x"}, 400, "bad-body"),
        ({"claim": str(uuid.UUID(int=1))}, 404, "unknown-id"),
        ({"changes": {"status": "accepted"}}, 400, "bad-body"),
        ({"changes": {"words": "x"}}, 400, "bad-body"),
        ({"changes": {"content": [[0, 999_999]]}}, 400, "bad-change"),
        ({"changes": {"content": [[-1, 5]]}}, 400, "bad-body"),
        ({"changes": {"chain": []}}, 400, "bad-body"),
        ({"changes": {"statement": "a\0b"}}, 400, "bad-body"),
        ({"reason": "\ud800"}, 400, "bad-body"),
        ({"reason": "x" * 2001}, 400, "bad-body"),
        ({"sign_as": "Bo"}, 400, "bad-body"),
        ({"offset": 2**31}, 400, "bad-body"),
    ],
)
def test_what_is_refused(
    client: Client, database: Database, *, fields: dict[str, Any], status: int, code: str
) -> None:
    [claim] = store(database)
    answer = decide(client(Scope.DECIDE), claim, **fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert ledger(database) == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 9999, b"{}"])
def test_what_is_no_body(client: Client, body: bytes) -> None:
    program = client(Scope.DECIDE, Scope.INGEST, Scope.PROPOSE)
    for path in ("/decisions", "/articles", "/proposals"):
        headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}
        answer = program.post(path, content=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad-body"), answer.text
        plain = program.post(path, content=body, headers={"Content-Type": "text/plain"})
        assert (plain.status_code, plain.json()["code"]) == (415, "wrong-content-type")


def test_what_is_too_large(client: Client) -> None:
    program = client(Scope.INGEST, Scope.PROPOSE)
    large = program.post("/articles", json={"text": "x" * LONGEST_BODY})
    assert (large.status_code, large.json()["code"]) == (413, "body-too-large")
    assert program.post("/proposals", json={"text": "x" * (LONGEST_TEXT + 1)}).status_code == 400


@pytest.mark.parametrize("key", [None, "", "x" * 201])
def test_a_decision_needs_a_key(client: Client, database: Database, key: str | None) -> None:
    [claim] = store(database)
    headers = {} if key is None else {"Idempotency-Key": key}
    body = {"claim": str(claim), "revision": 0, "action": "accept"}
    answer = client(Scope.DECIDE).post("/decisions", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-parameter")


def test_a_closed_reviewer_signs_nothing(client: Client, database: Database) -> None:
    [claim] = store(database)
    program = client(Scope.DECIDE)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE claims.reviewer SET closed_at = now()")
    answer = decide(program, claim)
    assert (answer.status_code, answer.json()["code"]) == (403, "reviewer-closed")


def test_an_article_is_stored_once(client: Client) -> None:
    program = client(Scope.INGEST)
    article = {"text": TEXT, "doc_id": "pier-1", "outlet": "The Pier", "published": "2026-05-04"}
    first, again = (program.post("/articles", json=article) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == {"articles": 1, "stored_before": 0, "claims": 1, "problems": []}
    assert again.json()["stored_before"] == 1
    [row] = client(Scope.READ, Scope.REVIEW).get("/proposals").json()["rows"]
    assert (row["speaker"], row["outlet"]) == ("Ada Quill", "The Pier")


def test_the_clock_of_a_publication_is_kept(client: Client, database: Database) -> None:
    words = TEXT.replace(" said ", " said today ", 1)
    article = {"text": words, "doc_id": "pier-1", "published": "2026-03-01T00:30:00+05:30"}
    assert client(Scope.INGEST).post("/articles", json=article).status_code == 201
    with database.engine.connect() as connection:
        [row] = connection.exec_driver_sql(
            "SELECT d.published_offset, lower(c.said_on)::text FROM claims.document AS d"
            " JOIN claims.document_version AS v ON v.document = d.id"
            " JOIN claims.claim AS c ON c.version = v.id"
        )
    assert tuple(row) == (330, "2026-03-01")


def test_an_article_that_cannot_be_read(client: Client) -> None:
    answer = client(Scope.INGEST).post("/articles", json={"text": " "})
    assert (answer.status_code, answer.json()["code"]) == (422, "article-not-read")
    assert answer.json()["problems"][0]["field"] == "text"


def test_an_article_is_stored_without_a_field_that_does_not_fit(client: Client) -> None:
    answer = client(Scope.INGEST).post("/articles", json={"text": TEXT, "published": "someday"})
    assert (answer.status_code, answer.json()["articles"]) == (201, 1)
    [problem] = answer.json()["problems"]
    assert (problem["field"], problem["value"]) == ("published", "'someday'")


def test_proposals_store_nothing(client: Client, database: Database) -> None:
    answer = client(Scope.PROPOSE).post(
        "/proposals", json={"text": TEXT, "published": "2026-05-06"}
    )
    [proposal] = answer.json()["attributions"]
    [[start, end]] = proposal["content"]
    assert (proposal["speaker"], TEXT[start:end][:9]) == ("Ada Quill", '"the brid')
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM claims.run").scalar_one() == 0


def test_a_mistyped_parameter_is_refused(client: Client) -> None:
    answer = client(Scope.PROPOSE).post("/proposals?publish=1", json={"text": MORE})
    assert (answer.status_code, answer.json()["place"]) == (400, "publish")
