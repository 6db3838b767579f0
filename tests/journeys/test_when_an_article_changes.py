"""The commands of docs/how-to/when-an-article-changes.md, run as they stand."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.database.engine import Database
from tests.journeys.conftest import COMMAND

PAGE = Path(__file__).parents[2] / "docs/how-to/when-an-article-changes.md"
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\dZ")


def steps() -> Iterator[tuple[str, str]]:
    """Each command of the page, and what the page says it prints."""
    for session in re.findall(r"```console\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        for step in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            command, _, printed = step.partition("\n")
            yield command, printed


def test_the_page_prints_what_it_shows(
    database: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    ran = 0
    for command, expected in steps():
        words = shlex.split(command)
        if words[0] == "printf":
            (tmp_path / words[-1]).write_text(words[1].replace("\\n", "\n"), "utf-8")
            continue
        assert words[0] == "claims"
        done = subprocess.run(
            [*COMMAND, *words[1:]],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert MOMENT.sub("<moment>", done.stdout) == MOMENT.sub("<moment>", expected), command
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
    environment: dict[str, str], tmp_path: Path, command: str
) -> None:
    (tmp_path / "a.txt").write_text("Ada Quill said the bridge will cost 12 million.\n", "utf-8")
    for arguments in (["ingest", "a.txt"], ["list"]):
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
    claim = done.stdout[:8]
    for arguments in (["review", "accept", claim], ["review", "altered", command, claim]):
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith(f"error[not-allowed] claim {claim}")
    assert "its article was not edited" in line
