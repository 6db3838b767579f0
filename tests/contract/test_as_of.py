"""Published claims as they were at a moment, from the ledger."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.ledger.append import append
from claims.schema import ClaimRow
from tests.contract.conftest import Published, past_the_invariants
from tests.makers import add_reviewer, decision, settle, store


def rows(database: Database, query: str, **values: object) -> list[dict[str, Any]]:
    with database.engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(query), values).mappings()]


def moment(database: Database) -> datetime:
    [row] = rows(database, "SELECT clock_timestamp() AS at")
    at: datetime = row["at"]
    return at


AS_OF = "SELECT * FROM claims_v1.claims_as_of(:at)"
ONE = "SELECT * FROM claims_v1.claims_as_of(:at, :claim)"


def test_a_claim_is_there_from_its_acceptance_to_its_withdrawal(database: Database) -> None:
    [claim] = store(database)
    before = moment(database)
    settle(database, claim)
    between = moment(database)
    with database.writer() as session:
        row = session.get_one(ClaimRow, claim)
        row.status, row.revision = "rejected", 2
        session.flush()
        made = decision(claim, add_reviewer(session, "B"), 2)
        append(session, type(made)(**{
            **{name: getattr(made, name) for name in made.__slots__},
            "before": {"status": "accepted"}, "after": {"status": "rejected"},
        }))  # fmt: skip
    after = moment(database)
    for at, found in ((before, []), (between, [claim]), (after, [])):
        assert [row["claim"] for row in rows(database, AS_OF, at=at)] == found
        assert [row["claim"] for row in rows(database, ONE, at=at, claim=claim)] == found


@pytest.mark.usefixtures("published")
def test_now_is_what_is_published_in_every_column(database: Database, published: Published) -> None:
    past_the_invariants(
        database,
        "INSERT INTO claims.source_role (id, source, title, organisation, valid, keys)"
        " SELECT gen_random_uuid(), s.id, t.title, o.id, '[2020-01-01,)', '{}'"
        " FROM claims.source AS s, claims.source AS o, (VALUES ('mayor'), ('chair')) AS t(title)"
        " WHERE s.name = 'Ada Quill' AND o.name = 'Harbour Agency'",
        "INSERT INTO claims.outlet_rating SELECT gen_random_uuid(), s.id, 'B', '2020-01-01', r.id,"
        " 'so' FROM claims.source AS s, claims.reviewer AS r WHERE s.name = 'The Pier'",
    )
    [now] = rows(database, "SELECT * FROM claims_v1.claims")
    assert now["office"] == "chair, Harbour Agency; mayor, Harbour Agency"
    assert now["outlet_rating"] == "B"
    at = moment(database)
    assert rows(database, AS_OF, at=at) == [now]
    assert rows(database, ONE, at=at, claim=published.claim) == [now]


def test_what_the_caller_set_is_left_alone(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.execute(text("SET claims.as_of = '2020-01-01'"))
        connection.execute(text(AS_OF), {"at": moment(database)})
        assert connection.scalar(text("SHOW claims.as_of")) == "2020-01-01"
