"""Proposals: their class, how sure the name is, whom the machine would suggest, and who heard it.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0141"
down_revision = "0140"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = (
    "claims_past/claim_02",
    "claims_v1/claims_04",
    "claims_v1/proposals_04",
    "claims_v1/who_said_what_04",
    "claims_v1/claims_as_of_03",
)


def upgrade() -> None:
    """The columns, their laws and the views."""
    run_script(op.get_bind(), (SQL / "0141_proposals.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Without them; what the machine said of its proposals is lost."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0141_proposals.down.sql").read_text("utf-8"))
