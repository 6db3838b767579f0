"""What a program that has a token may do."""

from enum import StrEnum


class Scope(StrEnum):
    """One thing that a token allows."""

    READ = "read"
    """Read what is published."""
    REVIEW = "review"
    """Read also what waits for a decision, and the ledger."""
    DECIDE = "decide"
    """Decide on claims, signed by the token's reviewer."""
    INGEST = "ingest"
    """Store articles."""
    PROPOSE = "propose"
    """Let claims be found in a text, which costs the server's time."""


MEANINGS = {
    Scope.READ: "read what is published",
    Scope.REVIEW: "read also what waits for a decision, and the ledger",
    Scope.DECIDE: "decide on claims, signed by the token's reviewer",
    Scope.INGEST: "store articles",
    Scope.PROPOSE: "have claims found in a text",
}
"""What each scope allows, in words."""
