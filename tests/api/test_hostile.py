"""Hostile addresses, parameters and methods: one shape, no traceback, no server error."""

from collections.abc import Iterator

import pytest
from httpx2 import Response
from sqlalchemy import URL
from starlette.testclient import TestClient

from claims.api.errors import STATUSES
from claims.api.resources import RESOURCES
from claims.api.scopes import Scope
from claims.api.server import Server
from claims.cli.context import fresh_id
from claims.database.engine import Database
from tests.api.conftest import add_token, client_of

ID = "0190a5e4-7c1e-7d3a-9b1a-0123456789ab"
MEMBERS = {"type", "title", "status", "detail", "code", "place", "remedy"}

ADDRESSES = [
    "/", "", "//claims", "/claims/", "/claims/1", "/claims/%00", f"/claims/{ID}/",
    f"/claims/{ID}/x",
    f"/claims/{{{ID}}}", f"/claims/{ID}%20", f"/claims/urn:uuid:{ID}", "/claims/..%2f..%2fetc",
    "/claims/' OR 1=1 --", "/claims/%ff%fe", "/claims/" + "9" * 5000, f"/claims/{ID}@2",
    "/decisions/-1e9", "/decisions/99999999999999999999", "/decisions/1;DROP TABLE x",
    "/attributions/x", "/claimz", "/users", "/../claims/x", "/claims/<script>alert(1)</script>",
    "/openapi.yaml", "/releases/spring", "/.git/config", "/static/desk.css",
]  # fmt: skip

PARAMETERS = [
    "limit=0", "limit=-1", "limit=1001", "limit=1e3", "limit=", "limit=01", "limit=１",
    "limit=1&limit=2", "limit=" + "9" * 5000, "after=", "after=x", "after=!!", "after=W10",
    "after=WyJ4Il0", "after=eyJhIjoxfQ", "after=bnVsbA", "after=" + "A" * 10000, "fields=",
    "fields=words", "fields=claim,claim", "fields=claim%2Ccontent%27", "fields=claim&fields=claim",
    "as_of=soon", "as_of=2026-02-30", "as_of=9999-12-31T23:59:59.999999",
    "as_of=0001-01-01T00:00%2B23:59",
    "as_of=2026-01-01&release=x", "release=%00", "since=yesterday",
    "claim=x", "claim=", "claim=%00", "revision=1.5", "revision=99999999999",
    "published_at=2026-01-01T00:00",
    "published_at=x", "content=%00", "content=%ff", "content=%ef%bf", "extractor_score=0.5",
    "said_on=x", "where=1",
    "claim[]=x", "order=claim", "__proto__=x", "status=proposed%00", "=x",
    "&".join([f"claim={ID}"] * 101),
]  # fmt: skip


@pytest.fixture(scope="module")
def client(shared_database: Database) -> TestClient:
    """A program that may read everything."""
    secret = add_token(shared_database, Scope.READ, Scope.REVIEW)
    return client_of(Server(shared_database, fresh_id), secret)


def is_problem(answer: Response, *statuses: int) -> bool:
    """Whether an answer is an error in the one shape, with one of these statuses."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    assert set(body) >= MEMBERS
    assert (body["status"], body["type"]) == (
        answer.status_code,
        f"urn:claims:error:{body['code']}",
    )
    assert "Traceback" not in answer.text
    assert "psycopg" not in answer.text
    assert "SELECT" not in answer.text
    return answer.status_code in statuses


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses(client: TestClient, address: str) -> None:
    assert is_problem(client.get(f"http://testserver{address}"), 400, 404)


@pytest.mark.parametrize("query", PARAMETERS)
def test_parameters(client: TestClient, query: str) -> None:
    assert is_problem(client.get(f"/claims?{query}"), 400, 404)


@pytest.mark.parametrize("query", ["q=a&as_of=2026-01-01", "q=a&release=x", "limit=1", "q=a&x=1"])
def test_a_state_of_the_past_is_not_searched(client: TestClient, query: str) -> None:
    assert is_problem(client.get(f"/search?{query}"), 400)


def test_conditions_that_only_look_odd_are_values(client: TestClient) -> None:
    for value in ("'", '"', "%25", "\\", "$1", ":x", "%27%3B+DROP+TABLE+claims.claim%3B--", "%0A"):
        answer = client.get(f"/claims?content={value}")
        assert (answer.status_code, answer.json()["rows"]) == (200, [])


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "x"])
def test_methods(client: TestClient, method: str) -> None:
    answer = client.request(method, "/claims")
    assert is_problem(answer, 405)
    assert "GET" in answer.headers["allow"]


def test_a_dead_database_is_an_error_like_others() -> None:
    database = Database(URL.create("postgresql+psycopg", "nobody", None, "127.0.0.1", 1, "none"))
    client = client_of(Server(database, fresh_id, public=True))
    for resource in RESOURCES:
        if resource.public:
            answer = client.get(f"/{resource.name}")
            assert is_problem(answer, 503)
            assert (answer.json()["code"], answer.headers["retry-after"]) == ("no-server", "5")


def test_what_nobody_foresaw_is_an_error_like_others(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> Iterator[None]:
        raise RuntimeError("with\na secret")

    monkeypatch.setattr("claims.api.reading.load_rows", fail)
    answer = client.get("/claims")
    assert is_problem(answer, 500)
    assert "secret" not in answer.text
    assert capsys.readouterr().err == "error[api-failed] /claims: RuntimeError: with a secret\n"


def test_every_status_is_one_of_http() -> None:
    assert set(STATUSES.values()) <= {400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503}
