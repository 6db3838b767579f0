"""claims users, and where `claims desk` refuses to be reached."""

import io
import json
import sys
from collections.abc import Iterator

import pytest

from claims.database.engine import Database
from claims.desk.passwords import password_fits
from tests.cli.conftest import Claims
from tests.in_process import connected, run
from tests.review.conftest import Room

WORDS = "correct horse battery"


@pytest.fixture
def claims(database: Database) -> Iterator[Claims]:
    """Run `claims` with arguments."""
    with connected(database):
        yield run


def write(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    """Let standard input hold a password."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{password}\n".encode())))


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program writes the password."""
    write(monkeypatch, WORDS)


@pytest.mark.usefixtures("typed")
def test_the_way_of_an_account(claims: Claims, room: Room) -> None:
    assert "Nobody has an account yet." in claims("users", "list").err
    added = claims("users", "add", " Ann  Other ", "--role", "admin")
    assert (added.out, added.err) == ("Ann Other may sign in, as an admin.\n", "")
    [(stored,)] = room.sql("SELECT password FROM claims.account")
    assert password_fits(WORDS, stored)
    assert claims("users", "add", "Bo", "--no-password").out == "Bo may sign in, as a reviewer.\n"
    assert claims("users", "add", "Bo", "--no-password").err.startswith("error[account-known] Bo: ")
    assert claims("users", "roles", "Bo", "reader").out == "Bo is a reader.\n"
    rows = json.loads(claims("users", "list", "--format", "json").out)
    assert [(row["name"], row["role"], row["password"]) for row in rows] == [
        ("Ann Other", "admin", "set"),
        ("Bo", "reader", "none"),
    ]
    assert claims("users", "remove", "Bo").out == "Bo may sign in no more, and is signed out.\n"
    assert claims("users", "remove", "Bo").err.startswith("error[unknown-account] Bo: ")
    # Whoever was here stays on record.
    assert room.sql("SELECT name FROM claims.reviewer ORDER BY 1") == [("Ann Other",), ("Bo",)]


def test_the_roles_are_said_in_words(claims: Claims) -> None:
    lines = claims("users", "roles").out.splitlines()
    assert [line.split()[0] for line in lines] == ["reader", "reviewer", "adjudicator", "admin"]
    assert claims("users", "roles", "Ann").code == 2
    assert claims("users", "roles", "Ann", "admin").err.startswith("error[unknown-reviewer] Ann: ")


@pytest.mark.parametrize("password", ["", "short", "x" * 1001])
def test_a_password_has_a_length(
    claims: Claims, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    write(monkeypatch, password)
    ended = claims("users", "add", "Ann")
    assert (ended.code, "12 characters or more" in ended.err) == (2, True), ended.err
    assert not password or password not in ended.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--host", "0.0.0.0"), "error[other-host] 0.0.0.0: "),  # noqa: S104 - refused
        (("--origin", "http://desk.example"), "error[bad-origin] "),
        (("--origin", "https://desk.example/x"), "error[bad-origin] "),
        (("--origin", "https://"), "error[bad-origin] "),
        (("--origin", "https://a:b@desk.example"), "error[bad-origin] "),
        (("--origin", "https://[desk"), "error[bad-origin] "),
        (("--origin", "https://desk.example"), "error[no-accounts] claims desk: "),
        (("--remote-user",), "--remote-user needs --proxy"),
        (("--proxy", "10.0.0.1"), "--proxy needs --origin"),
        (("--proxy", "proxy.example", "--origin", "https://desk.example"), "is not an address"),
    ],
)
def test_nobody_is_let_in_by_a_slip(claims: Claims, options: tuple[str, ...], said: str) -> None:
    ended = claims("desk", "--port", "0", *options)
    assert (ended.code, said in ended.err) == (2, True), ended.err
