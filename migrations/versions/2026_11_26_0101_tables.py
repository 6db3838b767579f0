"""All tables and their indexes.

Must run while the previous version of the program still reads the views: add first, remove in a
later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0101"
down_revision = None
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """All tables and their indexes."""
    run_script(op.get_bind(), (SQL / "0101_tables.sql").read_text("utf-8"))


def downgrade() -> None:
    """Remove them."""
    run_script(op.get_bind(), (SQL / "0101_tables.down.sql").read_text("utf-8"))
