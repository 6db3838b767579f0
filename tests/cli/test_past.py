"""--as-of, --release and claims release, as they are typed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from tests.makers import store

Run = Callable[..., Any]


@pytest.fixture
def short(database: Database) -> str:
    """The start of the id of one stored claim."""
    return str(store(database, outlet="The Pier", title="Bridge")[0])[:8]


@pytest.fixture
def accepted(claims: Run, database: Database, short: str) -> str:
    """When a claim was about to be accepted, and a source to be renamed."""
    with database.engine.connect() as connection:
        before = connection.scalar(text("SELECT clock_timestamp()"))
    assert before is not None
    assert claims("review", "accept", short).code == 0
    assert claims("sources", "alias", "Ada Quill", "Adele").code == 0
    return str(before.isoformat())


def test_every_reading_command_shows_the_state_and_says_which(
    claims: Run, short: str, accepted: str, tmp_path: Path
) -> None:
    state = "before the first decision"
    now = claims("list")
    assert now.out.split("\t")[1] == "accepted"
    assert now.err == ""
    for arguments, shown in (
        (("list",), "proposed"),
        (("show", short), "proposed, revision 0"),
        (("trace", short), "Ada Quill"),
        (("search", "bridge"), "proposed"),
        (("who", "Ada Quill"), "proposed"),
        (("sources", "list", "Quill"), "Ada Quill"),
        (("sources", "show", "Ada Quill"), "no decision yet"),
        (("export", "--status", "proposed"), '"status":"proposed"'),
    ):
        ended = claims(*arguments, "--as-of", accepted)
        assert ended.code == 0, ended.err
        assert state in ended.err, arguments
        assert shown in ended.out, arguments
    assert "Adele" not in claims("sources", "show", "Ada Quill", "--as-of", accepted).out
    out = tmp_path / "then.jsonl"
    assert claims("export", "-o", str(out), "--as-of", accepted).code == 0
    assert out.read_bytes() == b""


def test_the_day_of_the_decision_has_it(claims: Run, database: Database, accepted: str) -> None:
    with database.engine.connect() as connection:
        day = connection.scalar(text("SELECT max(at)::date FROM claims.decision"))
    assert accepted
    ended = claims("list", "--as-of", str(day))
    assert ended.err == f"as of {day}, decision 2\n"
    assert ended.out.split("\t")[1] == "accepted"


def test_moments_and_releases_that_cannot_be(claims: Run, short: str) -> None:
    for arguments, code in (
        (("--as-of", "2999-01-01"), "future-moment"),
        (("--as-of", "tomorrow"), "bad-usage"),
        (("--as-of", "9999-12-31"), "bad-usage"),
        (("--release", "spring"), "unknown-release"),
        (("--release", "spring", "--as-of", "2026-05-01"), "bad-usage"),
    ):
        ended = claims("show", short, *arguments)
        assert (ended.code, ended.out) == (2, "")
        assert f"error[{code}]" in ended.err
    before = claims("show", short, "--as-of", "1999-12-31T23:59+01:00")
    assert "as of 1999-12-31T23:59+01:00, before the first decision" in before.err
    assert "error[unknown-id]" in before.err
    assert "No claim matched at that time" in claims("list", "--as-of", "1999-12-31").err


def test_a_release_from_its_making_to_its_comparison(claims: Run, short: str) -> None:
    assert "There is no release yet" in claims("release", "list").err
    created = claims("release", "create", "spring", "--note", "before the vote")
    assert created.out.startswith("release spring, 20")
    assert created.out.endswith("before the first decision\n")
    assert "nothing differs" in claims("release", "diff", "spring").err
    claims("review", "accept", short)
    [row] = json.loads(claims("release", "list", "--format", "json").out)
    assert (row["name"], row["decision"], row["by"]) == ("spring", 0, "Ann")
    shown = claims("release", "show", "spring").out
    assert "note      before the vote" in shown
    assert "claims    0\n" in shown
    assert "ledger    holds it" in shown
    assert json.loads(claims("release", "show", "spring", "--format", "json").out)["claims"] == 0
    differs = claims("release", "diff", "spring", "now")
    assert differs.err == f"{created.out.strip()} to now, decision 1: 1 claim added.\n"
    assert differs.out.split("\t")[:4] == ["added", "claim", short, "Ada Quill"]
    assert claims("list", "--release", "spring").out.split("\t")[1] == "proposed"
    assert claims("export", "--release", "spring").out == ""


def test_a_release_that_is_refused(claims: Run) -> None:
    claims("release", "create", "spring")
    for name in ("spring", "now", " "):
        ended = claims("release", "create", name)
        assert ended.code == 2
        assert "error[release-refused]" in ended.err
    assert "error[unknown-release]" in claims("release", "diff", "spring", "autumn").err
    assert "error[unknown-release]" in claims("release", "show", "autumn").err
