"""Which tables an archive holds, in which order, and which of their columns."""

from dataclasses import dataclass

from claims.schema import Base

ORDER = (
    "reviewer", "feed", "run", "source", "source_name", "source_identifier", "source_suggestion",
    "source_distinct", "outlet_rating", "document", "archive_record", "document_version",
    "sighting", "document_address", "document_identifier", "notice", "document_change",
    "source_role", "claim", "attribution", "other_proposal", "anchor", "claim_link",
    "link_refused", "link_disputed", "claim_parent", "decision", "reading", "link_reading",
    "review_policy", "release", "draft", "problem",
)  # fmt: skip
"""Each table after those that it points to."""

READERS = "waiting"
"""The last section: who read which waiting claim. The rest of the queue is derived from claims."""

OMITTED_TABLES = {
    "source_merged": "derived from source.merged_into",
    "ledger_head": "the last decision; checked",
    "waiting": "derived from claims, except its readers, which are a section of their own",
    "waiting_article": "derived from claims",
    "step": "what a transaction at work began with; empty between transactions",
    "api_token": "which programs may use the API here; a copy elsewhere lets none in",
    "account": "who may come in at the desk here; a copy elsewhere lets nobody in",
    "login_attempt": "how often somebody tried to sign in within the last minutes",
    "lease": "who has which card open for the next minutes",
    "desk_session": "who is signed in at the desk",
    "feed_address": "when each address is due: read anew from the feeds by the next run",
    "quote_words": "made again from the claims",
    "quote_sketch": "made again from the claims",
    "quote_pair": "made again from the claims",
    "quote_key": "made again from the claims",
    "quote_group": "made again from the claims, and from the links that people settled",
    "quote_due": "after an import all claims are due",
    "quote_head": "held by whoever compares; says nothing",
    "compared_text": "made again from the articles",
    "document_text": "made again from the articles",
    "fingerprint": "made again from the articles",
    "copy": "made again from the articles",
    "comparison_due": "after an import all articles are due",
    "comparison_head": "held by whoever compares; says nothing",
    "queued_record": "what waits for a worker is not ingested yet: its files are read again",
    "feed_host": "when each host may be asked, and which process asks it now",
}
"""Tables that are not in an archive, and why nothing is lost."""

OMITTED_COLUMNS = frozenset(
    {"changed_in", "itself", "killed_by", "embargoed_until", "shown_status", "hidden_until"}
)
"""Columns that mean nothing outside their transaction, or are derived from others."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of an archive.

    Attributes:
        table: Its name in schema claims.
        columns: The columns that are written, in the table's order.
        key: The columns that identify a row; rows are in their order.
        foreign_keys: For each column that points to another table: the column, that table, its
            key.
    """

    table: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[tuple[str, str, str], ...] = ()


def section_of(table: str) -> Section:
    """The section of a table."""
    if table == READERS:
        return Section(READERS, ("claim", "first_reader", "second_reader"), ("claim",))
    schema_table = Base.metadata.tables[f"claims.{table}"]
    columns = tuple(
        column.name for column in schema_table.columns if column.name not in OMITTED_COLUMNS
    )
    # The ledger's own order, so that its chain can be followed as it is read.
    key = (
        ("no",) if table == "decision" else tuple(c.name for c in schema_table.primary_key.columns)
    )
    foreign_keys = tuple(
        sorted(
            (key.parent.name, key.column.table.name, key.column.name)
            for key in schema_table.foreign_keys
        )
    )
    return Section(table, columns, key, foreign_keys)


SECTIONS = tuple(section_of(table) for table in (*ORDER, READERS))
