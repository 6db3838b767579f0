"""A published claim with all that the views tell of it."""

import uuid
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from tests.makers import settle, store


@dataclass(frozen=True)
class Published:
    """A claim that was accepted, with its document."""

    claim: uuid.UUID
    document: uuid.UUID


def publish(database: Database) -> Published:
    """Store Ada Quill's words in The Pier and accept them."""
    [claim] = store(database, outlet="The Pier", title="Bridge", url="https://pier.example/1")
    settle(database, claim)
    with database.engine.connect() as connection:
        query = text("SELECT document FROM claims_v1.claims")
        return Published(claim, connection.scalar(query))


@pytest.fixture
def published(database: Database) -> Published:
    """Ada Quill's words in The Pier, accepted."""
    return publish(database)


def past_the_invariants(database: Database, *statements: str, **values: object) -> None:
    """Change rows as no user can: for states that take many decisions to reach."""
    with database.engine.begin() as connection:
        for table in ("claim", "document", "source", "source_role", "outlet_rating", "claim_link"):
            connection.execute(text(f"ALTER TABLE claims.{table} DISABLE TRIGGER ALL"))
        connection.execute(text("ALTER TABLE claims.source_merged DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement), values)
