"""Runs the command line in this process, on the test's own database."""

from collections.abc import Callable, Iterator

import pytest

from claims.database.engine import Database
from tests.in_process import Ended, connected, run

__all__ = ["Claims", "Ended"]

Claims = Callable[..., Ended]


@pytest.fixture
def claims(database: Database) -> Iterator[Claims]:
    """Run `claims` with arguments."""
    with connected(database):
        yield run
