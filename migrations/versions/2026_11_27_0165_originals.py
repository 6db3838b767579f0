"""Originals: those with a run are found by the index of runs, however many copies have it.

Must run while the previous version of the program still reads the views: none changes.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0165"
down_revision = "0164"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """The key of runs has whether their text is an original."""
    run_script(op.get_bind(), (SQL / "0165_originals.sql").read_text("utf-8"))


def downgrade() -> None:
    """The key is the run and the place alone."""
    run_script(op.get_bind(), (SQL / "0165_originals.down.sql").read_text("utf-8"))
