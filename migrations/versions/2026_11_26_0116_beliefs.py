"""Beliefs: a mode of their own, and modes beside the words wherever a view shows them.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0116"
down_revision = "0115"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = (
    "claims_v1/claims_03",
    "claims_v1/proposals_03",
    "claims_v1/evidence_03",
    "claims_v1/who_said_what_02",
    "claims_v1/anchors_02",
    "claims_v1/claims_as_of_02",
)


def upgrade() -> None:
    """What each hop does with the words has six modes, and the views say it of carriers too."""
    run_script(op.get_bind(), (SQL / "0116_beliefs.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Five modes; of carriers only in the chain."""
    run_script(op.get_bind(), (SQL / "0116_beliefs.down.sql").read_text("utf-8"))
    restore(op.get_bind(), down_revision)
