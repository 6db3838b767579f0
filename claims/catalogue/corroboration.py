"""Loads how far a published claim went and who else says so, apart from each other."""

import uuid
from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.catalogue.card import Corroboration
from claims.contract.tables import shared_view


def load_corroboration(session: Session, claim: uuid.UUID) -> Corroboration | None:
    """What corroborates a claim; None if it is not published."""
    view = shared_view("corroboration")
    names = [field.name for field in fields(Corroboration)]
    query = select(*(view.c[name] for name in names)).where(view.c.claim == claim)
    row = session.execute(query).one_or_none()
    return Corroboration(*row) if row else None
