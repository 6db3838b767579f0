"""Who is signed in at the desk.

Must run while the previous version of the program still reads the views: a table is added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0127"
down_revision = "0123"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """The table, and what removes from it."""
    run_script(op.get_bind(), (SQL / "0127_desk.sql").read_text("utf-8"))


def downgrade() -> None:
    """As it was."""
    run_script(op.get_bind(), (SQL / "0127_desk.down.sql").read_text("utf-8"))
