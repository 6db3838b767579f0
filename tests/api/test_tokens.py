"""Tokens: what the commands print, what the database keeps of them, who may use them."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims.api.access import MOST_FAILURES, WINDOW, Failures
from claims.api.errors import TooManyFailuresError
from claims.api.scopes import MEANINGS, Scope
from claims.api.server import Server
from claims.api.tokens import NOTED_EVERY, digest_of
from claims.cli.context import fresh_id
from claims.cli.tokens import SCOPES
from claims.database.engine import Database
from tests.api.conftest import add_token, client_of
from tests.cli.conftest import Claims
from tests.in_process import connected, run

REFUSED = {
    "UPDATE claims.api_token SET scopes = '{read,decide}'": "api_token_kept",
    "UPDATE claims.api_token SET expires_at = 'infinity'": "api_token_kept",
    "UPDATE claims.api_token SET digest = sha256('x')": "api_token_kept",
    "UPDATE claims.api_token SET last_used_at = NULL": "api_token_kept",
    "UPDATE claims.api_token SET last_used_at = '2020-01-01Z'": "api_token_kept",
    "UPDATE claims.api_token SET revoked_at = NULL": "api_token_kept",
    "DELETE FROM claims.api_token": "append_only",
    "TRUNCATE claims.api_token": "append_only",
}
ANOTHER = (
    "INSERT INTO claims.api_token (id, name, digest, scopes, expires_at)"
    " VALUES (gen_random_uuid(), {})"
)
REFUSED |= {
    ANOTHER.format("'', sha256('y'), '{read}', now() + interval '1 day'"): "ck_api_token_name",
    ANOTHER.format("'y', 'y', '{read}', now() + interval '1 day'"): "ck_api_token_digest",
    ANOTHER.format("'y', sha256('y'), '{}', now() + interval '1 day'"): "ck_api_token_scopes",
    ANOTHER.format("'y', sha256('y'), '{all}', now() + interval '1 day'"): "ck_api_token_scopes",
    ANOTHER.format("'y', sha256('y'), '{decide}', now() + interval '1 day'"): "ck_api_token_signer",
    ANOTHER.format(
        "'y', sha256('y'), '{read}', now() - interval '1 day'"
    ): "ck_api_token_expires_at",
}


@pytest.fixture
def claims(database: Database) -> Iterator[Claims]:
    """Run `claims` with arguments."""
    with connected(database):
        yield run


def test_the_way_of_a_token(claims: Claims, database: Database) -> None:
    assert "No program has a token yet." in claims("tokens", "list").err
    added = claims("tokens", "add", "dashboard", "--days", "30")
    secret = added.out.strip()
    assert re.fullmatch(r"claims_[0-9a-f]{64}", secret)
    assert "not shown again" in added.err
    with database.engine.connect() as connection:
        stored = connection.execute(text("SELECT t::text FROM claims.api_token AS t")).scalar_one()
    assert secret not in stored
    assert secret.removeprefix("claims_") not in stored
    assert digest_of(secret).hex() in stored

    reader = client_of(Server(database, fresh_id), secret)
    assert reader.get("/claims").status_code == 200
    [row] = json.loads(claims("tokens", "list", "--format", "json").out)
    assert (row["name"], row["scopes"], row["state"]) == ("dashboard", "read", "valid")
    assert row["last_used"] == f"{datetime.now(UTC):%Y-%m-%d %H:00}"

    assert claims("tokens", "add", "dashboard").err.startswith("error[token-name-taken]")
    assert claims("tokens", "revoke", "dashboard").out == "dashboard is now revoked.\n"
    assert claims("tokens", "revoke", "dashboard").out == "dashboard is already revoked.\n"
    assert reader.get("/claims").json()["code"] == "token-refused"
    # The name is free for its successor, which the revoked one does not stand in the way of.
    assert claims("tokens", "add", "dashboard").code == 0
    states = [one["state"] for one in json.loads(claims("tokens", "list", "--format", "json").out)]
    assert states == ["valid", "revoked"]
    assert claims("tokens", "revoke", "nobody").err.startswith("error[unknown-token]")


def test_who_decides_is_named(claims: Claims) -> None:
    for arguments in (("--scope", "decide"), ("--as", "Ann"), ("--scope", "read", "--as", "Ann")):
        refused = claims("tokens", "add", "x", *arguments)
        assert (refused.code, refused.out) == (2, "")
    assert claims("tokens", "add", "x", "--scope", "decide", "--as", "Ann").code == 0
    [row] = json.loads(claims("tokens", "list", "--format", "json").out)
    assert (row["scopes"], row["signs_as"]) == ("decide", "Ann")


def test_scopes_are_the_same_everywhere(database: Database) -> None:
    assert tuple(Scope) == SCOPES == tuple(MEANINGS)
    for scope in Scope:
        add_token(database, scope)


def test_the_database_keeps_tokens_as_they_were_added(database: Database) -> None:
    add_token(database, Scope.READ)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE claims.api_token SET last_used_at = now()"))
        connection.execute(text("UPDATE claims.api_token SET revoked_at = now()"))
    for statement, constraint in REFUSED.items():
        with pytest.raises(DBAPIError) as refused, database.engine.begin() as connection:
            connection.execute(text(statement))
        assert refused.value.orig.diag.constraint_name == constraint, statement  # type: ignore[union-attr]


def test_an_expired_token_opens_nothing(database: Database) -> None:
    secret = add_token(database, Scope.READ)
    reader = client_of(Server(database, fresh_id), secret)
    assert reader.get("/claims").status_code == 200
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE claims.api_token DISABLE TRIGGER api_token_changed"))
        connection.execute(
            text("UPDATE claims.api_token SET added_at = now() - interval '2 days',"
                 " expires_at = now() - interval '1 second'")
        )  # fmt: skip
    assert reader.get("/claims").json()["code"] == "token-refused"


def test_uses_are_noted_by_the_hour(database: Database) -> None:
    reader = client_of(Server(database, fresh_id), add_token(database, Scope.READ))

    def noted() -> datetime | None:
        with database.engine.connect() as connection:
            moment: datetime | None = connection.scalar(
                text("SELECT last_used_at FROM claims.api_token")
            )
            return moment

    assert noted() is None
    reader.get("/about")
    first = noted()
    reader.get("/about")
    assert first == noted()
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE claims.api_token DISABLE TRIGGER api_token_changed"))
        connection.execute(
            text("UPDATE claims.api_token SET last_used_at = last_used_at - :hour"),
            {"hour": NOTED_EVERY},
        )
    reader.get("/about")
    now = noted()
    assert first is not None
    assert now is not None
    assert now > first - NOTED_EVERY / 2


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic YTpi", "bearer x", "Bearer " + "x" * 5000, "Bearer é\xff",
     "claims_" + "0" * 64, "Bearer claims_" + "0" * 64, "Bearer claims_' OR true --"],
)  # fmt: skip
def test_what_is_no_token(database: Database, header: str) -> None:
    client = client_of(Server(database, fresh_id, public=True))
    answer = client.get("/claims", headers=[(b"Authorization", header.encode("latin-1"))])
    # Also where nobody needs one: whoever sends one means to be known.
    assert (answer.status_code, answer.json()["code"]) == (401, "token-refused")
    assert answer.headers["www-authenticate"] == 'Bearer realm="claims"'


def test_a_token_comes_once(database: Database) -> None:
    secret = add_token(database, Scope.READ)
    client = client_of(Server(database, fresh_id))
    twice = [("Authorization", f"Bearer {secret}")] * 2
    assert client.get("/claims", headers=twice).status_code == 401


def test_whoever_guesses_is_asked_to_wait(database: Database) -> None:
    seconds = [0.0]
    failures = Failures(clock=lambda: seconds[0])
    server = Server(database, fresh_id, failures=failures)
    wrong, right = client_of(server, "x"), client_of(server, add_token(database, Scope.READ))
    for _ in range(MOST_FAILURES):
        assert wrong.get("/claims").status_code == 401
    refused = wrong.get("/claims")
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-failures")
    assert int(refused.headers["retry-after"]) >= WINDOW
    # From the same address nothing is looked up, so that guessing costs the database nothing.
    assert right.get("/claims").status_code == 429
    seconds[0] = WINDOW
    assert right.get("/claims").status_code == 200
    assert wrong.get("/claims").status_code == 401


def test_many_addresses_do_not_fill_the_memory() -> None:
    failures = Failures(clock=lambda: 0.0)
    for number in range(10_050):
        failures.count(str(number))
    for _ in range(MOST_FAILURES):
        failures.require_few("0")  # forgotten
        failures.count("10049")
    with pytest.raises(TooManyFailuresError):
        failures.require_few("10049")
