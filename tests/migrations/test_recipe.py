"""The recipe of docs/architecture.md for another column, followed on a copy of the tree."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from claims.backup.programs import find_program
from claims.database.engine import Database
from claims.database.migrations import upgrade
from claims.database.revision import head_revision

ROOT = Path(__file__).parents[2]
REVISION = f'''
"""A note on each claim."""

import sqlalchemy as sa
from alembic import op

from claims.database.views import install, restore

revision = "9999"
down_revision = "{head_revision()}"
branch_labels = None
depends_on = None

VIEWS = ("claims_past/claim_04", "claims_v1/claims_05", "claims_v1/claims_as_of_04")


def upgrade() -> None:
    op.add_column("claim", sa.Column("note", sa.Text), schema="claims")
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    restore(op.get_bind(), down_revision)
    op.drop_column("claim", "note", schema="claims")
'''


def edit(path: Path, old: str, new: str, *, into: Path | None = None) -> None:
    before = path.read_text("utf-8")
    assert old in before, path
    (into or path).write_text(before.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with a column more: in a table, its past, a view and a function."""
    tree = tmp_path_factory.mktemp("tree")
    for folder in ("claims", "migrations"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tree / folder, ignore=ignored)
    shutil.copy(ROOT / "alembic.ini", tree)
    edit(
        tree / "claims/schema/claims.py",
        "    recorded_at: Mapped[Recorded]\n\n\nclass AttributionRow",
        "    recorded_at: Mapped[Recorded]\n"
        '    note: Mapped[str | None] = mapped_column(comment="What else to know.")\n\n\n'
        "class AttributionRow",
    )
    past, views = tree / "migrations/views/claims_past", tree / "claims/contract/claims_v1"
    edit(past / "claim_03.sql", "c.hearer_spans\n", "c.hearer_spans, c.note\n",
         into=past / "claim_04.sql")  # fmt: skip
    edit(views / "claims_04.sql", "c.hearer\n", "c.hearer, c.note\n",
         into=views / "claims_05.sql")  # fmt: skip
    as_of = views / "claims_as_of_04.sql"
    edit(
        views / "claims_as_of_03.sql",
        "               p.hearer\n",
        "               p.hearer, p.note\n",
        into=as_of,
    )
    edit(as_of, "c.hearer\n", "c.hearer, c.note\n")
    edit(tree / "claims/contract/views.py", '"claims": 4', '"claims": 5')
    edit(tree / "claims/contract/views.py", '"claims_as_of": 3', '"claims_as_of": 4')
    (tree / "migrations/versions/2027_01_01_9999_note.py").write_text(REVISION, "utf-8")
    return tree


Alembic = Callable[..., None]


@pytest.fixture
def alembic(tree: Path) -> Alembic:
    """The alembic command of the copy."""

    def run(url: URL, *arguments: str) -> None:
        ended = subprocess.run(
            [sys.executable, "-m", "alembic", *arguments],
            cwd=tree,
            env=os.environ
            | {"DATABASE_URL": url.render_as_string(hide_password=False), "PYTHONPATH": str(tree)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr

    return run


def dump(url: URL) -> list[str]:
    """The schema as pg_dump writes it, without the token that differs each time."""
    with Database(url).engine.connect() as connection:
        server = int(connection.scalar(text("SHOW server_version_num"))) // 10_000
    program = find_program("pg_dump", server=server, embedded=True)
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    command = [str(program), "--schema-only", "--dbname", address]
    dumped = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [line for line in dumped.splitlines() if not line.startswith(("\\restrict", "\\unres"))]


def test_a_column_more_from_nothing_from_the_last_release_and_back(
    alembic: Alembic, database: Database, empty_url: URL
) -> None:
    released = dump(database.url)
    alembic(empty_url, "upgrade", "head")
    alembic(database.url, "upgrade", "head")
    anew = dump(empty_url)
    assert anew == dump(database.url)
    assert sum("'What else to know.'" in line for line in anew) == 4
    with database.engine.connect() as connection:
        for relation in ("claims_v1.claims", "claims_v1_past.claims"):
            query = (
                "SELECT attname FROM pg_attribute WHERE attrelid = '{}'::regclass ORDER BY -attnum"
            )
            assert connection.scalar(text(query.format(relation))) == "note"
        called = connection.execute(text("SELECT note FROM claims_v1.claims_as_of(now())"))
        assert called.all() == []
    alembic(database.url, "check")
    alembic(database.url, "downgrade", "-1")
    upgrade(database.engine)  # as the release that is gone back to does
    assert dump(database.url) == released
