"""Crowds: groups of equal words are found by speaker and in their order.

Must run while the previous version of the program still reads the views: none of them changes.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0143"
down_revision = "0142"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Index groups by speaker, and in their order."""
    run_script(op.get_bind(), (SQL / "0143_crowds.sql").read_text("utf-8"))


def downgrade() -> None:
    """One index by wording."""
    run_script(op.get_bind(), (SQL / "0143_crowds.down.sql").read_text("utf-8"))
