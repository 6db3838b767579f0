"""docs/how-to/python.md: its blocks are run as they stand and print what they show."""

import re
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import URL

from claims.database.engine import Database
from tests.conftest import cloned
from tests.in_process import connected, run

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/how-to/python.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```\n\n```\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def published(server: URL, template: str) -> Iterator[Database]:
    """The README's article with five claims accepted."""
    with cloned(server, template) as database, connected(database), chdir(ROOT):
        run("ingest", "seeds/000_3401827eaba227a0.txt", "--published", "2018-07-14")
        accepted = run("review", "accept", "355f", "c150", "ae32", "aff0", "7b33", "--as", "Ann")
        assert accepted.code == 0, accepted.err
        yield database


def test_each_block_prints_what_it_shows(published: Database) -> None:
    assert len(BLOCKS) == PAGE.count("```python") == 6
    names: dict[str, object] = {}
    for code, expected in BLOCKS:
        printed = StringIO()
        with redirect_stdout(printed):
            exec(compile(code, "python.md", "exec"), names)  # noqa: S102 - the page's own block
        assert printed.getvalue() == expected
    del published
