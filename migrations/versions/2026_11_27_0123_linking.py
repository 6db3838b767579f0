"""Linking: what a comparison removes, each by what it is found by; one index of hashes, not two.

Must run while the previous version of the program still reads the views: none of them changes.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0123"
down_revision = "0120"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Functions by what they remove."""
    run_script(op.get_bind(), (SQL / "0123_linking.sql").read_text("utf-8"))


def downgrade() -> None:
    """One function for all, and the index that it needs."""
    run_script(op.get_bind(), (SQL / "0123_linking.down.sql").read_text("utf-8"))
