"""Loads claims as the ends of links."""

import uuid
from collections.abc import Collection

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.catalogue.modes import load_modes
from claims.database.ranges import to_days, to_spans
from claims.database.statements import read_statements
from claims.model.moment import at_offset
from claims.review.link_card import LinkEnd

ENDS = text(read_statements("claims.review", "links.sql")["ends"])


def load_ends(session: Session, claims: Collection[uuid.UUID]) -> dict[uuid.UUID, LinkEnd]:
    """The claims with these ids, each with what a reviewer has to see of it."""
    if not claims:
        return {}
    modes = load_modes(session, claims)
    return {
        row.id: LinkEnd(
            row.id, row.text, row.form, row.status, row.revision, to_spans(row.content_spans),
            row.article, at_offset(row.published_at, row.published_offset), row.speaker, row.outlet,
            modes[row.id], row.speaker_id, to_days(row.said_on),
        )
        for row in session.execute(ENDS, {"claims": list(claims)})
    }  # fmt: skip
