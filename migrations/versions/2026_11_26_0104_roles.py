"""Roles: who owns, who writes, who reads.

Must run while the previous version of the program still reads the views: add first, remove in a
later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Roles: who owns, who writes, who reads."""
    run_script(op.get_bind(), (SQL / "0104_roles.sql").read_text("utf-8"))


def downgrade() -> None:
    """Remove their rights; the roles belong to the server and stay."""
    run_script(op.get_bind(), (SQL / "0104_roles.down.sql").read_text("utf-8"))
