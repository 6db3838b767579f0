"""What the digest of a claim is of can be asked for, and numbers are hashed without last zeros.

Must run while the previous version of the program still reads the views: none of them changes.
One transaction; `migrations/env.py` sets the lock and statement timeouts.
"""

from pathlib import Path

from alembic import op

from claims.database.script import run_script

revision = "0144"
down_revision = "0143"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Let the state that is hashed be exported, for verifiers that have no database."""
    run_script(op.get_bind(), (SQL / "0144_digested.sql").read_text("utf-8"))


def downgrade() -> None:
    """The digest alone."""
    run_script(op.get_bind(), (SQL / "0144_digested.down.sql").read_text("utf-8"))
