"""Versions: sightings, and the addresses and ids of documents.

Must run while the previous version of the program still reads the views: add first, remove in a
later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = (
    "claims_past/sighting_01",
    "claims_past/document_address_01",
    "claims_past/document_identifier_01",
    "claims_v1/document_versions_01",
)


def upgrade() -> None:
    """Sightings, addresses and ids, filled from what is stored."""
    run_script(op.get_bind(), (SQL / "0107_versions.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Remove them."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0107_versions.down.sql").read_text("utf-8"))
