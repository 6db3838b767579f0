"""Origins: published claims that came through an article which is withdrawn.

Must run while the previous version of the program still reads the views: columns are only added.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script
from claims.database.views import install, restore

revision = "0114"
down_revision = "0113"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

# In the order they are made.
VIEWS = ("claims_v1/withdrawn_origins_01",)


def upgrade() -> None:
    """The view, and the index that it begins with."""
    run_script(op.get_bind(), (SQL / "0114_origins.sql").read_text("utf-8"))
    install(op.get_bind(), VIEWS)


def downgrade() -> None:
    """Without them."""
    restore(op.get_bind(), down_revision)
    run_script(op.get_bind(), (SQL / "0114_origins.down.sql").read_text("utf-8"))
