"""Asked: half of the words in common, where a speaker is not named, is a question.

Must run while the previous version of the program still reads the views: the columns stay.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from alembic import op

from claims.database.views import install, restore

revision = "0146"
down_revision = "0145"
branch_labels = None
depends_on = None

VIEWS = ("claims/link_proposal_02",)


def upgrade() -> None:
    """Say what is not counted as one act."""
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """The view as it was."""
    restore(op.get_bind(), down_revision)
