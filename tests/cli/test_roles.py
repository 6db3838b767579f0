"""The program at work as somebody who is a member of claims_writer and nothing more."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claims.database.engine import Database
from tests.conftest import People

Run = Callable[..., Any]
TEXT = 'Ada Quill said on Monday: "The bridge is safe again." The Harbour Agency reported it.\n'


def test_a_writer_does_all_that_the_program_does(
    claims: Run, people: People, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", people.writer.render_as_string(hide_password=False))
    path, out = tmp_path / "in.txt", tmp_path / "out.jsonl"
    path.write_text(TEXT)

    def run(*arguments: str) -> str:
        ended = claims(*arguments)
        assert ended.code == 0, (arguments, ended.err)
        return str(ended.out)

    assert "1 article read" in run("ingest", str(path), "--published", "2026-05-05")
    assert "already stored" in run("ingest", str(path), "--published", "2026-05-05")
    short = run("list")[:8]
    run("show", short)
    run("trace", short)
    assert "accepted, ledger 1" in run("review", "accept", short)
    assert "rejected, ledger 2" in run("review", "reject", short, "--reason", "not hers")
    run("sources", "add", "Bo Lund", "--kind", "person")
    run("sources", "add", "Bob Lund", "--kind", "person")
    run("sources", "merge", "Bob Lund", "Bo Lund")
    run("sources", "unmerge", "Bob Lund")
    run("sources", "alias", "Bo Lund", "Bobo")
    run("sources", "list")
    run("who", "Bo Lund")
    run("search", "bridge")
    assert "the chain holds" in run("ledger", "verify")
    run("ledger", "export", "-o", str(out))
    run("export", "-o", str(out), "--force")
    assert "owner: claims_owner" in run("db", "status")
    # Who decides in which role is not a writer's to say.
    run("reviewers", "add", "Zoe")
    for refused in (("add", "Zoe", "--adjudicator"), ("close", "Zoe"), ("rename", "Zoe", "Cy")):
        ended = claims("reviewers", *refused)
        assert (ended.code != 0, "error[not-permitted]" in ended.err) == (True, True), refused


def test_roles_are_granted_from_the_command_line(
    claims: Run, people: People, database: Database
) -> None:
    assert "owned by claims_owner" in claims("db", "separate").out
    name = str(people.stranger.username)
    assert claims("db", "grant-writer", name).out == f"{name} is a member of claims_writer.\n"
    assert claims("db", "grant-reader", name).code == 0
    ended = claims("db", "grant-reader", "nobody_at_all")
    assert (ended.code, "error[unknown-role]" in ended.err) == (2, True)
    del database


def test_a_writer_may_not_hand_over(
    claims: Run, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", people.writer.render_as_string(hide_password=False))
    ended = claims("db", "separate")
    assert (ended.code, "error[not-permitted]" in ended.err) == (3, True)
