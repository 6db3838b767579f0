"""Which stored article is meant by what another program calls it."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.documents.addresses import address_id
from claims.schema import DocumentAddressRow, DocumentIdentifierRow, DocumentRow


def find_named(session: Session, name: str) -> list[uuid.UUID]:
    """The documents of a name: a document's id, an address, or an id of a publisher.

    More than one has the name only if several publishers use the same id.
    """
    try:
        query = select(DocumentRow.id).where(DocumentRow.id == uuid.UUID(name))
    except ValueError:
        pass
    else:
        if found_by_id := session.scalar(query):
            return [found_by_id]
    by_address = select(DocumentAddressRow.document).where(
        DocumentAddressRow.id == address_id(name)
    )
    if document := session.scalar(by_address):
        return [document]
    by_publisher = select(DocumentIdentifierRow.document).where(
        DocumentIdentifierRow.external_id == name
    )
    return list(session.scalars(by_publisher.distinct().limit(2)))
