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

    def done(*arguments: str) -> str:
        ended = claims(*arguments)
        assert ended.code == 0, (arguments, ended.err)
        return str(ended.out)

    assert "1 article read" in done("ingest", str(path), "--published", "2026-05-05")
    assert "known before" in done("ingest", str(path), "--published", "2026-05-05")
    short = done("list")[:8]
    done("show", short)
    done("trace", short)
    assert "accepted, ledger 1" in done("review", "accept", short)
    assert "rejected, ledger 2" in done("review", "reject", short, "--reason", "not hers")
    done("sources", "add", "Bo Lund", "--kind", "person")
    done("sources", "add", "Bob Lund", "--kind", "person")
    done("sources", "merge", "Bob Lund", "Bo Lund")
    done("sources", "unmerge", "Bob Lund")
    done("sources", "alias", "Bo Lund", "Bobo")
    done("sources", "list")
    done("who", "Bo Lund")
    done("search", "bridge")
    assert "the chain holds" in done("ledger", "verify")
    done("ledger", "export", "-o", str(out))
    done("export", "-o", str(out))
    assert "owner: claims_owner" in done("db", "status")


def test_handing_over_and_letting_in_from_the_command_line(
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
    assert (ended.code, "error[refused]" in ended.err) == (3, True)
