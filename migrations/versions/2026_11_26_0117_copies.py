"""Copies: which article is printed from which, and whom a text comes from.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0117"
down_revision = "0116"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = (
    "claims_past/sighting_03",
    "claims_past/document_03",
    "claims_past/document_text_01",
    "claims_past/compared_text_01",
    "claims_past/copy_01",
    "claims_v1/copies_01",
    "claims_v1/origins_01",
    "claims_v1/claim_origins_01",
)


def upgrade() -> None:
    """The tables of comparison, what people settle, and the views."""
    run_script(op.get_bind(), (SQL / "0117_copies.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Without them; what people settled is lost."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0117_copies.down.sql").read_text("utf-8"))
