"""Clocks: by which clock an article says when it was published.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0147"
down_revision = "0146"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = (
    "claims_past/document_04",
    "claims_v1/documents_03",
    "claims_v1/who_said_what_05",
    "claims_v1/chain_text_02",
)


def upgrade() -> None:
    """The column and the views that show it."""
    run_script(op.get_bind(), (SQL / "0147_clocks.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Every article by the clock of UTC again; the moments stay."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0147_clocks.down.sql").read_text("utf-8"))
