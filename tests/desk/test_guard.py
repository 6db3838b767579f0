"""What stands before every page: foreign hosts, foreign pages, length, headers, errors in words."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from sqlalchemy import URL
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from claims.cli.context import fresh_id
from claims.database.engine import Database
from claims.desk.app import create_app
from claims.desk.desk import Desk
from claims.desk.guard import LONGEST_BODY
from tests.desk.conftest import ORIGIN, client_of


async def change(request: Request) -> Response:
    """Stands for any page that changes something."""
    return PlainTextResponse(f"{len(await request.body())} bytes")


def fail(_request: Request) -> Response:
    """Stands for a page with a mistake in it."""
    raise ZeroDivisionError("secret words")


def list_all(_request: Request) -> Response:
    """Stands for the page of a long article."""
    return PlainTextResponse("The ferry will stop. " * 3_000)


ROUTES = (
    Route("/long", list_all),
    Route("/change", change, methods=["POST"]),
    Route("/api/v1/change", change, methods=["POST"]),
    Route("/mistake", fail),
)


@pytest.fixture
def desk(shared_database: Database) -> Desk:
    return Desk(shared_database, ORIGIN, fresh_id)


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    app = create_app(desk, ROUTES)
    with TestClient(app, base_url=ORIGIN, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "same-origin", "origin": ORIGIN, "cookie": "a=b"}, 200),
        ({"origin": ORIGIN, "cookie": "a=b"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        # Another port of the same machine is the same site, and another program.
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:8000"}, 403),
        ({"origin": "https://127.0.0.1:8311"}, 403),
        ({"origin": f"{ORIGIN}.evil.example"}, 403),
        ({"cookie": "a=b"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/change", "/api/v1/change"])
def test_only_the_desks_own_pages_change_something(
    client: TestClient, headers: Mapping[str, str], status: int, path: str
) -> None:
    assert client.post(path, headers=headers).status_code == status


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8311", "127.0.0.1", "127.0.0.1:80", ""]
)
def test_another_hosts_name_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/about", headers={"host": host})
    assert answer.status_code == 421
    assert "not the address of the desk" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8311", "localhost:8311", "[::1]:8311"])
def test_the_desks_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/about", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/about", "/nothing", "/mistake", "/static/desk.css"])
def test_every_answer_says_what_a_browser_may_do_with_it(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert not [one for one in policy if "unsafe" in one or "http" in one]
    assert {"frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"} <= {*policy}
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


def test_pages_are_not_stored_and_files_are_until_they_change(client: TestClient) -> None:
    assert client.get("/about").headers["cache-control"] == "no-store"
    page = client.get("/about").text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "immutable" in client.get(address).headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/about/", "/ABOUT", "/static/../app.py", "/static/%2e%2e/app.py", "/%00",
     "/<script>", "/static/", "/nothing/%ff"],
)  # fmt: skip
def test_what_is_not_there_is_said_in_words(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert "<script>" not in answer.text.replace("<script type", "")


def test_a_page_asked_for_in_another_way_is_said_in_words(client: TestClient) -> None:
    answer = client.get("/change")
    assert (answer.status_code, "not asked for in this way" in answer.text) == (405, True)


def test_a_mistake_of_ours_is_a_page_without_its_words(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = client.get("/mistake")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert capsys.readouterr().err == "error[internal] /mistake: ZeroDivisionError: secret words\n"


def test_an_article_is_taken_and_a_file_is_not(client: TestClient) -> None:
    assert client.post("/change", content=b"x" * LONGEST_BODY).text == f"{LONGEST_BODY} bytes"
    answer = client.post("/change", content=b"x" * (LONGEST_BODY + 1))
    assert (answer.status_code, "more than" in answer.text) == (413, True)


def test_a_desk_that_only_shows_refuses_every_change(desk: Desk) -> None:
    app = create_app(replace(desk, read_only=True), ROUTES)
    with TestClient(app, base_url=ORIGIN) as client:
        assert client.get("/about").status_code == 200
        answer = client.post("/change")
        assert (answer.status_code, "only shows" in answer.text) == (403, True)


def test_programs_are_refused_in_their_own_form(client: TestClient) -> None:
    answer = client.post("/api/v1/change", headers={"origin": "null"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["status"], answer.json()["code"]) == (403, "foreign-request")


def test_a_database_that_is_away_is_one_page_in_words() -> None:
    nowhere = URL.create("postgresql+psycopg", host="127.0.0.1", port=1, database="none")
    with client_of(Desk(Database(nowhere, keep=True), ORIGIN, fresh_id)) as client:
        answer = client.get("/about")
    assert answer.status_code == 503
    assert "The database does not answer" in answer.text
    assert "Traceback" not in answer.text


def test_a_long_page_is_packed_for_whoever_takes_it(client: TestClient) -> None:
    packed = client.get("/long", headers={"accept-encoding": "gzip"})
    plain = client.get("/long", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.num_bytes_downloaded < 6_000 < plain.num_bytes_downloaded == 63_000
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert {packed.headers["vary"], plain.headers["vary"]} == {"Accept-Encoding"}
    short = client.get("/mistake", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in short.headers
