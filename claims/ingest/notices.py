"""Saves what an article says of itself, with the bytes that say it."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from claims.documents.notices import notices_of, save_notices
from claims.evidence.save import save_evidence
from claims.model.article import Article
from claims.model.notice import Notice


def save_notices_of(
    session: Session,
    article: Article,
    document: uuid.UUID,
    *,
    run: uuid.UUID,
    received_at: datetime,
) -> list[Notice]:
    """Save what a stored article says of itself that is new; returns it.

    Its bytes are kept too: a wire that kills a text may send it once more with another status.
    """
    return save_notices(
        session,
        notices_of(article),
        document,
        run=run,
        received_at=received_at,
        save_bytes=lambda: save_evidence(session, article, run=run, retrieved_at=received_at),
    )
