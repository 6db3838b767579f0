"""Review: states, batches, readings, the queue, leases, releases.

Must run while the previous version of the program still reads the views: add first, take away
in a later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Review: states, batches, readings, the queue, leases, releases."""
    run_script(op.get_bind(), (SQL / "0004_review.sql").read_text("utf-8"))


def downgrade() -> None:
    """Take them away."""
    run_script(op.get_bind(), (SQL / "0004_review.down.sql").read_text("utf-8"))
