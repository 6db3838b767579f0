"""Spans and changed fields as plain rows, for programs that know no lists.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from alembic import op

from claims.database.views import install, restore

revision = "0113"
down_revision = "0112"
branch_labels = None
depends_on = None

# In the order they are made.
VIEWS = ("claims_v1/spans_01", "claims_v1/changed_fields_01", "claims_v1/anchor_spans_01")


def upgrade() -> None:
    """Views of plain rows beside lists and objects."""
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Without them."""
    restore(op.get_bind(), down_revision)
