"""The commands of docs/how-to/tracing-a-quote.md, in their order, print what the page shows."""

import io
import re
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from sqlalchemy import text

from claims.cli import main
from claims.copies.due import compare_due
from claims.database.engine import Database

PAGE = Path(__file__).parents[2] / "docs/how-to/tracing-a-quote.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps() -> list[tuple[str, str]]:
    """Each command of the page with what it prints there."""
    lines = "".join(BLOCK.findall(PAGE.read_text("utf-8")))
    parts = re.split(r"^\$ (.+)\n", lines, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def run(command: str) -> str:
    """What a command prints, run in this process."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        patch.setattr(sys, "argv", shlex.split(command))
        with redirect_stderr(io.StringIO()) as err, pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code, (command, err.getvalue())
    out.seek(0)
    return out.read()


def test_the_page_shows_what_its_commands_print(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CLAIMS_REVIEWER", "Ann")
    monkeypatch.chdir(Path(__file__).parent)
    for command, shown in steps():
        assert run(command) == shown, command
        assert list(compare_due(database)) in ([], [6])
    with database.reader() as session:
        rows = session.execute(
            text(
                "SELECT outlet, c.printings, c.outlets, c.heard_by, c.origins, c.asserted_by,"
                " c.opposed, c.suggested_credibility"
                "  FROM claims_v1.corroboration AS c"
                "  JOIN claims_v1.who_said_what AS w USING (claim)"
                " ORDER BY w.published_on, outlet"
            )
        ).all()
    origins = "Coast News Agency, Northern Herald"
    outlets = ("Coast News Agency", "Island Daily", "Northern Herald", "The Pier")
    # Who says that one sum contradicts the other says that they are two statements.
    assert [tuple(row) for row in rows] == [
        *((outlet, 4, 4, 2, origins, 1, True, 4) for outlet in outlets),
        ("Evening Post", 1, 1, 1, "Evening Post", 1, True, 4),
    ]
