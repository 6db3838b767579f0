"""A desk over a database of the test's own, and a browser without a screen that asks it."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from claims.cli.context import fresh_id
from claims.database.engine import Database
from claims.desk.app import create_app
from claims.desk.desk import Desk

ORIGIN = "http://127.0.0.1:8311"


def client_of(desk: Desk, **headers: str) -> TestClient:
    """A client that follows no redirect and meets no exception of the application."""
    return TestClient(
        create_app(desk),
        base_url=desk.origin,
        headers=headers,
        follow_redirects=False,
        raise_server_exceptions=False,
    )


@pytest.fixture
def desk(database: Database) -> Desk:
    """A desk that may change things."""
    return Desk(database, ORIGIN, fresh_id)


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """A visitor whom nobody knows."""
    with client_of(desk) as client:
        yield client
