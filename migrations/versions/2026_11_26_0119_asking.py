"""Corroboration: how far an utterance went, who heard it, and who else says so.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from alembic import op

from claims.database.views import install, restore

revision = "0119"
down_revision = "0118"
branch_labels = None
depends_on = None

# In the order they are made.
VIEWS = ("claims_v1/corroboration_01",)


def upgrade() -> None:
    """The view."""
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Without it."""
    restore(op.get_bind(), down_revision)
