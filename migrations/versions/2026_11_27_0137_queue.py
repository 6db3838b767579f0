"""The queue in fewer bytes: a row for each article that waits, and narrower indexes.

Must run while the previous version of the program still reads the views: none of them changes.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0137"
down_revision = "0136"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Make the queue anew, from the claims."""
    run_script(op.get_bind(), (SQL / "0137_queue.sql").read_text("utf-8"))


def downgrade() -> None:
    """The queue as it was, from the claims."""
    run_script(op.get_bind(), (SQL / "0137_queue.down.sql").read_text("utf-8"))
