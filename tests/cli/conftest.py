"""Runs the command line in this process, on the test's own database."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from claims.cli import main
from claims.database.engine import Database


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Claims = Callable[..., Ended]


@pytest.fixture
def claims(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Claims:
    """Run `claims` with arguments."""
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CLAIMS_REVIEWER", "Ann")

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["claims", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    return run
