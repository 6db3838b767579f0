"""Evidence: the bytes that were read have a table of their own.

Must run while the previous version of the program still reads the views: the published ones stay as
they are. Those of the past are made anew, because a view cannot lose columns. One transaction;
`migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, remove, remove_past, views_at

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = ("claims_past/archive_record_01", "claims_past/document_version_02")


def upgrade() -> None:
    """Move the bytes of each version to archive_record."""
    remove_past(op.get_bind())
    run_script(op.get_bind(), (SQL / "0106_evidence.sql").read_text("utf-8"))
    install(op.get_bind(), views_at(revision))


def downgrade() -> None:
    """Move them back."""
    remove(op.get_bind())
    run_script(op.get_bind(), (SQL / "0106_evidence.down.sql").read_text("utf-8"))
    install(op.get_bind(), views_at(down_revision))
