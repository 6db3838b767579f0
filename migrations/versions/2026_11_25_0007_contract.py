"""The contract: all views and functions of claims_v1, their indexes, a reader who only reads.

Must run while the previous version of the program still reads the views: add first, take away
in a later revision. One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.contract.views import over_the_past, read_view
from claims.database.script import run_script

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# As they are at this revision. CREATE OR REPLACE, so that views which others built on ours stay.
VIEWS = (
    "documents", "sources", "source_names", "source_roles", "outlet_ratings", "claims", "proposals",
    "attributions", "evidence", "decisions", "links", "releases", "who_said_what", "changes",
)  # fmt: skip
FUNCTIONS = ("chain_text", "timeline", "search", "claims_as_of", "changes_since")
SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """The contract."""
    connection = op.get_bind()
    run_script(connection, (SQL / "0007_contract.sql").read_text("utf-8"))
    for name in VIEWS:
        run_script(connection, read_view(name))
        run_script(connection, over_the_past(read_view(name)))
    for name in FUNCTIONS:
        run_script(connection, read_view(name))
    run_script(connection, (SQL / "0007_reader.sql").read_text("utf-8"))


def downgrade() -> None:
    """Take it back: the seven views, and the past, as they were."""
    connection = op.get_bind()
    past = over_the_past((SQL / "0003_claims_v1.views.sql").read_text("utf-8"))
    for script in (
        # The past stands on everything and keeps nothing: it is made again.
        (SQL / "0007_past.down.sql").read_text("utf-8"),
        (SQL / "0005_past.down.sql").read_text("utf-8"),
        (SQL / "0007_contract.down.sql").read_text("utf-8"),
        (SQL / "0003_claims_v1.views.sql").read_text("utf-8"),
        (SQL / "0003_claims_v1.grants.sql").read_text("utf-8"),
        (SQL / "0007_reader.down.sql").read_text("utf-8"),
        (SQL / "0005_past.sql").read_text("utf-8"),
        past,
    ):
        run_script(connection, script)
