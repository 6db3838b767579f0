"""The order of publication, in which earlier texts are looked for."""

import uuid
from datetime import UTC, datetime, timedelta

BEGINNING = datetime.min.replace(tzinfo=UTC)
UNDATED = (1 << 64) - 1
"""Later than any date: a text without one is not taken for the original of others."""


def place_of(published_at: datetime | None, document: uuid.UUID) -> uuid.UUID:
    """Where a document stands: its moment, then its id, as one value that compares like both.

    The id makes the order total without the order in which articles arrived: what was compared
    yesterday and what is compared from scratch must agree.
    """
    moment = UNDATED
    if published_at is not None:
        moment = (published_at - BEGINNING) // timedelta(microseconds=1)
    return uuid.UUID(bytes=moment.to_bytes(8, "big") + document.bytes[:8])
