"""Records that wait for a worker: the queue between many machines.

Must run while the previous version of the program still reads the views: a table is added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0138"
down_revision = "0137"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """The table and its laws."""
    run_script(op.get_bind(), (SQL / "0138_ingest_queue.sql").read_text("utf-8"))


def downgrade() -> None:
    """As it was."""
    run_script(op.get_bind(), (SQL / "0138_ingest_queue.down.sql").read_text("utf-8"))
