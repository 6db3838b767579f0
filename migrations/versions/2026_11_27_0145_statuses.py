"""The index of statuses leaves out proposals, which nearly all claims are.

Must run while the previous version of the program still reads the views: none of them changes.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0145"
down_revision = "0144"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Leave proposals out."""
    run_script(op.get_bind(), (SQL / "0145_statuses.sql").read_text("utf-8"))


def downgrade() -> None:
    """Index every claim."""
    run_script(op.get_bind(), (SQL / "0145_statuses.down.sql").read_text("utf-8"))
