"""Compares all articles that are due, some in a transaction: it may be killed and run again."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from claims.copies.compare import compare_documents
from claims.copies.texts import QUERIES
from claims.database.engine import Database

TOGETHER = 100
"""Articles in one transaction: whoever stores one meanwhile waits for no more than these."""


def compare_due(database: Database) -> Iterator[int]:
    """Compare all articles that are due, in the order of their publication.

    Yields:
        For each transaction how many were compared.
    """
    with database.reader() as session:
        due = list(session.scalars(QUERIES["due"]))
    for start in range(0, len(due), TOGETHER):
        with database.writer() as session:
            yield compare_documents(session, due[start : start + TOGETHER])


def compare_changed_articles(database: Database) -> int:
    """Compare what a command changed; how many articles were compared."""
    return sum(compare_due(database))


def mark_all_due(session: Session) -> None:
    """Make all articles due."""
    session.execute(QUERIES["hold_head"])
    session.execute(QUERIES["again"])


def count_due(session: Session) -> int:
    """How many articles are due."""
    return int(session.execute(QUERIES["count_due"]).scalar_one())
