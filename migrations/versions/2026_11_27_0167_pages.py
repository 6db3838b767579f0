"""Pages: a page of the change feed looks at as many decisions as it shows.

Must run while the previous version of the program still reads the views: none of them changes.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from alembic import op

from claims.database.views import install, restore

revision = "0167"
down_revision = "0166"
branch_labels = None
depends_on = None

# In the order they are made.
VIEWS = ("claims_v1/changes_since_03",)


def upgrade() -> None:
    """The function anew; its rows stay the same."""
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """As it was."""
    restore(op.get_bind(), down_revision)
