"""Corroboration: who says otherwise of one number does not say so of another.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from alembic import op
from sqlalchemy import text

from claims.database.views import install, restore

revision = "0128"
down_revision = "0127"
branch_labels = None
depends_on = None

# In the order they are made.
VIEWS = ("claims_past/quote_pair_01", "claims_v1/corroboration_02")

CONTRADICTED = """
    SELECT claims.quotes_due(ARRAY(
        SELECT c.id FROM claims.claim_link AS l JOIN claims.claim AS c ON c.id IN (l.a, l.b)
         WHERE l.linked_by IS NOT NULL AND l.kind IN ('contradicts', 'narrows', 'retracts')))
"""
"""Claims that may be reports of one utterance still, and are so no longer."""


def upgrade() -> None:
    """The view in its new form."""
    install(op.get_bind(), VIEWS)
    op.get_bind().execute(text(CONTRADICTED))


def downgrade() -> None:
    """As it was."""
    restore(op.get_bind(), down_revision)
