"""Loads what articles are printed from, what is printed from them, and whose their texts are."""

import uuid
from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.catalogue.copy_card import CopyCard, OriginCard, TextCard
from claims.contract.tables import shared_view
from claims.database.arrays import any_of
from claims.model.copies import CreditRule
from claims.model.moment import at_offset

ORIGINAL = ("original", "original_outlet", "original_published_at", "original_url")
COPY = ("document", "outlet", "published_at", "url")
CREDITS = [str(rule) for rule in CreditRule]
FACTS = ("kind", "share", "settled", "reason")


def load_copy_notes(session: Session, documents: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What each of the documents is printed from, in a line; one that is no copy has none."""
    if not documents:
        return {}
    view, article = shared_view("copies"), shared_view("documents")
    names = (*ORIGINAL, *FACTS)
    query = (
        select(view.c.document, article.c.published_offset, *(view.c[name] for name in names))
        .outerjoin(article, article.c.document == view.c.original)
        .where(view.c.document == any_of(documents))
        .order_by(view.c.document, view.c.original)
    )
    lines: dict[uuid.UUID, list[str]] = {}
    for document, offset, *facts in session.execute(query):
        lines.setdefault(document, []).append(_by_clock(CopyCard(*facts), offset).line)
    return {document: " ".join(some) for document, some in lines.items()}


def load_credit_note(session: Session, document: uuid.UUID) -> str | None:
    """Whom a document credits with its text, and by which words; None if it credits nobody.

    Such as `Reuters. Its credit line names it: “OSLO, May 4 (Reuters)”.`
    """
    view = shared_view("origins")
    query = (
        select(view.c.origin, view.c.reason)
        .where(view.c.document == document, view.c.rule.in_(CREDITS))
        .order_by(view.c.origin)
    )
    lines = [f"{origin}. {reason}" for origin, reason in session.execute(query)]
    return " ".join(lines) or None


def load_text_card(session: Session, document: uuid.UUID, *, limit: int) -> TextCard:
    """What is known of a document's text.

    Args:
        session: A reading session.
        document: The document.
        limit: Most copies to load.
    """
    origin = shared_view("origins")
    copies = _load(session, COPY, "original", document, limit=limit + 1)
    names = (origin.c[name] for name in ("origin", "rule", "reason"))
    origins = select(*names).where(origin.c.document == document).order_by(origin.c.origin)
    return TextCard(
        _load(session, ORIGINAL, "document", document, limit=limit),
        tuple(OriginCard(*row) for row in session.execute(origins)),
        copies[:limit],
        more=len(copies) > limit,
    )


def _load(
    session: Session, side: tuple[str, ...], key: str, document: uuid.UUID, *, limit: int
) -> tuple[CopyCard, ...]:
    """The copies or originals of a document, the earliest first."""
    view, article = shared_view("copies"), shared_view("documents")
    id_, _, published_at, _ = side
    query = (
        select(article.c.published_offset, *(view.c[name] for name in (*side, *FACTS)))
        .select_from(view)
        .outerjoin(article, article.c.document == view.c[id_])
        .where(view.c[key] == document)
        .order_by(view.c[published_at].nulls_last(), view.c[id_])
        .limit(limit)
    )
    return tuple(_by_clock(CopyCard(*row), offset) for offset, *row in session.execute(query))


def _by_clock(card: CopyCard, offset: int | None) -> CopyCard:
    """A card with the moment by the article's own clock."""
    return replace(card, published_at=at_offset(card.published_at, offset))
