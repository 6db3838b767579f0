"""The API of `claims desk`, in a program of its own: with a token, and open to the public."""

import httpx2
import pytest

from claims.api.scopes import Scope
from claims.database.engine import Database
from tests.api.conftest import add_token
from tests.desk.test_command import started
from tests.makers import settle, store


@pytest.mark.parametrize(("options", "status"), [((), 401), (("--public",), 200)])
def test_who_reads(database: Database, options: tuple[str, ...], status: int) -> None:
    settle(database, store(database)[0])
    token = {"Authorization": f"Bearer {add_token(database, Scope.READ)}"}
    with started(database, "--port", "0", *options) as (address, _):
        claims = f"{address}api/v1/claims"
        assert httpx2.get(claims).status_code == status
        assert len(httpx2.get(claims, headers=token).json()["rows"]) == 1
        assert httpx2.get(f"{address}api/v1/proposals").status_code == 401
