"""Which of an archive's rows may be added to a database that already holds something."""

from collections.abc import Mapping
from typing import LiteralString

DECIDED = frozenset(
    {
        "source_identifier", "source_distinct", "outlet_rating", "source_role", "claim_parent",
        "link_refused", "link_disputed", "decision", "reading", "link_reading", "review_policy",
        "release", "draft", "document_change", "feed",
    }
)  # fmt: skip
"""Tables that only people write to: their rows belong to decisions, which are not merged. What a
notice did to a document the database notes itself, in the order of its own ledger."""

CIRCUMSTANCES = frozenset(
    {
        "recorded_at", "retrieved_at", "run", "archive_record", "part", "listed_on",
        "http_status", "http_headers", "redirects", "warc_record", "seen_at", "received_at",
        "place",
    }
)  # fmt: skip
"""Columns about how a row was read: rows that differ only in these count as the same."""

CONDITIONS: Mapping[str, LiteralString] = {
    "source": "s.revision = 0",
    "document": "s.revision = 0",
    "claim": "s.revision = 0",
    "claim_link": "s.linked_by IS NULL",
    # Names and hops belong to a source or claim that nobody decided on, here and there.
    "source_name": "(SELECT o.revision FROM claims.source AS o WHERE o.id = s.source) = 0",
    "attribution": "(SELECT o.revision FROM claims.claim AS o WHERE o.id = s.claim) = 0",
    "other_proposal": "(SELECT o.revision FROM claims.claim AS o WHERE o.id = s.claim) = 0",
}
"""The condition for rows of a table that an import may add, in SQL; `s` is the archive's row."""

OWNERS: Mapping[str, tuple[str, str]] = {
    "attribution": ("claim", "claim"),
    "other_proposal": ("claim", "claim"),
    "source_name": ("source", "source"),
    "source_role": ("source", "source"),
    "outlet_rating": ("source", "outlet"),
    "document_version": ("document", "document"),
    "sighting": ("document", "document"),
    "document_address": ("document", "document"),
    "document_identifier": ("document", "document"),
    "notice": ("document", "document"),
}
"""For each table whose rows belong to another: that table, and the column that points to it.

The revision of the owner decides which of two rows is the newer one."""
