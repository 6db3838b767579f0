"""No log holds a secret: neither what the desk prints nor what the server writes of failures."""

import hashlib
import os
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from claims.api.scopes import Scope
from claims.api.tokens import secret_of
from claims.database.engine import Database
from claims.database.server import status
from claims.desk.passwords import digest_password
from claims.model.kinds import Role
from tests.api.conftest import add_token
from tests.conftest import HOME
from tests.desk.test_accounts import COOKIE, add_account
from tests.desk.test_command import started_for_others

WORDS = "a password nobody logs"
NEW = "another that nobody logs"
WRONG = "a guess that nobody logs"
STORED = digest_password(WORDS)
UNKNOWN = secret_of(b"nobody has this token, really...")

OWN = {"host": "desk.example", "sec-fetch-site": "same-origin"}
BROKEN = ("account", "desk_session", "api_token", "login_attempt")
"""Tables without which signing in fails in a way that nobody foresaw."""


def digests(*secrets: str) -> list[str]:
    """The secrets, and what is stored of them, as a log would have that."""
    return [
        form
        for secret in secrets
        for form in (secret, hashlib.sha256(secret.encode()).hexdigest(), repr(secret)[1:-1])
    ]


def walk(client: httpx2.Client, token: str) -> list[str]:
    """Sign in wrongly and rightly, change the password, use tokens; the cookies that came of it."""
    cookies: list[str] = []
    for password in (WRONG, WORDS, NEW):
        sent = {"name": "Ann", "password": password, "onward": "/about"}
        cookies += client.post("/login", data=sent).cookies.values()
        if cookies:
            client.cookies.set(COOKIE, cookies[-1])
        changed = {"password": WORDS, "new": NEW, "again": NEW}
        cookies += client.post("/password", data=changed).cookies.values()
    headers = {"cookie": f"{COOKIE}={cookies[-1]}"} if cookies else {}
    for path in ("/users", "/about", "/review"):
        client.get(path, headers=headers)
    for secret in (token, UNKNOWN):
        client.get("/api/v1/claims", headers={"authorization": f"Bearer {secret}"})
    client.get("/users", headers={"remote-user": "Ann", "x-forwarded-for": "203.0.113.9"})
    client.get("/enter", params={"token": WRONG})
    client.post("/enter", data={"token": WRONG, "name": "Ann"})
    return cookies


def server_log() -> str:
    """What the embedded server has written; empty if the tests run on another one."""
    if HOME not in os.environ:
        return ""
    log = status(Path(os.environ[HOME])).log
    return log.read_text("utf-8", "replace") if log.exists() else ""


def rename(database: Database, table: str, name: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE claims.{table} RENAME TO {name}"))


def test_no_log_holds_a_secret(database: Database) -> None:
    add_account(database, "Ann", Role.ADMIN, STORED)
    token = add_token(database, Scope.READ)
    admin = database.url.render_as_string(hide_password=False)
    options = ("--port", "0", "--origin", "https://desk.example")
    with started_for_others(database.url, *options) as (port, process):
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers=OWN, timeout=60) as client:
            cookies = walk(client, token)
            for table in BROKEN:
                rename(database, table, f"gone_{table}")
                walk(client, token)
                rename(database, f"gone_{table}", table)
        process.terminate()
        said = "".join(process.communicate(timeout=60))
    assert len(cookies) >= 2
    secrets = digests(WORDS, NEW, WRONG, token, UNKNOWN, *cookies)
    log = server_log()
    assert log == "" or "account" in log, "nothing failed"
    assert [one for one in (*secrets, STORED, admin) if one in said] == []
    assert [one for one in (*secrets, STORED) if one in log] == []


def test_an_error_of_a_statement_does_not_repeat_its_values(shared_database: Database) -> None:
    with shared_database.engine.connect() as connection, pytest.raises(ProgrammingError) as raised:
        connection.execute(text("SELECT :value FROM claims.nowhere"), {"value": STORED})
    assert "nowhere" in str(raised.value)
    assert STORED not in str(raised.value)
