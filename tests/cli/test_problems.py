"""What could not be read is listed by reason, shown, and settled."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claims.database.engine import Database
from tests.makers import store

Run = Callable[..., Any]


@pytest.fixture
def bad(claims: Run, tmp_path: Path) -> Path:
    """A file with three bad lines, ingested, and a PDF."""
    path = tmp_path / "bad.jsonl"
    path.write_text('{broken\n{"doc_id": "a"}\n{"doc_id": "b"}\n')
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    assert claims("ingest", str(tmp_path)).code == 1
    return path


def rows(claims: Run, *options: str) -> list[list[str]]:
    out: str = claims("problems", "list", *options).out
    return [line.split("\t") for line in out.splitlines()]


def test_problems_are_counted_by_reason_and_listed_newest_first(claims: Run, bad: Path) -> None:
    ended = claims("problems", "list")
    counts = [line.split(",")[0].split() for line in ended.err.splitlines()]
    assert counts == [["2", "missing-text"], ["1", "bad-json"], ["1", "unsupported-format"]]
    listed = [line.split("\t") for line in ended.out.splitlines()]
    assert [row[1] for row in listed] == [
        "missing-text", "missing-text", "bad-json", "unsupported-format",
    ]  # fmt: skip
    assert [row[3] for row in listed[:3]] == [f"{bad}:3", f"{bad}:2", f"{bad}:1"]


def test_pages_follow_each_other(claims: Run, bad: Path) -> None:
    assert bad.exists()
    first = claims("problems", "list", "--limit", "2")
    last = first.out.splitlines()[-1].split("\t")[0]
    assert first.err.endswith(f"The first 2 are shown. Next page: --after {last}\n")
    pages = first.out + claims("problems", "list", "--after", last).out
    assert pages == claims("problems", "list").out


def test_json_has_what_a_program_needs(claims: Run, bad: Path) -> None:
    [problem] = json.loads(
        claims("problems", "list", "--reason", "bad-json", "--format", "json").out
    )
    assert (problem["place"], problem["line"], problem["value"]) == (f"{bad}:1", 1, "{broken")
    assert problem["resolved"] is None
    assert rows(claims, "--run", problem["run"][:10]) == rows(claims)
    assert claims("problems", "list", "--run", "00000000").code == 2


def test_one_problem_is_shown_with_its_remedy_and_run(claims: Run, bad: Path) -> None:
    [[short, *_]] = rows(claims, "--reason", "bad-json")
    shown = claims("problems", "show", short).out
    assert "  remedy    Each record must be a JSON object.\n" in shown
    assert f"by claims ingest {bad.parent}\n" in shown
    assert "  resolved  no\n" in shown
    assert json.loads(claims("problems", "show", short, "--format", "json").out)["line"] == 1


def test_resolved_problems_leave_the_list_and_are_kept(claims: Run, bad: Path) -> None:
    [[short, *_]] = rows(claims, "--reason", "bad-json")
    assert claims("problems", "resolve", short).out == "1 problem resolved.\n"
    assert claims("problems", "resolve", short).out == "0 problems resolved.\n"
    assert claims("problems", "resolve", "--reason", "missing-text").out == "2 problems resolved.\n"
    assert [row[1] for row in rows(claims)] == ["unsupported-format"]
    assert len(rows(claims, "--all")) == 4
    assert "  resolved  no" not in claims("problems", "show", short).out
    # What was read again and settled before stays settled.
    claims("ingest", str(bad))
    assert len(rows(claims)) == 1


def test_mistakes_are_one_line(claims: Run, database: Database) -> None:
    assert claims("problems", "list").err == "No problem is open.\n"
    assert claims("problems", "list", "--all").err == "No problem is stored.\n"
    store(database)
    for arguments, code in (
        (("show", "xyz"), "error[unknown-problem] xyz: "),
        (
            ("show", "0123"),
            "error[unknown-problem] 0123: No problem has this id. `claims problems list",
        ),
        (("resolve",), "error[bad-usage] claims problems resolve: "),
        (("resolve", "0123"), "error[unknown-problem]"),
        (("list", "--reason", "nonsense"), "error[bad-usage] claims problems list: "),
    ):
        ended = claims("problems", *arguments)
        assert (ended.code, ended.err.startswith(code), ended.err.count("\n")) == (2, True, 1)
