"""Claims that a person adds: without a score, by the rule `editor`.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0112"
down_revision = "0111"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """A score may be missing."""
    run_script(op.get_bind(), (SQL / "0112_editor.sql").read_text("utf-8"))


def downgrade() -> None:
    """Each claim has a score."""
    run_script(op.get_bind(), (SQL / "0112_editor.down.sql").read_text("utf-8"))
