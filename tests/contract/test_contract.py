"""The published views keep their promise, and a migration that breaks it is told."""

from dataclasses import replace
from importlib.resources import files

import pytest
from sqlalchemy import text

from claims.contract.check import LiveContract, find_breaches
from claims.contract.live import load_live
from claims.contract.views import CLAIMS_V1, FUNCTIONS, read_view
from claims.database.engine import Database
from tests.contract.pin import render


def live(database: Database) -> LiveContract:
    with database.reader() as session:
        return load_live(session)


def test_the_views_are_as_promised(database: Database) -> None:
    found = live(database)
    assert find_breaches(found) == []
    assert sorted(found.views) == sorted(CLAIMS_V1)
    assert sorted(found.functions) == sorted(FUNCTIONS)


def test_a_column_added_at_the_end_keeps_the_promise(database: Database) -> None:
    found = live(database)
    longer = {**found.views, "claims": (*found.views["claims"], ("added", "text"))}
    assert find_breaches(replace(found, views=longer)) == []


@pytest.mark.parametrize(
    ("migration", "breach"),
    [
        ("ALTER VIEW claims_v1.claims RENAME speaker TO who",
         "claims_v1.claims: promised speaker text as column 2, found who text"),
        ("DROP VIEW claims_v1.links", "claims_v1.links: promised a view, found none"),
        (("DROP VIEW claims_v1.source_names; CREATE VIEW claims_v1.source_names AS"
         " SELECT source, source AS shown_as, name, kind FROM claims.source_name"),
         "claims_v1.source_names: promised language text as column 5, found nothing"),
        (("DROP VIEW claims_v1.source_names; CREATE VIEW claims_v1.source_names AS"
         " SELECT source, source AS shown_as, name::varchar, kind, language"
         " FROM claims.source_name"),
         "claims_v1.source_names: promised name text as column 3, found name character varying"),
        ("DROP FUNCTION claims_v1.chain_text(uuid)",
         ("claims_v1.chain_text: promised chain_text(claim uuid) RETURNS text,"
         " found no such function")),
        (("DROP FUNCTION claims_v1.chain_text(uuid); CREATE FUNCTION claims_v1.chain_text(id uuid)"
         " RETURNS text LANGUAGE sql RETURN ''"),
         ("claims_v1.chain_text: promised chain_text(claim uuid) RETURNS text,"
         " found chain_text(id uuid) RETURNS text")),
    ],
)  # fmt: skip
def test_a_migration_that_breaks_it_is_told(
    database: Database, migration: str, breach: str
) -> None:
    with database.engine.begin() as connection:
        for statement in migration.split(";"):
            connection.execute(text(statement))
    assert find_breaches(live(database)) == [breach]


def test_a_file_changed_after_it_was_pinned_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = "claims.contract.check.digest_of_file"
    monkeypatch.setattr(changed, lambda file: "0" if file == "claims_01" else "1")
    breaches = find_breaches(LiveContract({}, {}))
    assert "claims_v1/claims_01.sql: the file was changed after it was pinned" in breaches


def test_a_view_that_is_not_pinned_is_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.contract.check.FUNCTIONS", {})
    monkeypatch.setattr("claims.contract.check.read_pinned", dict)
    breaches = find_breaches(live(database))
    assert "claims_v1.who_said_what: not pinned in contract.json" in breaches


def test_a_new_file_of_a_view_is_pinned_before_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.contract.check.current_file", lambda name: f"{name}_99")
    breaches = find_breaches(LiveContract({}, {}))
    assert "claims_v1.claims: not pinned in contract.json" in breaches


def test_contract_json_is_what_the_database_publishes(database: Database) -> None:
    pinned = files("claims.contract").joinpath("contract.json").read_text("utf-8")
    assert render(live(database)) == pinned


DESCRIBED = text("""
    SELECT c.relname || '.' || a.attname, col_description(c.oid, a.attnum)
      FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
     WHERE c.relnamespace = 'claims_v1'::regnamespace
     UNION ALL
    SELECT relname, obj_description(oid, 'pg_class') FROM pg_class
     WHERE relnamespace = 'claims_v1'::regnamespace
     UNION ALL
    SELECT proname, obj_description(oid, 'pg_proc') FROM pg_proc
     WHERE pronamespace = 'claims_v1'::regnamespace
""")


def test_every_view_column_and_function_is_described(database: Database) -> None:
    with database.engine.connect() as connection:
        rows = connection.execute(DESCRIBED).all()
    assert len(rows) > 150
    assert [name for name, said in rows if not (said or "").rstrip(")").endswith(".")] == []


def test_proposals_are_told_as_claims_are() -> None:
    # Two files, because each view is one; what they say of a claim must not drift apart.
    claims, proposals = read_view("claims"), read_view("proposals")
    published = "('accepted', 'corrected')"
    waiting = "('proposed', 'later', 'second_reading', 'disputed')"
    definition, _, _ = claims.partition("COMMENT ON VIEW")
    same, _, _ = proposals.partition("COMMENT ON VIEW")
    unkilled = "\n   AND NOT EXISTS (SELECT FROM killed AS k WHERE k.version = c.version)"
    same = same.replace(unkilled, "")
    assert same.replace("VIEW proposals", "VIEW claims").replace(waiting, published) == definition
