"""The published views and the role that reads them.

Must run while the previous version of the program still reads the views: add first, take away
in a later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """The published views and the role that reads them."""
    connection = op.get_bind()
    run_script(connection, (SQL / "0003_claims_v1.sql").read_text("utf-8"))
    run_script(connection, (SQL / "0003_claims_v1.views.sql").read_text("utf-8"))
    run_script(connection, (SQL / "0003_claims_v1.grants.sql").read_text("utf-8"))


def downgrade() -> None:
    """Take them away."""
    run_script(op.get_bind(), (SQL / "0003_claims_v1.down.sql").read_text("utf-8"))
