"""The contract: all views and functions of claims_v1.

Must run while the previous version of the program still reads the views: add first, remove in a
later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = (
    "claims_v1/documents_01",
    "claims_v1/sources_01",
    "claims_v1/source_names_01",
    "claims_v1/source_roles_01",
    "claims_v1/outlet_ratings_01",
    "claims_v1/claims_01",
    "claims_v1/proposals_01",
    "claims_v1/attributions_01",
    "claims_v1/evidence_01",
    "claims_v1/decisions_01",
    "claims_v1/links_01",
    "claims_v1/releases_01",
    "claims_v1/who_said_what_01",
    "claims_v1/changes_01",
    "claims_v1/chain_text_01",
    "claims_v1/timeline_01",
    "claims_v1/search_01",
    "claims_v1/claims_as_of_01",
    "claims_v1/changes_since_01",
)


def upgrade() -> None:
    """The contract: all views and functions of claims_v1."""
    run_script(op.get_bind(), (SQL / "0105_contract.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Remove it."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0105_contract.down.sql").read_text("utf-8"))
