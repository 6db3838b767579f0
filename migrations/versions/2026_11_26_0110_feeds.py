"""Feeds: which are followed, which addresses are due, and when each host may be asked.

Must run while the previous version of the program still reads the views: tables are only added. One
transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0110"
down_revision = "0109"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Feeds, hosts and addresses."""
    run_script(op.get_bind(), (SQL / "0110_feeds.sql").read_text("utf-8"))


def downgrade() -> None:
    """None of them."""
    run_script(op.get_bind(), (SQL / "0110_feeds.down.sql").read_text("utf-8"))
