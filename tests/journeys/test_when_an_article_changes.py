"""The commands of docs/how-to/when-an-article-changes.md, run as they stand."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.database.engine import Database
from tests.journeys.conftest import Claims

PAGE = Path(__file__).parents[2] / "docs/how-to/when-an-article-changes.md"
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\dZ")


def steps() -> Iterator[tuple[str, str]]:
    """Each command of the page, and what the page says it prints."""
    for session in re.findall(r"```console\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        for step in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            command, _, printed = step.partition("\n")
            yield command, printed


def test_the_page_prints_what_it_shows(database: Database, claims: Claims, tmp_path: Path) -> None:
    ran = 0
    for command, expected in steps():
        words = shlex.split(command)
        if words[0] == "printf":
            (tmp_path / words[-1]).write_text(words[1].replace("\\n", "\n"), "utf-8")
            continue
        assert words[0] == "claims"
        ended = claims(*words[1:])
        assert ended.code == 0, ended.err
        assert MOMENT.sub("<moment>", ended.out) == MOMENT.sub("<moment>", expected), command
        ran += 1
    assert ran == 9
    [[query]] = [re.findall(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)]
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(query).all()
    assert [tuple(row)[1:] for row in rows] == [
        (
            2,
            "altered",
            "number",
            "the bridge will cost 12 million",
            "the bridge will cost 14 million",
        )
    ]


@pytest.mark.parametrize("command", ["keep", "take"])
def test_a_claim_that_was_not_edited_is_told_so_in_one_line(
    claims: Claims, tmp_path: Path, command: str
) -> None:
    (tmp_path / "a.txt").write_text("Ada Quill said the bridge will cost 12 million.\n", "utf-8")
    claims("ingest", "a.txt")
    claim = claims("list").out[:8]
    claims("review", "accept", claim)
    ended = claims("review", "altered", command, claim)
    assert ended.code == 2
    [line] = ended.err.splitlines()
    assert line.startswith(f"error[not-allowed] claim {claim}")
    assert "its article was not edited" in line
