"""Roles: who owns, who writes, who reads.

Must run while the previous version of the program still reads the views: add first, take away
in a later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Roles: who owns, who writes, who reads."""
    run_script(op.get_bind(), (SQL / "0006_roles.sql").read_text("utf-8"))


def downgrade() -> None:
    """Take their rights away."""
    run_script(op.get_bind(), (SQL / "0006_roles.down.sql").read_text("utf-8"))
