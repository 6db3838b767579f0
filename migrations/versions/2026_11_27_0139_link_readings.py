"""Links that two people read: sealed readings, disputes, and the share that a policy asks for.

Must run while the previous version of the program still reads the views: none of them changes.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0139"
down_revision = "0138"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = ("claims/open_link_reading_01",)


def upgrade() -> None:
    """Readings of links and disputes on them."""
    run_script(op.get_bind(), (SQL / "0139_link_readings.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Without them; what was read of links and not settled is lost."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0139_link_readings.down.sql").read_text("utf-8"))
