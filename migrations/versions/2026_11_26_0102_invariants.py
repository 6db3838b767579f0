"""The invariants that the database itself keeps.

Must run while the previous version of the program still reads the views: add first, remove in a
later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """The invariants that the database itself keeps."""
    run_script(op.get_bind(), (SQL / "0102_invariants.sql").read_text("utf-8"))


def downgrade() -> None:
    """Remove their triggers and functions."""
    run_script(op.get_bind(), (SQL / "0102_invariants.down.sql").read_text("utf-8"))
