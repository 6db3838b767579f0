"""claims contract: what it prints and how it ends."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from claims.database.engine import Database

Run = Callable[..., Any]


def test_the_contract_is_checked(claims: Run, database: Database) -> None:
    intact = claims("contract", "check")
    assert (intact.code, intact.err) == (0, "")
    assert intact.out.startswith("claims_v1 is as promised: ")
    with database.engine.begin() as connection:
        connection.execute(text("ALTER VIEW claims_v1.claims RENAME speaker TO who"))
        connection.execute(text("DROP VIEW claims_v1.links"))
    broken = claims("contract", "check")
    assert broken.code == 1
    assert len(broken.out.splitlines()) == 2
    assert "found who text" in broken.out
    assert broken.err.startswith("error[contract-broken] ")
    assert "2 breaches" in broken.err
