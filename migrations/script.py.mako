"""${message}.

Must run while the previous version of the program still reads the views: add first, remove in a
later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

% if imports:
${imports}
% endif
import sqlalchemy as sa
from alembic import op

revision = "${up_revision}"
down_revision = "${down_revision}"
branch_labels = None
depends_on = None

# The files of views and functions that come with this revision, as `claims_v1/claims_02`, in the
# order they are made: `install(op.get_bind(), VIEWS)` of claims.database.views ends the upgrade,
# `restore(op.get_bind(), down_revision)` begins the downgrade.
VIEWS = ()


def upgrade() -> None:
    """${message}."""
    ${upgrades if upgrades else "raise NotImplementedError"}


def downgrade() -> None:
    """Undo it."""
    ${downgrades if downgrades else "raise NotImplementedError"}
