"""Accounts at a desk that others reach: signing in, roles, the proxy, laws of the database."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from lxml import html
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.routing import Route
from starlette.testclient import TestClient

from claims.cli.context import fresh_id
from claims.database.engine import Database
from claims.database.errors import ReaderOnlyError
from claims.desk.app import create_app
from claims.desk.desk import Desk
from claims.desk.passwords import digest_password, password_fits
from claims.ledger.accounts import MOST_BY_ADDRESS, MOST_BY_NAME, save_account
from claims.ledger.append import sign_in
from claims.ledger.reviewers import change_reviewer
from claims.model.kinds import Role
from tests.conftest import People
from tests.desk.conftest import OWN
from tests.in_process import connected, run
from tests.review.conftest import Room

SHARED = "https://desk.example"
COOKIE = "__Host-claims"
WORDS = "correct horse battery"
STORED = digest_password(WORDS)
TABLE = Path(__file__).with_name("roles.txt")


def add_account(database: Database, name: str, role: Role, stored: str | None = STORED) -> None:
    with database.writer() as session:
        save_account(session, sign_in(session, name, fresh_id()), name, stored)
        change_reviewer(session, name, role=role)


@pytest.fixture
def shared(database: Database) -> Desk:
    """A desk that others reach, with an account of each role, named for it."""
    for role in Role:
        add_account(database, role.value, role)
    return Desk(database, SHARED, fresh_id, accounts=True)


def client_of(desk: Desk, peer: str = "10.0.0.1") -> TestClient:
    """A browser at an address."""
    return TestClient(
        create_app(desk), base_url=SHARED, headers=OWN, follow_redirects=False,
        raise_server_exceptions=False, client=(peer, 50000),
    )  # fmt: skip


Come = Callable[..., TestClient]


@pytest.fixture
def come(shared: Desk) -> Iterator[Come]:
    """Somebody opens the desk and signs in."""
    with ExitStack() as stack:

        def begin(name: str = "", password: str = WORDS) -> TestClient:
            client = stack.enter_context(client_of(shared))
            if name:
                assert log_in(client, name, password) == 303
            return client

        yield begin


def log_in(client: TestClient, name: str, password: str = WORDS, **more: str) -> int:
    sent = {"name": name, "password": password, **more}
    return client.post("/login", data=sent).status_code


def test_who_signs_in_goes_on_to_the_page_that_was_asked_for(come: Come) -> None:
    client = come()
    asked = client.get("/review?order=oldest")
    assert asked.status_code == 303
    login = client.get(asked.headers["location"])
    assert 'value="/review?order=oldest"' in login.text
    sent = {"name": " reviewer ", "password": WORDS, "onward": "/review?order=oldest"}
    answer = client.post("/login", data=sent)
    assert answer.headers["location"] == "/review?order=oldest"
    assert client.get("/login").headers["location"] == "/"
    assert client.get("/review").status_code == 303


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "",
     "/a\r\nSet-Cookie: b=c", "\\\\evil.example", "/" * 3000],
)  # fmt: skip
def test_nobody_is_led_to_another_site(come: Come, onward: str) -> None:
    client = come()
    answer = client.post("/login", data={"name": "reviewer", "password": WORDS, "onward": onward})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_the_cookie_goes_by_tls_to_this_desk_alone(come: Come) -> None:
    answer = come().post("/login", data={"name": "reader", "password": WORDS})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    # `__Host-`: a browser takes it only with Secure and Path=/, and without Domain.
    parts = {part.strip().lower() for part in cookie.split(";")}
    assert {"secure", "httponly", "path=/", "samesite=lax"} <= parts
    assert "domain" not in cookie.lower()


def test_a_session_that_somebody_else_chose_is_worth_nothing(come: Come, room: Room) -> None:
    """Session fixation: before and after signing in the token is another."""
    client = come()
    client.cookies.set(COOKIE, "chosen", domain="desk.example")
    assert log_in(client, "reviewer") == 303
    first = client.cookies.get(COOKIE, domain="desk.example") or client.cookies[COOKIE]
    with TestClient(client.app, base_url=SHARED, follow_redirects=False) as other:
        assert other.get("/review", headers={"cookie": f"{COOKIE}=chosen"}).status_code == 303
        assert (
            other.get("/review", headers={"cookie": f"{COOKIE}=chosen"})
            .headers["location"]
            .startswith("/login")
        )
    assert room.sql("SELECT count(*) FROM claims.desk_session") == [(1,)]
    # Who signs in again in one browser has one session there, a new one.
    assert log_in(client, "reviewer") == 303
    assert first not in client.cookies.values()
    assert room.sql("SELECT count(*) FROM claims.desk_session") == [(1,)]


@pytest.mark.parametrize(
    ("name", "password"),
    [("reviewer", ""), ("reviewer", WORDS.upper()), ("nobody", WORDS), ("", WORDS),
     ("reviewer", WORDS + " "), ("REVIEWER", WORDS), ("reviewer\0", WORDS + "\0"),
     ("reviewer' OR ''='", WORDS), ("reviewer", "x" * 5000)],
)  # fmt: skip
def test_a_wrong_name_or_password_is_refused_alike(come: Come, name: str, password: str) -> None:
    client = come()
    answer = client.post("/login", data={"name": name, "password": password})
    assert answer.status_code == 403
    assert "The name or the password is wrong" in answer.text
    assert "set-cookie" not in answer.headers
    assert password not in answer.text or not password.strip()


def test_a_name_is_not_guessed_for_long(shared: Desk, room: Room, database: Database) -> None:
    with client_of(shared) as client, client_of(shared, "10.0.0.2") as elsewhere:
        tries = [log_in(client, "reviewer", f"guess {n:08}") for n in range(MOST_BY_NAME + 2)]
        assert tries == [403] * MOST_BY_NAME + [429] * 2
        # The right one neither, from anywhere; another name may.
        assert log_in(elsewhere, "reviewer") == 429
        assert log_in(elsewhere, "reader") == 303
        assert room.sql("SELECT count(*) FROM claims.desk_session") == [(1,)]
        with database.engine.begin() as connection:
            connection.execute(
                text("UPDATE claims.login_attempt SET since = now() - interval '16 minutes'")
            )
        assert log_in(client, "reviewer") == 303


def test_who_signs_in_is_not_counted(shared: Desk) -> None:
    with client_of(shared) as client:
        assert {log_in(client, "reviewer") for _ in range(MOST_BY_NAME + 2)} == {303}


def test_an_address_does_not_try_many_names(shared: Desk, room: Room) -> None:
    with client_of(shared) as client, client_of(shared, "10.0.0.2") as elsewhere:
        counted = "SELECT max(number) FROM claims.login_attempt"
        assert log_in(client, "nobody at all", "wrong wrong wrong") == 403
        with shared.database.engine.begin() as connection:
            connection.execute(text("UPDATE claims.login_attempt SET number = :n"),
                               {"n": MOST_BY_ADDRESS})  # fmt: skip
        assert log_in(client, "reviewer") == 429
        assert log_in(elsewhere, "reviewer") == 303
        assert room.sql(counted) == [(MOST_BY_ADDRESS + 1,)]


def test_a_proxy_says_where_people_sign_in_from(shared: Desk, room: Room) -> None:
    """The last address is what the proxy wrote; of anybody else none is believed."""
    behind = replace(shared, proxy=ip_network("10.0.0.0/24"))
    count = "SELECT count(*) FROM claims.login_attempt"
    with client_of(behind) as proxied, client_of(behind, "192.0.2.1") as stranger:
        for n in range(3):
            proxied.headers["x-forwarded-for"] = f"203.0.113.{n}, 198.51.100.7"
            log_in(proxied, f"nobody {n}", "wrong wrong wrong")
        assert room.sql(count) == [(4,)]
        for n in range(3):
            stranger.headers["x-forwarded-for"] = f"203.0.113.{n}"
            log_in(stranger, f"nobody {n}", "wrong wrong wrong")
        assert room.sql(count) == [(5,)]


def test_signing_out_everywhere_ends_all_browsers(come: Come) -> None:
    here, there, other = come("reader"), come("reader"), come("reviewer")
    assert here.post("/leave", data={"everywhere": "yes"}).headers["location"] == "/login"
    answers = [client.get("/users").status_code for client in (here, there, other)]
    assert answers == [303, 303, 403]


def test_an_administrator_signs_others_out(come: Come, room: Room) -> None:
    admin, reader = come("admin"), come("reader")
    page = admin.get("/users").text
    assert "adjudicator" in page
    [(id_,)] = room.sql("SELECT id FROM claims.reviewer WHERE name = 'reader'")
    sent = {"reviewer": str(id_)}
    assert come("adjudicator").post("/users/sign-out", data=sent).status_code == 403
    assert reader.get("/claims/x").status_code == 404
    assert admin.post("/users/sign-out", data=sent).status_code == 303
    assert reader.get("/review").status_code == 303


def test_a_role_holds_from_the_next_page_on(come: Come, database: Database, room: Room) -> None:
    [claim, *_] = room.store()
    client = come("reviewer")
    assert client.get(f"/review/{claim}", follow_redirects=True).status_code == 200
    with database.writer() as session:
        change_reviewer(session, "reviewer", role=Role.READER)
    assert client.get(f"/review/{claim}").status_code == 403


def test_a_new_password_signs_out_who_had_the_old_one(come: Come, database: Database) -> None:
    client = come("reader")
    with connected(database):
        ended = run("users", "passwd", "reader", "--no-password")
    assert ended.code == 0
    assert client.get("/users").status_code == 303
    assert log_in(client, "reader") == 403


def test_a_name_of_the_printed_address_lets_nobody_in(come: Come) -> None:
    client = come()
    assert client.get("/enter?token=").status_code == 403
    assert client.post("/enter", data={"token": "", "name": "admin"}).status_code == 403


def test_a_desk_for_one_has_no_passwords(desk: Desk) -> None:
    with TestClient(create_app(desk), base_url=desk.origin, headers=OWN) as client:
        assert client.get("/login").status_code == 404
        assert client.post("/login", data={"name": "Ann", "password": "x"}).status_code == 404


NAMED = {"remote-user": "reviewer"}


def test_the_proxy_names_who_asks(shared: Desk) -> None:
    behind = replace(shared, proxy=ip_network("10.0.0.1"), remote_user=True)
    with client_of(behind) as proxied, client_of(behind, "10.0.0.2") as stranger:
        assert proxied.get("/review", headers=NAMED).status_code == 303
        assert proxied.get("/review").status_code == 401
        assert proxied.get("/review", headers={"remote-user": "nobody"}).status_code == 401
        assert proxied.get("/users", headers=NAMED).status_code == 403
        twice = [("remote-user", "reviewer"), ("remote-user", "admin")]
        assert proxied.get("/users", headers=twice).status_code == 401
        # Whoever reaches the desk past the proxy may say what they like.
        assert stranger.get("/review", headers=NAMED).status_code == 401
        forwarded = NAMED | {"x-forwarded-for": "10.0.0.1"}
        assert stranger.get("/review", headers=forwarded).status_code == 401
        assert proxied.get("/login").status_code == 404


def test_without_the_option_no_header_names_anybody(shared: Desk) -> None:
    with client_of(replace(shared, proxy=ip_network("10.0.0.1"))) as client:
        assert client.get("/users", headers={"remote-user": "admin"}).status_code == 303


def test_who_is_closed_comes_in_no_more(come: Come, database: Database) -> None:
    client = come("reviewer")
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE claims.reviewer SET closed_at = now()"))
    assert client.get("/users").status_code == 303
    assert log_in(client, "reviewer") == 403


def table_of(shared: Desk, come: Come, claim: str) -> str:
    """Each route with who may use it, as it turns out when it is asked."""
    clients = {"nobody": come()} | {role.value: come(role.value) for role in Role}
    routes = [route for route in create_app(shared).routes if isinstance(route, Route)]
    lines = []
    # Signing out comes last: nobody is signed in after it.
    for route in sorted(routes, key=lambda route: route.path == "/leave"):
        [method] = (route.methods or set()) - {"HEAD"}
        path = route.path.replace("{claim}", claim).replace("{format}", "csv")
        allowed = [name for name, client in clients.items() if _may(client, method, path)]
        who = "everybody" if len(allowed) == len(clients) else ", ".join(allowed)
        lines.append(f"{method:5}{route.path:34}{who}")
    return "\n".join([*lines, ""])


def _may(client: TestClient, method: str, path: str) -> bool:
    answer = client.request(method, path)
    if answer.headers.get("location", "").startswith("/login") and path != "/leave":
        return False
    return answer.status_code != 401 and not (
        answer.status_code == 403 and "role-missing" in answer.text
    )


def test_the_table_of_roles_is_what_happens(shared: Desk, come: Come, room: Room) -> None:
    [claim, *_] = room.store()
    room.act("reviewer", claim, "accept")
    assert table_of(shared, come, str(claim)) == TABLE.read_text("utf-8")


def test_a_reader_decides_by_no_form(come: Come, room: Room) -> None:
    [claim, *_] = room.store()
    reviewer, reader = come("reviewer"), come("reader")
    page = reviewer.get(f"/review/{claim}", follow_redirects=True)
    assert "Accept" in page.text
    card = str(page.url)  # with the tab that it is open in
    seen = json.dumps(room.standing(claim).state.to_json())
    forged = {"do": "accept", "act": str(fresh_id()), "revision": "0", "seen": seen,
              "article_status": "usable"}  # fmt: skip
    assert reader.post(card, data=forged).status_code == 403
    assert reader.post("/review/marked", data={**forged, "mark": f"{claim}@0"}).status_code == 403
    assert room.sql("SELECT 1 FROM claims.decision") == []
    assert reviewer.post(card, data=forged).status_code == 303
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]


LAWS = {
    "decision": "(id, reviewer, action, subject_kind, subject, revision, before, after,"
    " tool_version) SELECT gen_random_uuid(), {0}, 'note', 'claim', id, 1, '{{}}', '{{}}', '0'"
    " FROM claims.claim LIMIT 1",
    "reading": "(id, claim, reviewer, revision, action, after)"
    " SELECT gen_random_uuid(), id, {0}, 0, 'accept', '{{}}' FROM claims.claim LIMIT 1",
    "link_reading": "(id, a, b, a_revision, b_revision, reviewer, action, tool_version)"
    " SELECT gen_random_uuid(), min(id::text)::uuid, max(id::text)::uuid, 0, 0, {0}, 'different',"
    " '0' FROM claims.claim",
    "review_policy": "(id, second_reading, share, paraphrase_below, set_by)"
    " VALUES (gen_random_uuid(), 'none', 0, 0, {0})",
    "release": "(id, name, no, digest, made_by)"
    " VALUES (gen_random_uuid(), 'x', 0, sha256(''), {0})",
    "lease": "(claim, reviewer, version, until)"
    " SELECT id, {0}, version, now() + interval '1 minute' FROM claims.claim LIMIT 1",
    "draft": "(reviewer, claim, draft) SELECT {0}, id, '{{}}' FROM claims.claim LIMIT 1",
}
"""What somebody signs, as they would write it at psql."""


@pytest.mark.parametrize("table", LAWS)
def test_the_database_refuses_what_a_reader_signs(
    database: Database, room: Room, table: str
) -> None:
    room.store()
    add_account(database, "Rita", Role.READER, None)
    rita = "(SELECT id FROM claims.reviewer WHERE name = 'Rita')"
    with pytest.raises(DBAPIError) as refused, database.engine.begin() as connection:
        connection.exec_driver_sql(f"INSERT INTO claims.{table} {LAWS[table].format(rita)}")
    assert refused.value.orig.diag.constraint_name == "reviewer_decides"  # type: ignore[union-attr]


def test_a_reader_at_the_command_line_is_told(database: Database, room: Room) -> None:
    [claim, *_] = room.store()
    add_account(database, "Rita", Role.READER, None)
    with pytest.raises(ReaderOnlyError):
        room.act("Rita", claim, "accept")
    with connected(database):
        ended = run("review", "accept", str(claim)[:8], "--as", "Rita")
    assert ended.err.startswith("error[reader-only] ")
    assert room.sql("SELECT 1 FROM claims.decision") == []


def test_who_works_with_claims_gives_no_rights(people: People) -> None:
    """The desk connects as a writer: it lets people in, and sets no password and no role."""
    writer = Database(people.writer)
    for statement in (
        "INSERT INTO claims.account (reviewer) SELECT id FROM claims.reviewer",
        "UPDATE claims.account SET password = NULL",
        "DELETE FROM claims.account",
        "UPDATE claims.reviewer SET role = 'admin'",
        "INSERT INTO claims.reviewer (id, name, role) VALUES (gen_random_uuid(), 'x', 'admin')",
        "DELETE FROM claims.login_attempt",
    ):
        with (
            pytest.raises(DBAPIError, match="permission denied"),
            writer.engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement)


def test_a_desk_works_with_a_writers_rights(database: Database, room: Room, people: People) -> None:
    [claim, *_] = room.store()
    add_account(database, "reviewer", Role.REVIEWER)
    desk = Desk(Database(people.writer, keep=True), SHARED, fresh_id, accounts=True)
    with client_of(desk) as client:
        assert log_in(client, "reviewer", "a wrong one") == 403
        assert log_in(client, "reviewer") == 303
        seen = json.dumps(room.standing(claim).state.to_json())
        sent = {"do": "accept", "act": str(fresh_id()), "revision": "0", "seen": seen,
                "article_status": "usable"}  # fmt: skip
        page = client.get(f"/review/{claim}", follow_redirects=True)
        assert page.status_code == 200
        assert client.post(str(page.url), data=sent).status_code == 303
        assert client.post("/leave", data={"everywhere": "yes"}).status_code == 303
    desk.database.close()
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]


def test_passwords_are_kept_as_argon2id_with_a_salt() -> None:
    one, other = digest_password("a" * 12), digest_password("a" * 12)
    assert one != other
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert password_fits("a" * 12, one)
    assert not password_fits("a" * 13, one)
    assert not password_fits("nobody's", None)
    assert not password_fits("x", "no digest")


NEW = "another horse battery"


def change_password(client: TestClient, present: str, new: str, again: str | None = None) -> int:
    sent = {"password": present, "new": new, "again": new if again is None else again}
    return client.post("/password", data=sent).status_code


def test_people_change_their_own_password_and_other_browsers_are_signed_out(
    come: Come, room: Room
) -> None:
    here, there = come("reader"), come("reader")
    old = here.cookies[COOKIE]
    assert 'autocomplete="new-password"' in here.get("/password").text
    answer = here.post("/password", data={"password": WORDS, "new": NEW, "again": NEW})
    assert (answer.status_code, answer.headers["location"]) == (303, "/password?changed=yes")
    assert "Your password is changed" in here.get("/password?changed=yes").text
    assert here.cookies[COOKIE] != old
    assert there.get("/password").status_code == 303
    assert log_in(come(), "reader", WORDS) == 403
    assert log_in(come(), "reader", NEW) == 303
    assert room.sql("SELECT count(*) FROM claims.desk_session") == [(2,)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [((WORDS, NEW, NEW.upper()), "not typed alike"), ((WORDS, "short", "short"), "12 characters"),
     ((NEW, NEW, NEW), "the present one is another"),
     ((WORDS, "x" * 1001, "x" * 1001), "1000 at most")],
)  # fmt: skip
def test_a_password_that_is_not_changed_is_the_old_one(
    come: Come, typed: tuple[str, str, str], said: str
) -> None:
    client = come("reader")
    sent = dict(zip(("password", "new", "again"), typed, strict=True))
    answer = client.post("/password", data=sent)
    assert (answer.status_code, said in answer.text) == (403, True)
    assert not any(secret in answer.text for secret in typed)
    assert log_in(come(), "reader", WORDS) == 303


def test_a_present_password_is_not_guessed_for_long(come: Come) -> None:
    client = come("reader")
    tries = [change_password(client, f"guess number {n}", NEW) for n in range(MOST_BY_NAME + 1)]
    # Signing in counted as well, and was forgotten when it succeeded.
    assert tries == [403] * MOST_BY_NAME + [429]
    assert change_password(client, WORDS, NEW) == 429


def test_where_nobody_has_a_password_there_is_no_page_for_one(shared: Desk) -> None:
    behind = replace(shared, proxy=ip_network("10.0.0.1"), remote_user=True)
    with client_of(behind) as proxied:
        assert proxied.get("/password", headers=NAMED).status_code == 404
        assert 'href="/password"' not in proxied.get("/about", headers=NAMED).text


def test_a_reader_is_offered_nothing_that_a_reader_may_not_do(come: Come, room: Room) -> None:
    """On every page that they may open: they sign out, and change their password."""
    [claim, *_] = room.store(outlet="The Pier")
    room.act("reviewer", claim, "accept")
    [(document,)] = room.sql("SELECT id FROM claims.document")
    [(source,)] = room.sql("SELECT id FROM claims.source WHERE name = 'The Pier'")
    ids = {"claim": str(claim), "document": str(document), "source": str(source), "format": "csv"}
    reader, reviewer = come("reader"), come("reviewer")
    offered: dict[str, set[str]] = {"reader": set(), "reviewer": set()}
    for route in create_app(come().app.state.desk).routes:  # type: ignore[attr-defined]
        if isinstance(route, Route) and "GET" in (route.methods or ()):
            for name, client in (("reader", reader), ("reviewer", reviewer)):
                answer = client.get(route.path.format_map(ids))
                if answer.status_code == 200 and "text/html" in answer.headers["content-type"]:
                    tree = html.fromstring(answer.text)
                    offered[name] |= set(tree.xpath("//form[@method='post']/@action"))
                    offered[name] |= set(tree.xpath("//a[starts-with(@href, '/review')]/@href"))
    assert offered["reader"] == {"/leave", "/password"}
    assert {f"/documents/{document}", f"/sources/{source}", "/ledger/verify"} <= offered["reviewer"]
