"""Pages of docs/how-to/ print what the program prints, command by command."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.database.engine import Database
from tests.journeys.conftest import Claims

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs/how-to"
SEED = str(ROOT / "seeds/000_3401827eaba227a0.txt")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?Z")
DIGEST = re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{16}…")


def steps(page: str) -> Iterator[tuple[str, str]]:
    """Each command of a page's sessions, and what the page says it prints."""
    text = (PAGES / page).read_text("utf-8")
    for session in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for step in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            command, _, printed = step.partition("\n")
            yield command, printed


def run(claims: Claims, *arguments: str) -> str:
    """What a command prints on both streams."""
    ended = claims(*arguments, together=True)
    assert ended.code == 0, ended.out
    return ended.out


@pytest.fixture
def seed(claims: Claims) -> None:
    """The README's article is stored."""
    run(claims, "ingest", SEED, "--published", "2018-07-14")


@pytest.mark.usefixtures("seed")
def test_states_of_the_past(claims: Claims) -> None:
    ran = 0
    for command, expected in steps("as-of.md"):
        program, *arguments = shlex.split(command)
        assert program == "claims"
        lines = _timeless(run(claims, *arguments)).splitlines()
        wanted = _timeless(expected).splitlines()
        assert len(lines) == len(wanted), command
        for line, shown in zip(lines, wanted, strict=True):
            # A page cuts what is too long for it.
            assert line.startswith(shown[:-1]) if shown.endswith("…") else line == shown, command
        ran += 1
    assert ran == 6


def _timeless(printed: str) -> str:
    return DIGEST.sub("<digest>", MOMENT.sub("<moment>", printed))


@pytest.mark.usefixtures("seed")
def test_reading_by_sql(database: Database, claims: Claims) -> None:
    text = (PAGES / "sql.md").read_text("utf-8")
    [accept] = re.findall(r"^claims (review accept .*)$", text, re.MULTILINE)
    run(claims, *shlex.split(accept))
    queries = [
        (r"=> (SELECT day, speaker, chain .*);", r"^ (2018-07-14 \| .*)$", " | "),
        (r'"(SELECT day, speaker, mode, .*)",', r"^\d  (2018-.*)$", "  "),
        (r'"""(SELECT speaker, count.*?)"""', r"^│ (.*? │ +\d │ 2018.*) │$", " │ "),
    ]
    for query, rows, between in queries:
        [sql] = re.findall(query, text, re.DOTALL if '"""' in query else 0)
        shown = [[cell.strip() for cell in row.split(between) if cell.strip()]
                 for row in re.findall(rows, text, re.MULTILINE)]  # fmt: skip
        with database.engine.connect() as connection:
            stored = connection.exec_driver_sql(
                sql.replace("FROM said", "FROM claims_v1.who_said_what")
            )
            assert [[_as_printed(cell) for cell in row] for row in stored] == shown
            assert shown


def _as_printed(cell: object) -> str:
    """A cell as pandas and DuckDB print it: scores of a column with as many digits."""
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)
