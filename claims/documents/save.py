"""Saves by which addresses and ids a document is known."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.documents.addresses import address_id, addresses_of, identifier_id, ids_of
from claims.model.article import Article
from claims.schema import DocumentAddressRow, DocumentIdentifierRow
from claims.schema.base import Columns


@dataclass(frozen=True, slots=True)
class NameRows:
    """The rows of the addresses and ids under which an article was met.

    Attributes:
        addresses: For `document_address`.
        ids: For `document_identifier`.
    """

    addresses: Sequence[Columns]
    ids: Sequence[Columns]


def name_rows(article: Article, document: uuid.UUID, run: uuid.UUID) -> NameRows:
    """The rows of an article's addresses and ids, each once."""
    shared = {"document": document, "run": run}
    addresses = {
        address_id(url): {"url": url, "kind": kind}
        for url, kind in reversed(addresses_of(article).items())
    }
    ids = {
        identifier_id(article.outlet, one): {"outlet": article.outlet, "external_id": one}
        for one in ids_of(article)
    }
    return NameRows(
        [{"id": id_, **row, **shared} for id_, row in addresses.items()],
        [{"id": id_, **row, **shared} for id_, row in ids.items()],
    )


def save_names(session: Session, article: Article, document: uuid.UUID, run: uuid.UUID) -> bool:
    """Save the addresses and ids under which an article was met, unless they are known.

    Returns:
        Whether all are this document's now; False if another document has one of them.
    """
    rows = name_rows(article, document, run)
    ours = True
    for table, values in ((DocumentAddressRow, rows.addresses), (DocumentIdentifierRow, rows.ids)):
        if not values:
            continue
        session.execute(insert(table).values(values).on_conflict_do_nothing())
        ids = [row["id"] for row in values]
        owners = set(session.scalars(select(table.document).where(table.id.in_(ids))))
        ours = ours and owners == {document}
    return ours


def has_names(session: Session, article: Article) -> bool:
    """Whether all addresses and ids of an article are stored, whosever they are."""
    urls = {address_id(url) for url in addresses_of(article)}
    ids = {identifier_id(article.outlet, one) for one in ids_of(article)}
    stored = set(
        session.scalars(select(DocumentAddressRow.id).where(DocumentAddressRow.id.in_(urls)))
    ) | set(
        session.scalars(select(DocumentIdentifierRow.id).where(DocumentIdentifierRow.id.in_(ids)))
    )
    return urls | ids <= stored
