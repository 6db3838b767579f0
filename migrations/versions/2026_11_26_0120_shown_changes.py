"""The change feed says what an article is shown as: a kill that is in force or overruled counts.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0120"
down_revision = "0119"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = ("claims_v1/changes_03",)


def upgrade() -> None:
    """The view in its new form, and what takes a kill back."""
    run_script(op.get_bind(), (SQL / "0120_shown_changes.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """As it was."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0120_shown_changes.down.sql").read_text("utf-8"))
