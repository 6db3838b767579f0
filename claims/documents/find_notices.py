"""Finds notices by id or filters, with what became of them."""

import uuid

from sqlalchemy.orm import Session

from claims.catalogue.errors import AmbiguousIdError
from claims.catalogue.find import id_range
from claims.database.statements import in_state_of, read_statements
from claims.documents.decisions import OpenNotice
from claims.documents.errors import DocumentRefusedError, UnknownNoticeError
from claims.model.document import NoticeLine
from claims.model.notice import NoticeKind

SQL = read_statements("claims.documents", "find_notices.sql")
"""The statements of find_notices.sql by name."""

NO_FILTER = {"low": None, "high": None, "document": None, "kind": None, "open": False}


def list_notices(
    session: Session,
    *,
    kind: str | None = None,
    document: uuid.UUID | None = None,
    only_open: bool = True,
    limit: int = 50,
) -> list[NoticeLine]:
    """Notices, the newest first.

    Args:
        session: A session, reading or writing.
        kind: Only of this kind.
        document: Only about this document.
        only_open: Only those that wait for a person.
        limit: Most notices to return.
    """
    asked = {"kind": kind, "document": document, "open": only_open, "most": limit}
    rows = session.execute(in_state_of(session, SQL["notices"]), NO_FILTER | asked)
    return [NoticeLine(*row) for row in rows]


def count_open_notices(session: Session) -> int:
    """How many notices wait for a person."""
    return int(session.scalar(in_state_of(session, SQL["count_open"])) or 0)


def find_notice(session: Session, prefix: str) -> NoticeLine:
    """The notice whose id begins with a prefix.

    Raises:
        UnknownNoticeError: There is none.
        AmbiguousIdError: More than one id begins so.
    """
    low, high = id_range(prefix, UnknownNoticeError)
    asked = {"low": low, "high": high, "most": 2}
    rows = session.execute(in_state_of(session, SQL["notices"]), NO_FILTER | asked).all()
    if not rows:
        raise UnknownNoticeError(prefix)
    if len(rows) > 1:
        raise AmbiguousIdError(prefix, f"{rows[0].id} and {rows[1].id}, for instance")
    return NoticeLine(*rows[0])


def to_settle(line: NoticeLine) -> tuple[uuid.UUID, OpenNotice]:
    """The document that a notice is about, and the notice as a decision needs it.

    Raises:
        DocumentRefusedError: Its article has not come.
    """
    if line.document is None:
        named = line.external_id or line.url or "no article"
        detail = f"it names {named}, which has not come; there is nothing to decide on yet"
        raise DocumentRefusedError(f"notice {line.short_id}", detail)
    return line.document, OpenNotice(line.id, NoticeKind(line.kind), line.words)
