"""Printed: how many articles hold the words of a claim that waits is counted up to a hundred.

Must run while the previous version of the program still reads the views: none changes.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0164"
down_revision = "0159"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Functions that look at no more claims than tell."""
    run_script(op.get_bind(), (SQL / "0164_printed.sql").read_text("utf-8"))


def downgrade() -> None:
    """Functions that count all of them."""
    run_script(op.get_bind(), (SQL / "0164_printed.down.sql").read_text("utf-8"))
