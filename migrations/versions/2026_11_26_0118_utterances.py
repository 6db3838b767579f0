"""Utterances: words compared across articles, proposed links, and links that people refused.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0118"
down_revision = "0117"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = (
    "claims/link_proposal_01",
    "claims_past/quote_key_01",
    "claims_past/quote_group_01",
    "claims_past/link_refused_01",
    "claims_past/link_proposal_01",
    "claims_v1/links_03",
    "claims_v1/utterances_01",
)


def upgrade() -> None:
    """Words of claims compared across articles."""
    run_script(op.get_bind(), (SQL / "0118_utterances.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Without them; what people refused is lost."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0118_utterances.down.sql").read_text("utf-8"))
