"""The API as `claims desk` serves it: behind the desk's guard, at /api/v1."""

import pytest
from starlette.routing import Mount
from starlette.testclient import TestClient

from claims.api.app import create_api
from claims.api.scopes import Scope
from claims.api.server import Server
from claims.cli.context import fresh_id
from claims.database.engine import Database
from claims.desk.app import create_app
from claims.desk.desk import Desk
from tests.api.conftest import add_token
from tests.makers import settle, store

ORIGIN = "http://127.0.0.1:8311"


@pytest.fixture
def desk(database: Database) -> TestClient:
    """A program with a token at the desk's address."""
    api = Mount("/api/v1", create_api(Server(database, fresh_id)))
    return TestClient(
        create_app(Desk(database, ORIGIN, fresh_id), [api]),
        base_url=ORIGIN,
        headers={"Authorization": f"Bearer {add_token(database, Scope.READ)}"},
    )


def test_addresses_of_pages_are_whole(desk: TestClient, database: Database) -> None:
    for name in ("1", "2"):
        settle(database, store(database, external_id=name)[0])
    first = desk.get("/api/v1/claims?limit=1")
    assert first.headers["link"].startswith("</api/v1/claims?limit=1&after=")
    following = first.links["next"]["url"]
    second = desk.get(following)
    assert (len(second.json()["rows"]), second.json()["next"]) == (1, None)
    assert second.json()["rows"] != first.json()["rows"]


def test_headers_are_those_of_the_api(desk: TestClient) -> None:
    answer = desk.get("/api/v1/claims")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "access-control-allow-origin" not in desk.get("/about").headers


def test_errors_are_those_of_the_api(desk: TestClient) -> None:
    for path, status in (("claimz", 404), ("claims/x", 400), ("claims?limit=0", 400)):
        answer = desk.get(f"/api/v1/{path}")
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_foreign_host_is_refused_before(desk: TestClient) -> None:
    assert desk.get("/api/v1/claims", headers={"Host": "evil.example"}).status_code == 421
