"""Who comes in: once by each printed address, under a name, until the session ends."""

import re

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from claims.database.engine import Database
from claims.desk.desk import Desk
from tests.desk.conftest import Sit, client_of, entrance_of
from tests.review.conftest import Room

COOKIE = "claims-8311"


def enter(client: TestClient, address: str, name: str = "Ann") -> int:
    return client.post(
        "/enter", data={"token": address.partition("=")[2], "name": name}
    ).status_code


def test_an_address_lets_one_browser_in(desk: Desk, room: Room) -> None:
    address = entrance_of(desk)
    with client_of(desk) as one, client_of(desk) as other:
        # Opening it changes nothing: whoever only looks, such as a preview, does not use it up.
        assert one.get(address).status_code == other.get(address).status_code == 200
        assert room.sql("SELECT 1 FROM claims.reviewer") == []
        assert enter(one, address, "  Ann   Other ") == 303
        assert enter(other, address) == other.get(address).status_code == 403
        assert room.sql("SELECT name FROM claims.reviewer") == [("Ann Other",)]
        assert (one.get("/review").status_code, other.get("/review").status_code) == (303, 401)


@pytest.mark.parametrize("token", ["", "x", "é", "A" * 500])
def test_no_other_token_lets_anybody_in(stranger: TestClient, token: str) -> None:
    answer = stranger.post("/enter", data={"token": token, "name": "Ann"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


def test_nobody_comes_in_without_a_name(desk: Desk, stranger: TestClient) -> None:
    address = entrance_of(desk)
    assert enter(stranger, address, "  ") == 400
    assert enter(stranger, address, "Ann") == 303


def test_the_cookie_is_for_the_desk_alone(desk: Desk, stranger: TestClient) -> None:
    answer = stranger.post(
        "/enter", data={"token": entrance_of(desk).partition("=")[2], "name": "Ann"}
    )
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=")
    assert {"httponly", "path=/", "samesite=lax"} <= set(cookie.split("; "))
    assert "domain" not in cookie


def test_a_token_of_somebody_elses_is_not_taken_over(desk: Desk, room: Room) -> None:
    """Session fixation: what stands in the browser before is worth nothing after."""
    with client_of(desk) as client:
        before = {"cookie": f"{COOKIE}=chosen"}
        sent = {"token": entrance_of(desk).partition("=")[2], "name": "Ann"}
        answer = client.post("/enter", data=sent, headers=before)
        assert f"{COOKIE}=chosen" not in answer.headers["set-cookie"]
        client.cookies.clear()
        assert client.get("/review", headers=before).status_code == 401
    assert room.sql("SELECT count(*) FROM claims.desk_session") == [(1,)]


def test_the_database_holds_no_token(sit: Sit, room: Room) -> None:
    token = sit().client.cookies[COOKIE]
    [(stored,)] = room.sql("SELECT encode(token_digest, 'escape') FROM claims.desk_session")
    assert token not in stored


@pytest.mark.parametrize(
    "ended",
    [
        "UPDATE claims.desk_session SET seen_at = now() - interval '13 hours'",
        "UPDATE claims.desk_session SET began_at = now() - interval '8 days'",
        "UPDATE claims.reviewer SET closed_at = now()",
    ],
)
def test_a_session_ends(sit: Sit, database: Database, ended: str) -> None:
    ann = sit()
    assert ann.open("/review").status_code == 200
    with database.engine.begin() as connection:
        connection.execute(text(ended))
    answer = ann.open("/review")
    assert (answer.status_code, "Nobody is signed in here" in answer.text) == (401, True)
    assert "the address that <code>claims desk</code> printed last" in answer.text


def test_signing_out_here_leaves_other_browsers_alone(sit: Sit) -> None:
    here, there = sit("Ann"), sit("Ann")
    token = here.client.cookies[COOKIE]
    assert here.client.post("/leave").status_code == 303
    here.client.cookies.clear()
    old = {"cookie": f"{COOKIE}={token}"}
    assert here.client.get("/review", headers=old).status_code == 401
    assert there.open("/review").status_code == 200
    there.client.post("/leave", data={"everywhere": "yes"})
    assert there.open("/review").status_code == 401


def test_a_page_is_noted_at_most_once_a_minute(sit: Sit, room: Room, database: Database) -> None:
    ann = sit()
    seen = "SELECT seen_at FROM claims.desk_session"
    first = room.sql(seen)
    ann.open("/about")
    assert room.sql(seen) == first
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE claims.desk_session SET seen_at = now() - interval '1 h'"))
    ann.open("/about")
    assert room.sql(seen) > first


POSTS = (
    "/leave", "/review/undo", "/review/marked", "/review/keys", "/review/x", "/review/x/draft",
    "/review/x/lease", "/review/x/free", "/documents/x", "/documents/x/notices", "/ledger/x/undo",
    "/sources/x", "/ledger/verify", "/add", "/users/sign-out", "/links", "/links/reading",
    "/password",
)  # fmt: skip


@pytest.mark.parametrize("path", POSTS)
def test_nothing_is_changed_by_a_stranger_or_another_site(
    stranger: TestClient, sit: Sit, path: str
) -> None:
    assert stranger.post(path).status_code == 401
    ann = sit()
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
                    {"origin": "null"}, {"origin": "https://evil.example"}):  # fmt: skip
        assert ann.client.post(path, headers=headers).status_code == 403


def test_every_route_that_changes_something_is_in_the_list_above(desk: Desk) -> None:
    paths = {
        re.sub(r"\{\w+\}", "x", route.path)
        for route in client_of(desk).app.routes  # type: ignore[attr-defined]
        if "POST" in (getattr(route, "methods", None) or ())
    }
    assert paths == {*POSTS, "/enter", "/login"}
