"""Counts in the wide view: printings, outlets and independent origins of what each claim reports.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from alembic import op

from claims.database.views import install, restore

revision = "0129"
down_revision = "0128"
branch_labels = None
depends_on = None

# In the order they are made.
VIEWS = ("claims_v1/who_said_what_03",)


def upgrade() -> None:
    """The view with three more columns."""
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Without them."""
    restore(op.get_bind(), down_revision)
