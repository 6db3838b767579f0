"""Which rows a list or a search has to look at: few, where its query alone would walk all."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.database.statements import read_statements

STATEMENTS = {
    name: text(sql) for name, sql in read_statements("claims.catalogue", "narrow.sql").items()
}
"""The statements of narrow.sql by name."""

PORTIONS = (64, 1024)
"""Documents that are looked through for a list, before all are: the first are enough for a page
without filters, the second for filters that one claim in some hundred passes."""


@dataclass(frozen=True, slots=True)
class NewestDocuments:
    """The documents that a list begins with.

    Attributes:
        ids: All that were published at `oldest` or later, now or in the state that is read.
        oldest: When the last of them was published.
    """

    ids: Sequence[uuid.UUID]
    oldest: datetime


def newest_documents(
    session: Session, most: int, until: datetime | None = None
) -> NewestDocuments | None:
    """The documents published last, in the state that a session reads.

    Args:
        session: A session, of the present or the past.
        most: How many; more if several were published at the last moment.
        until: Only those published then or earlier.

    Returns:
        None if there are not so many.
    """
    row = session.execute(STATEMENTS["newest_documents"], {"most": most, "until": until}).one()
    return NewestDocuments(row.ids, row.oldest) if row.documents >= most else None


def claims_with_words(session: Session, words: str, most: int) -> Sequence[uuid.UUID]:
    """The claims among which those are that held words then; others are among them.

    Args:
        session: A session of the past.
        words: As a web search takes them.
        most: How many are wanted.
    """
    return session.scalars(STATEMENTS["claims_with_words"], {"words": words, "most": most}).all()
