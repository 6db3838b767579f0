"""Anchors: what changed between two versions, and the laws of the table.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0108"
down_revision = "0107"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = ("claims_past/anchor_02", "claims_v1/anchors_01")


def upgrade() -> None:
    """Anchors with what changed."""
    run_script(op.get_bind(), (SQL / "0108_anchors.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Anchors without it."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0108_anchors.down.sql").read_text("utf-8"))
