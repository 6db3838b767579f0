"""Leases of tabs and terminals: a card is before one of them, not before a person.

Must run while the previous version of the program still reads the views: what it leases has a
session that nobody else has.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0156"
down_revision = "0165"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """The column, and the function that frees by it."""
    run_script(op.get_bind(), (SQL / "0156_lease_sessions.sql").read_text("utf-8"))


def downgrade() -> None:
    """Without them."""
    run_script(op.get_bind(), (SQL / "0156_lease_sessions.down.sql").read_text("utf-8"))
