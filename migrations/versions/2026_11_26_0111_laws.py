"""Laws: what a decision says is what happens; a writer removes by functions alone.

Must run while the previous version of the program still works: it decides as before, and its own
DELETE works for whoever owns the tables. One transaction; `migrations/env.py` sets the timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0111"
down_revision = "0110"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Decisions that are compared with the rows."""
    run_script(op.get_bind(), (SQL / "0111_laws.sql").read_text("utf-8"))


def downgrade() -> None:
    """Decisions that stand beside the rows."""
    run_script(op.get_bind(), (SQL / "0111_laws.down.sql").read_text("utf-8"))
