"""Each query that the contract promises to be quick uses its index, as the server chooses."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL, text

import bench.contract
from claims.database.engine import Database
from tests.conftest import run_outside

CLAIMS, SOURCES = 20_000, 5_000

# What must stand in the plan: the index that leads to the rows. And what must not: a walk over all.
PLANS = {
    "one speaker's timeline page": ("ix_claim_published", "pk_claim", "ix_source_merged_root"),
    "the next page by key": ("ix_claim_published", "pk_claim"),
    "one claim": ("pk_claim", "pk_document"),
    "its trace": ("pk_attribution", "pk_source"),
    "its trace in one line": ("pk_attribution", "pk_document"),
    "full-text search, 50 best": ("ix_claim_published_search", "pk_claim"),
    "who_said_what by speaker and month": ("ix_source_name", "ix_source_itself"),
    "who_said_what by month": ("ix_claim_published_day",),
    "claims_as_of for one claim": ("pk_claim", "uq_decision_subject_kind_subject_revision"),
    "changes since a token, 1,000": ("uq_decision_no",),
}
LARGE = ("claim", "attribution", "document", "document_version")
"""Tables that grow with what is read; none of these queries may go through one of them."""


@pytest.fixture(scope="module")
def filled(server: URL, template: str) -> Iterator[Database]:
    """A small database of the bench's making."""
    run_outside(server, f"CREATE DATABASE plans_{template} TEMPLATE {template}")
    database = Database(server.set(database=f"plans_{template}"))
    with pytest.MonkeyPatch.context() as patched, database.engine.connect() as connection:
        patched.setattr(bench.contract, "SOURCES", SOURCES)
        driver: Any = connection.connection.driver_connection
        bench.contract.fill(driver, CLAIMS)
    yield database
    database.close()
    run_outside(server, f"DROP DATABASE plans_{template} WITH (FORCE)")


def plans_of(database: Database, query: str, row: tuple[object, ...]) -> str:
    """The plans as they were run, of statements inside functions too."""
    told: list[str] = []
    dsn = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn) as connection:
        connection.add_notice_handler(lambda diag: told.append(diag.message_primary or ""))
        for setting in (
            "LOAD 'auto_explain'",
            "SET auto_explain.log_nested_statements = on",
            "SET auto_explain.log_min_duration = 0",
            "SET client_min_messages = log",
        ):
            connection.execute(setting.encode())
        connection.execute(query.encode(), row).fetchall()
    return "\n".join(told)


@pytest.mark.parametrize("label", PLANS)
def test_a_query_uses_its_index(filled: Database, label: str) -> None:
    with filled.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        values = bench.contract.values_for(driver, 20)[label]
    plan = plans_of(filled, bench.contract.QUERIES[label][0], values[0])
    for index in PLANS[label]:
        assert f"using {index} " in plan or f"Scan on {index} " in plan, plan
    walked = re.findall(r"Seq Scan on (\w+)", plan)
    assert set(walked) & set(LARGE) == set(), plan


def test_the_bench_measures_what_it_makes(filled: Database) -> None:
    with filled.engine.connect() as connection:
        counts = connection.execute(
            text("""
            SELECT count(*),
                   count(*) FILTER (WHERE claims.words_at(v.text, c.content_spans) = c.text),
                   count(*) FILTER (WHERE c.status IN ('accepted', 'corrected')),
                   avg(length(v.text))::integer
              FROM claims.claim AS c JOIN claims.document_version AS v ON v.id = c.version
        """)
        ).one()
        decided = connection.scalar(text("SELECT count(*) FROM claims_v1.decisions"))
    assert tuple(counts)[:3] == (CLAIMS, CLAIMS, CLAIMS // 20)
    assert 2_700 < counts[3] < 3_300
    assert decided == CLAIMS // 20 + CLAIMS // 200
