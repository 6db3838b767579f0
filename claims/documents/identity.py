"""Finds the document and the version that an article is."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.anchoring.words import fold_words
from claims.documents.addresses import (
    address_id,
    addresses_of,
    believed_url,
    domain_of,
    identifier_id,
    ids_of,
)
from claims.model.article import Article
from claims.model.identity import derived_id
from claims.model.problem import Problem, Reason
from claims.schema import (
    DocumentAddressRow,
    DocumentIdentifierRow,
    DocumentRow,
    DocumentVersionRow,
)

LEAST_SHARED = 0.15
"""Share of the words, three in a row, that two texts under one id must have in common; below it the
publisher is taken to have used the id for another article. Set by hand, not fitted to data."""

RUN = 3
"""Words in a row that are compared."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document and which version of it an article is.

    Attributes:
        document: The stored document; else made from the URL, from the outlet and the publisher's
            id, or from the text.
        version: Made from the document and the text.
        sha256: Digest of the text in UTF-8.
    """

    document: uuid.UUID
    version: uuid.UUID
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Identified:
    """An article with its identity.

    Attributes:
        article: As it is to be stored: a text that differs from a stored one in typography or
            spacing alone is that text.
        identity: Its document and version.
    """

    article: Article
    identity: Identity


def identify(article: Article, document: uuid.UUID | None = None) -> Identity:
    """Make an article's ids; the same article always has the same.

    Args:
        article: The article.
        document: The document, if it is stored.
    """
    sha256 = hashlib.sha256(article.text.encode()).digest()
    if document is None:
        url = believed_url(article)
        if url:
            document = derived_id("document", "url", url)
        elif article.external_id:
            document = derived_id("document", "id", article.outlet or "", article.external_id)
        else:
            document = derived_id("document", "text", sha256.hex())
    return Identity(document, derived_id("version", str(document), sha256.hex()), sha256)


def find_identity(session: Session, article: Article) -> Identified | Problem:
    """Find what an article is among the stored documents.

    Its address decides; else an id of its publisher; else an address or id that the article says it
    is known by too. A canonical address that belongs to an unlike text is not believed.

    Returns:
        The article with its identity, or the problem that its id stands for another article.
    """
    article = _doubt_canonical(session, replace(article, url=believed_url(article)))
    fresh = identify(article)
    stored = _find_document(session, article, fresh.document)
    if stored is None:
        return Identified(article, fresh)
    identity = identify(article, stored.document)
    if not stored.by_id_alone and _has_version(session, identity.version):
        return Identified(article, identity)
    texts = _load_texts(session, stored.document)
    if stored.by_id_alone and _is_reused(article, stored.url, texts.values()):
        detail = f"the id stands for another article, document {stored.document}"
        return Problem(
            article.place, Reason.ID_REUSED, detail, field="id", value=article.external_id
        )
    if fresh.sha256 not in texts:
        article = replace(article, text=_find_twin(article.text, texts.values()) or article.text)
    return Identified(article, identify(article, stored.document))


def _has_version(session: Session, version: uuid.UUID) -> bool:
    query = select(DocumentVersionRow.id).where(DocumentVersionRow.id == version)
    return session.scalar(query) is not None


def has_twin(session: Session, document: uuid.UUID, printed: str) -> bool:
    """Whether a version of the document has the same words in another typography or spacing."""
    return _find_twin(printed, _load_texts(session, document).values()) is not None


def _find_twin(printed: str, texts: Iterable[str]) -> str | None:
    words = fold_words(printed).folded
    return next((text for text in texts if fold_words(text).folded == words), None)


def _doubt_canonical(session: Session, article: Article) -> Article:
    """The article under the address of its page, if its canonical one has an unlike text.

    Templates print one canonical address on many pages; merged, each would be a version of another.
    """
    page = article.capture.uri if article.capture else None
    if not article.url or not page or address_id(page) == address_id(article.url):
        return article
    owners = {
        row.id: row.document
        for row in session.execute(
            select(DocumentAddressRow.id, DocumentAddressRow.document).where(
                DocumentAddressRow.id.in_([address_id(article.url), address_id(page)])
            )
        )
    }
    owner = owners.get(address_id(article.url))
    if owner is None or owners.get(address_id(page)) == owner:
        return article
    texts = _load_texts(session, owner).values()
    return replace(article, url=page) if _is_unlike(article.text, texts) else article


@dataclass(frozen=True, slots=True)
class _StoredMatch:
    document: uuid.UUID
    url: str | None
    by_id_alone: bool


def _find_document(session: Session, article: Article, fresh: uuid.UUID) -> _StoredMatch | None:
    """The stored document that an article's addresses lead to, else its ids, else its own."""
    urls = [address_id(url) for url in addresses_of(article)]
    ids = [identifier_id(article.outlet, one) for one in ids_of(article)]
    of_url = {
        row.id: row.document
        for row in session.execute(
            select(DocumentAddressRow.id, DocumentAddressRow.document).where(
                DocumentAddressRow.id.in_(urls)
            )
        )
    }
    of_id = {
        row.id: row.document
        for row in session.execute(
            select(DocumentIdentifierRow.id, DocumentIdentifierRow.document).where(
                DocumentIdentifierRow.id.in_(ids)
            )
        )
    }
    by_url = next((of_url[url] for url in urls if url in of_url), None)
    by_id = next((of_id[one] for one in ids if one in of_id), None)
    document = by_url or by_id or fresh
    url = session.execute(select(DocumentRow.url).where(DocumentRow.id == document)).one_or_none()
    return _StoredMatch(document, url[0], by_url is None and by_id is not None) if url else None


def _load_texts(session: Session, document: uuid.UUID) -> dict[bytes, str]:
    """The texts of a document's versions by their digests, the newest first."""
    rows = session.execute(
        select(DocumentVersionRow.sha256, DocumentVersionRow.text)
        .where(DocumentVersionRow.document == document)
        .order_by(DocumentVersionRow.number.desc())
    )
    return {row.sha256: row.text for row in rows}


def _is_reused(article: Article, url: str | None, texts: Iterable[str]) -> bool:
    """Whether an id that leads to a document was given to another article meanwhile."""
    ours = believed_url(article)
    if ours and url and domain_of(ours) != domain_of(url):
        return True
    if article.evolved_from:
        return False  # its publisher says that it replaces the other
    return _is_unlike(article.text, texts)


def _is_unlike(printed: str, texts: Iterable[str]) -> bool:
    """Whether a text has too little in common with each of the others to be their next version."""
    new = _runs(printed)
    return all(len(new & _runs(text)) < LEAST_SHARED * len(new) for text in texts)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = fold_words(text).folded
    return frozenset(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))
