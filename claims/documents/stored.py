"""Which of many articles may be stored already, asked of all at once.

This is no identity (`claims.documents.identity`): an article that shares no key with anything
stored is new, and one that shares a key has to be identified.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.database.statements import read_statements
from claims.documents.addresses import address_id, addresses_of, believed_url, identifier_id, ids_of
from claims.documents.identity import Identity, identify
from claims.model.article import Article
from claims.model.identity import derived_id

QUERIES = {
    name: text(sql) for name, sql in read_statements("claims.documents", "stored.sql").items()
}
"""The statements of stored.sql by name."""


@dataclass(frozen=True, slots=True)
class ArticleKeys:
    """By what an article may be found among the stored ones.

    Attributes:
        article: Under the address that names it.
        identity: What it is if it is new.
        addresses: The ids of its addresses.
        identifiers: The ids of what its publisher calls it.
    """

    article: Article
    identity: Identity
    addresses: frozenset[uuid.UUID]
    identifiers: frozenset[uuid.UUID]

    @property
    def all(self) -> frozenset[uuid.UUID]:
        """Every key: two articles that share none are two documents."""
        return self.addresses | self.identifiers | {self.identity.document}


def keys_of(article: Article) -> ArticleKeys:
    """The keys of an article."""
    article = replace(article, url=believed_url(article))
    return ArticleKeys(
        article,
        identify(article),
        frozenset(address_id(url) for url in addresses_of(article)),
        frozenset(identifier_id(article.outlet, one) for one in ids_of(article)),
    )


def find_owners(session: Session, articles: Iterable[ArticleKeys]) -> dict[uuid.UUID, uuid.UUID]:
    """The stored keys among those of some articles, each with the document whose it is."""
    articles = list(articles)
    values = {
        "addresses": sorted({key for one in articles for key in one.addresses}),
        "identifiers": sorted({key for one in articles for key in one.identifiers}),
        "documents": sorted({one.identity.document for one in articles}),
    }
    return {row.id: row.document for row in session.execute(QUERIES["owners"], values)}


def find_read(
    session: Session,
    articles: Sequence[ArticleKeys],
    owners: Mapping[uuid.UUID, uuid.UUID],
    extractor: str,
) -> list[bool]:
    """For each article whether an extractor has read its text under one of its keys.

    Only texts that stand there letter by letter are found.
    """
    versions = [
        {
            derived_id("version", str(owners[key]), one.identity.sha256.hex())
            for key in one.all & owners.keys()
        }
        for one in articles
    ]
    sought = sorted(set().union(*versions))
    if not sought:
        return [False] * len(articles)
    values = {"versions": sought, "extractor": extractor}
    read = set(session.scalars(QUERIES["read_versions"], values))
    return [bool(of_article & read) for of_article in versions]
