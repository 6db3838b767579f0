"""Digests of claims: what a decision leaves of a claim is hashed into it.

Must run while the previous version of the program still reads the views: two of them leave out
what the ledger says beside fields.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0142"
down_revision = "0141"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = ("claims_v1/changes_04", "claims_v1/changed_fields_02")


def upgrade() -> None:
    """Let each new decision on a claim name the digest of what it leaves."""
    run_script(op.get_bind(), (SQL / "0142_digests.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Decisions without it; those that were written keep theirs."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0142_digests.down.sql").read_text("utf-8"))
