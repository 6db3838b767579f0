"""The past: the tables and the published views as they were at a number of the ledger.

Must run while the previous version of the program still reads the views: add first, take away
in a later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.contract.views import over_the_past
from claims.database.script import run_script

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """The tables and the published views as they were at a number of the ledger."""
    run_script(op.get_bind(), (SQL / "0005_past.sql").read_text("utf-8"))
    # As they are at this revision; a later one that adds a view makes both of its forms.
    run_script(op.get_bind(), over_the_past((SQL / "0003_claims_v1.views.sql").read_text("utf-8")))


def downgrade() -> None:
    """Take them away."""
    run_script(op.get_bind(), (SQL / "0005_past.down.sql").read_text("utf-8"))
