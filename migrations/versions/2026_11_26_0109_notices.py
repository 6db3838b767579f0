"""Notices: what publishers say of their articles, kills and embargoes.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = (
    "claims/embargoed_01",
    "claims/killed_01",
    "claims/embargoed_source_01",
    "claims/embargoed_subject_01",
    "claims_past/sighting_02",
    "claims_past/notice_01",
    "claims_past/document_change_01",
    "claims_past/document_02",
    "claims_past/embargoed_01",
    "claims_past/killed_01",
    "claims_past/embargoed_source_01",
    "claims_past/embargoed_subject_01",
    "claims_v1/documents_02",
    "claims_v1/document_versions_02",
    "claims_v1/sources_02",
    "claims_v1/source_names_02",
    "claims_v1/source_roles_02",
    "claims_v1/claims_02",
    "claims_v1/proposals_02",
    "claims_v1/attributions_02",
    "claims_v1/evidence_02",
    "claims_v1/decisions_02",
    "claims_v1/links_02",
    "claims_v1/changes_02",
    "claims_v1/notices_01",
    "claims_v1/timeline_02",
    "claims_v1/search_02",
    "claims_v1/changes_since_02",
)


def upgrade() -> None:
    """Notices, kills and embargoes, and views that leave out what is under embargo."""
    run_script(op.get_bind(), (SQL / "0109_notices.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Without them; what they said is lost."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0109_notices.down.sql").read_text("utf-8"))
