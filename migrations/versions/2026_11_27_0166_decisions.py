"""Decisions: what stayed is not looked at twice, and plain values need no query.

Must run while the previous version of the program still reads the views: none of them changes.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0166"
down_revision = "0156"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """The functions anew; what they give stays the same."""
    run_script(op.get_bind(), (SQL / "0166_decisions.sql").read_text("utf-8"))


def downgrade() -> None:
    """As they were."""
    run_script(op.get_bind(), (SQL / "0166_decisions.down.sql").read_text("utf-8"))
