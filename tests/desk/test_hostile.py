"""What is not there, what is sent on purpose to break something, and a database that goes away."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import URL, create_engine, text
from starlette.routing import Mount
from starlette.testclient import TestClient

from claims.api.app import create_api
from claims.api.server import Server
from claims.cli.context import fresh_id
from claims.database.engine import Database
from claims.desk.app import create_app
from claims.desk.desk import Desk
from tests.desk.conftest import ORIGIN, OWN, Sit
from tests.review.conftest import Room

HOSTILE = (
    "0", "-1", "x", "null", "undefined", "NaN", "true", "1e309", "0x41", "𝟙",
    "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "{00000000-0000-0000-0000-000000000000}", "urn:uuid:00000000-0000-0000-0000-000000000000",
    "00000000-0000-0000-0000-00000000000g", "00000000000000000000000000000000@1",
    "00000000-0000-0000-0000-000000000000@", "00000000-0000-0000-0000-000000000000@-1",
    "00000000-0000-0000-0000-000000000000@99999999999999999999", "@1",
    "'", '"', "';%20DROP%20TABLE%20claims.claim;--", "1%20OR%201=1", "%25", "%25%25", "*", "_",
    "%00", "a%00b", "%ff%fe", "%ed%a0%80", "%e2%80%ae", "%0a%0dSet-Cookie:%20a=b", "%20",
    "<script>alert(1)</script>", "%3Cimg%20src=x%20onerror=alert(1)%3E", "{{7*7}}", "{%25%25}",
    "..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e", "\\\\evil.example", "javascript:alert(1)",
    "a" * 4000, "é" * 300, "🌊", "٠١٢٣٤٥٦٧", "${jndi:ldap://evil.example}",
)  # fmt: skip
"""Ids that no claim has: of other kinds, of other languages, too long, with what shells, SQL, pages
and templates read."""

ADDRESSES = ("/claims/{}", "/claims/{}/export/csv", "/review/{}", "/{}", "/static/{}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_hostile_ids_are_not_found_in_words(sit: Sit, address: str) -> None:
    client = sit("Ann", "/review/empty").client
    for hostile in HOSTILE:
        answer = client.get(address.format(hostile))
        assert answer.status_code == 404, (hostile, answer.status_code)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "Traceback" not in answer.text
        assert "psycopg" not in answer.text
        assert "alert(1)</script>" not in answer.text
        assert "onerror=alert(1)>" not in answer.text
        assert "49" not in answer.text.partition("<main")[2].partition("</main")[0] or (
            "7*7" not in hostile
        )
        assert "set-cookie" not in answer.headers


def test_hostile_ids_of_forms_are_not_found_either(sit: Sit) -> None:
    client = sit("Ann", "/review/empty").client
    for what in ("", "/draft", "/lease", "/free"):
        for hostile in HOSTILE:
            answer = client.post(f"/review/{hostile}{what}")
            assert answer.status_code in {400, 404}, (hostile, what)
            assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "query",
    ["?order=%00", "?after=x", "?filter=%ff", "?filter=since:x", "?order[]=a", "?" + "a=b&" * 900,
     "?filter=" + "outlet:" * 100, "?after=%e2%80%ae", "?filter='%22%3E%3Cscript%3E"],
)  # fmt: skip
def test_hostile_settings_of_a_tab_are_said_in_words(sit: Sit, query: str) -> None:
    answer = sit("Ann", "/review/empty").open(f"/review{query}")
    assert answer.status_code in {200, 400}
    assert "<script>" not in answer.text


@pytest.fixture
def whole(database: Database) -> Iterator[TestClient]:
    """The desk with the API, as `claims desk` serves it."""
    api = Mount("/api/v1", create_api(Server(database, fresh_id)))
    app = create_app(Desk(database, ORIGIN, fresh_id), [api])
    with TestClient(
        app, base_url=ORIGIN, follow_redirects=False, raise_server_exceptions=False
    ) as client:
        yield client


def test_an_address_says_all_methods_that_it_is_asked_by(whole: TestClient) -> None:
    allowed = {
        "/api/v1/claims": "GET, HEAD",
        "/api/v1/decisions": "GET, HEAD, POST",
        "/api/v1/articles": "POST",
        "/api/v1/proposals": "GET, HEAD, POST",
        "/enter": "GET, HEAD, POST",
        "/review/x": "GET, HEAD, POST",
        "/review/undo": "GET, HEAD, POST",
        "/about": "GET, HEAD",
    }
    for path, methods in allowed.items():
        answer = whole.request("DELETE", path, headers=OWN)
        assert (path, answer.status_code, answer.headers["allow"]) == (path, 405, methods)


def test_the_guard_refuses_programs_in_the_shape_of_the_api(whole: TestClient) -> None:
    """RFC 9457: whoever refuses, the desk's guard or the API, the members are the same."""
    missing = whole.get("/api/v1/nothing").json()
    refused = [
        whole.get("/api/v1/claims", headers={"host": "evil.example"}),
        whole.post("/api/v1/decisions", headers={"origin": "null"}),
        whole.post("/api/v1/articles", headers=OWN, content=b"x" * ((2 << 20) + 1)),
    ]
    assert [answer.status_code for answer in refused] == [421, 403, 415]
    for answer in refused:
        assert answer.headers["content-type"] == "application/problem+json"
        body = answer.json()
        assert body.keys() == missing.keys()
        assert body["type"] == f"urn:claims:error:{body['code']}"


@contextmanager
def away(database: Database) -> Iterator[None]:
    """The database takes no connection, and those that it had are cut."""
    name = database.url.database
    server = create_engine(database.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    allow = f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS '
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
    with server.connect() as connection:
        connection.execute(text(f"{allow} false"))
        connection.execute(cut, {"name": name})
        try:
            yield
        finally:
            connection.execute(text(f"{allow} true"))
    server.dispose()


def test_a_database_that_goes_away_keeps_what_was_typed(
    sit: Sit, room: Room, database: Database
) -> None:
    [claim, *_] = room.store()
    ann = sit("Ann", f"/review/{claim}")
    words = 'A note with <b>signs</b> & "quotes"\nin two lines'
    with away(database):
        page = ann.press("note", note=words)
        assert page.status_code == 503
        assert "The database does not answer" in page.text
        assert ann.find("//main//textarea[@name='note-text']/text()") == [" ".join(words.split())]
        assert ann.send_again().status_code == 503
    assert ann.send_again().status_code == 200
    assert room.sql("SELECT action, reason FROM claims.decision") == [
        ("note", " ".join(words.split()))
    ]


def test_a_session_that_ends_keeps_what_was_typed(sit: Sit, room: Room, database: Database) -> None:
    [claim, *_] = room.store()
    ann = sit("Ann", f"/review/{claim}")
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE claims.desk_session SET began_at = now() - interval '8 d'"))
    page = ann.press("note", note="half a thought")
    assert page.status_code == 401
    assert ann.find("//main//textarea/text()") == ["half a thought"]


def test_no_page_repeats_a_secret() -> None:
    nowhere = URL.create("postgresql+psycopg", host="127.0.0.1", port=1, database="none")
    desk = Desk(Database(nowhere, keep=True), ORIGIN, fresh_id)
    with TestClient(create_app(desk), base_url=ORIGIN, headers=OWN) as client:
        answer = client.post("/enter", data={"token": "hush-hush", "name": "Ann"})
    assert "hush-hush" not in answer.text
