"""Accounts of people who use a desk that others reach; who only reads signs nothing.

Must run while the previous version of the program still reads the views: tables are added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0140"
down_revision = "0139"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """The tables, the roles and the law."""
    run_script(op.get_bind(), (SQL / "0140_accounts.sql").read_text("utf-8"))


def downgrade() -> None:
    """As it was."""
    run_script(op.get_bind(), (SQL / "0140_accounts.down.sql").read_text("utf-8"))
