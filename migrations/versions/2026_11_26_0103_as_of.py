"""Every relation that is read, as it was at a number of the ledger.

Must run while the previous version of the program still reads the views: add first, remove in a
later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = (
    "claims/source_shown_01",
    "claims_past/reviewer_01",
    "claims_past/run_01",
    "claims_past/decision_01",
    "claims_past/ledger_head_01",
    "claims_past/release_01",
    "claims_past/source_01",
    "claims_past/document_01",
    "claims_past/document_version_01",
    "claims_past/claim_01",
    "claims_past/attribution_01",
    "claims_past/claim_parent_01",
    "claims_past/anchor_01",
    "claims_past/claim_link_01",
    "claims_past/row_changed_later_01",
    "claims_past/source_name_01",
    "claims_past/source_role_01",
    "claims_past/outlet_rating_01",
    "claims_past/source_identifier_01",
    "claims_past/source_distinct_01",
    "claims_past/pointer_changed_later_01",
    "claims_past/end_moved_later_01",
    "claims_past/source_merged_anew_01",
    "claims_past/source_merged_01",
    "claims_past/source_suggestion_01",
    "claims_past/source_shown_01",
)


def upgrade() -> None:
    """Every relation that is read, as it was at a number of the ledger."""
    run_script(op.get_bind(), (SQL / "0103_as_of.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Remove it; nothing is lost, because it stores nothing."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0103_as_of.down.sql").read_text("utf-8"))
