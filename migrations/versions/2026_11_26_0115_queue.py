"""Proposals of a withdrawn article leave the queue, and come back with it.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0115"
down_revision = "0114"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """The queue follows the status of articles."""
    run_script(op.get_bind(), (SQL / "0115_queue.sql").read_text("utf-8"))


def downgrade() -> None:
    """Proposals of withdrawn articles wait like others."""
    run_script(op.get_bind(), (SQL / "0115_queue.down.sql").read_text("utf-8"))
