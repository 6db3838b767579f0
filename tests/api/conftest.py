"""An API over a database of the test's own, and clients with tokens."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from claims.api.app import create_api
from claims.api.scopes import Scope
from claims.api.server import Server
from claims.api.tokens import NewToken, save_token, secret_of
from claims.cli.context import fresh_id
from claims.database.engine import Database
from claims.ledger.append import sign_in

READER = (Scope.READ,)


def add_token(database: Database, *scopes: Scope, signer: str = "Ann", days: int = 1) -> str:
    """A token that allows these, and what a program sends of it."""
    secret = secret_of(os.urandom(32))
    expires = datetime.now(UTC) + timedelta(days=days)
    with database.writer() as session:
        reviewer = sign_in(session, signer, fresh_id()) if Scope.DECIDE in scopes else None
        name = f"test {secret[-8:]}"
        save_token(
            session, NewToken(fresh_id(), name, secret, frozenset(scopes), reviewer, expires)
        )
    return secret


Client = Callable[..., TestClient]


def client_of(server: Server, secret: str | None = None) -> TestClient:
    """A client that follows no redirect and meets no exception of the application."""
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return TestClient(
        create_api(server),
        headers=headers,
        follow_redirects=False,
        raise_server_exceptions=False,
    )


@pytest.fixture
def api(database: Database) -> Server:
    """The API, closed to the public."""
    return Server(database, fresh_id)


@pytest.fixture
def client(api: Server) -> Client:
    """Makes a client with a token that allows these scopes; without any, one without a token."""

    def make(*scopes: Scope) -> TestClient:
        return client_of(api, add_token(api.database, *scopes) if scopes else None)

    return make
