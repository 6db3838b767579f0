"""Others: what another program proposes for the words of a claim.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0135"
down_revision = "0129"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = (
    "claims_past/other_proposal_01",
    "claims_v1/other_proposals_01",
)


def upgrade() -> None:
    """The table, its laws and the views."""
    run_script(op.get_bind(), (SQL / "0135_others.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Without them; what other programs propose for stored claims is lost."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0135_others.down.sql").read_text("utf-8"))
