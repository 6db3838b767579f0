"""Stories of made words for comparison, and articles that print them."""

import random
import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import text

from claims.copies.compare import compare_documents
from claims.database.engine import Database
from claims.documents.identity import identify
from claims.ingest.save import save_article
from claims.model.article import Article
from tests.makers import NOW, RUN, article

LETTERS = "abcdefghijklmnoprstuvw"


def words(seed: str, count: int) -> list[str]:
    """Words that no other seed has."""
    chance = random.Random(seed)
    return ["".join(chance.choices(LETTERS, k=chance.randint(3, 9))) for _ in range(count)]


def story(seed: str, count: int = 120) -> str:
    """A text of made words in sentences."""
    return sentences(words(seed, count))


def sentences(some: Sequence[str]) -> str:
    """Words as sentences of a dozen words."""
    groups = [some[start : start + 12] for start in range(0, len(some), 12)]
    return " ".join(" ".join(group).capitalize() + "." for group in groups) + "\n"


def printing(name: str, printed: str, hours: int | None = 0, **changes: object) -> Article:
    """An article that prints a text, some hours after noon; None for one without a date."""
    at = None if hours is None else NOW + timedelta(hours=hours)
    url = f"https://{name}.example/story"
    return article(printed, **({"url": url, "outlet": name, "published_at": at} | changes))


def save(database: Database, one: Article) -> uuid.UUID:
    """Store an article without claims; its document."""
    identity = identify(one)
    with database.writer() as session:
        save_article(session, one, identity, (), run=RUN, retrieved_at=NOW)
    return identity.document


def compare(database: Database) -> int:
    """Compare what is due."""
    with database.writer() as session:
        due = list(session.scalars(text("SELECT document FROM claims.comparison_due")))
        return compare_documents(session, due)


def copies(database: Database) -> list[tuple[str, str, str, int]]:
    """Who printed what from whom, with the kind and the share in per cent."""
    query = (
        "SELECT outlet, original_outlet, kind, round(share * 100)"
        " FROM claims_v1.copies ORDER BY 1, 2"
    )
    with database.engine.connect() as connection:
        return [(a, b, c, int(d)) for a, b, c, d in connection.execute(text(query))]


RESULTS = {
    "texts": "SELECT id, place, words, is_original FROM claims.compared_text",
    "documents": "SELECT document, text, place, credit, credit_rule FROM claims.document_text",
    "fingerprints": "SELECT hash, place, is_original FROM claims.fingerprint",
    "copies": "SELECT text, original, kind, share, narration FROM claims.copy",
    "due": "SELECT document FROM claims.comparison_due",
}


def results(database: Database) -> dict[str, set[tuple[object, ...]]]:
    """All that comparison has stored."""
    with database.engine.connect() as connection:
        return {
            name: {tuple(row) for row in connection.execute(text(query))}
            for name, query in RESULTS.items()
        }
