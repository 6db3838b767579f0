"""Bytes: the words for search stand in indexes alone, and two indexes hold numbers for long values.

Must run while the previous version of the program still reads the views: none of the published ones
loses a column.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, remove, remove_past, views_at

revision = "0159"
down_revision = "0147"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = ("claims_past/claim_03", "claims_v1/withdrawn_origins_02", "claims_v1/search_03")


def upgrade() -> None:
    """Without the column; the views of the past are made again, for one of them showed it."""
    remove_past(op.get_bind())
    run_script(op.get_bind(), (SQL / "0159_bytes.sql").read_text("utf-8"))
    install(op.get_bind(), views_at(revision))


def downgrade() -> None:
    """With the column."""
    remove(op.get_bind())
    run_script(op.get_bind(), (SQL / "0159_bytes.down.sql").read_text("utf-8"))
    install(op.get_bind(), views_at(down_revision))
