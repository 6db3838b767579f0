"""What somebody with a writer's login may try against the database, past the program."""

import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from claims.database.engine import Database, make_engine
from claims.schema import Base
from tests.conftest import People
from tests.makers import settle, store

SETTLED, OPEN, REJECTED = "settled", "open", "rejected"
REVIEWER = "(SELECT id FROM claims.reviewer ORDER BY id LIMIT 1)"
QUILL = "(SELECT id FROM claims.source WHERE name = 'Ada Quill')"


@pytest.fixture(scope="module")
def ids(shared_database: Database, shared_people: People) -> dict[str, str]:
    """A claim that was accepted, one that nobody decided on, one that was rejected."""
    del shared_people
    claims = {
        name: store(shared_database, external_id=name)[0] for name in (SETTLED, OPEN, REJECTED)
    }
    settle(shared_database, claims[SETTLED])
    settle(shared_database, claims[REJECTED])
    with shared_database.engine.begin() as connection:
        for statement in (
            step("claim", str(claims[REJECTED]), 2, "status = 'rejected'"),
            says("claim", str(claims[REJECTED]), 2, '"status": "accepted"', '"status": "rejected"'),
        ):
            connection.exec_driver_sql(statement)
    return {name: str(id_) for name, id_ in claims.items()}


@pytest.fixture
def writer(shared_people: People, ids: dict[str, str]) -> Iterator[Connection]:
    """A connection as somebody has it who works with claims."""
    del ids
    with make_engine(shared_people.writer).connect() as connection:
        yield connection


def step(table: str, id_: str | uuid.UUID, revision: int, change: str) -> str:
    """A change of a subject that moves its revision."""
    return f"UPDATE claims.{table} SET {change}, revision = {revision} WHERE id = '{id_}'"


def says(  # noqa: PLR0917 - as the columns stand
    kind: str, id_: str | uuid.UUID, revision: int, before: str = "", after: str = ""
) -> str:
    """A decision as somebody at psql would write it."""
    return (
        "INSERT INTO claims.decision (id, reviewer, action, subject_kind, subject, revision,"
        f" before, after, tool_version) SELECT gen_random_uuid(), {REVIEWER}, 'x', '{kind}',"
        f" '{id_}', {revision}, '{{{before}}}', '{{{after}}}', 'psql'"
    )


def refusal(connection: Connection, *statements: str) -> str:
    """The law, or the missing right, that refuses these statements in one transaction."""
    try:
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.commit()
    except DBAPIError as error:
        found: str = error.orig.diag.constraint_name or ""  # type: ignore[union-attr]
        return found or ("no right" if "permission denied" in str(error) else str(error.orig))
    finally:
        connection.rollback()
    return "nothing refused it"


def born(**changed: str) -> str:
    """An INSERT of a settled claim; values in SQL."""
    row = {
        "id": "gen_random_uuid()", "version": "version", "form": "form",
        "content_spans": "'{[0,5)}'", "text": "'Mayor'", "status": "'accepted'", "run": "run",
        "rule": "'x'", "extractor_score": "1", "revision": "1", "speaker": "speaker",
    } | changed  # fmt: skip
    return (
        f"INSERT INTO claims.claim ({', '.join(row)}) SELECT {', '.join(row.values())}"
        " FROM claims.claim WHERE id = '{open}'"
    )


NEW_SOURCE = "00000000-0000-4000-8000-000000000001"
ALIAS = (
    "INSERT INTO claims.source_name (id, source, name, kind, keys)"
    f" VALUES (gen_random_uuid(), '{NEW_SOURCE}', 'Sly', 'alias', '{{}}')"
)
BORN = (
    "INSERT INTO claims.source (id, kind, name, revision, changed_in) VALUES"
    f" ('{NEW_SOURCE}', 'person', 'New', 1, pg_current_xact_id()::text::bigint + 1)"
)
ADDED = says("source", NEW_SOURCE, 1, "", '"kind": "person", "name": "New"')
IMMEDIATE = "SET CONSTRAINTS ALL IMMEDIATE"
MOVED = (
    "UPDATE claims.attribution SET claim = '{open}', position = 3"
    " WHERE claim = '{settled}' AND position = 2"
)
NOBODY = '{{"name": "Nobody", "kind": "alias"}}'
TITLE = '"statement": null, "credibility": null'


@pytest.mark.parametrize(
    ("statements", "law"),
    [
        # a settled subject with a stamp of its own making, and what comes with it undecided
        ([BORN, ADDED, ALIAS], "decision_differs"),
        ([BORN, ADDED, IMMEDIATE, ALIAS], "source_settled"),
        ([BORN, says("source", NEW_SOURCE, 1, "", '"kind": "person"')], "decision_differs"),
        ([BORN.replace("1, pg", "2, pg"), ADDED], "revision_step"),
        ([born(changed_in="99999999")], "claim_chain"),
        (["UPDATE claims.claim SET changed_in = 0"], "no right"),
        # a hop of one claim given to another that is decided meanwhile
        ([MOVED], "no right"),
        # what a decision does not say
        ([step("claim", "{settled}", 2, "statement = 'mine', credibility = 1"),
          says("claim", "{settled}", 2)], "decision_differs"),
        ([step("claim", "{settled}", 2, "said_on = NULL"),
          says("claim", "{settled}", 2)], "decision_differs"),
        ([step("claim", "{settled}", 2, "extractor_score = 0.1"),
          says("claim", "{settled}", 2)], "decision_differs"),
        ([step("claim", "{settled}", 2, "statement = 'mine'"),
          says("claim", "{settled}", 2, '"statement": "yours"', '"statement": "mine"')],
         "decision_differs"),
        ([step("claim", "{settled}", 2, "statement = 'mine'"),
          says("claim", "{settled}", 2, TITLE, '"statement": "mine", "credibility": 2')],
         "decision_differs"),
        ([step("claim", "{rejected}", 3, "status = 'accepted'"),
          says("claim", "{rejected}", 3, '"status": "rejected"', '"status": "rejected"')],
         "decision_differs"),
        ([step("claim", "{rejected}", 3, "status = 'accepted'"),
          says("claim", "{rejected}", 3), IMMEDIATE], "decision_differs"),
        # two steps in one transaction, the second of which hides what the first did
        ([step("claim", "{settled}", 2, "status = 'withdrawn'"),
          step("claim", "{settled}", 3, "status = 'accepted'"),
          says("claim", "{settled}", 2), says("claim", "{settled}", 3)], "decision_differs"),
        # once the decision was checked nothing more may come under its cover
        ([step("claim", "{settled}", 2, "status = 'withdrawn'"),
          says("claim", "{settled}", 2, '"status": "accepted"', '"status": "withdrawn"'),
          IMMEDIATE,
          "UPDATE claims.attribution SET mode = 'denies' WHERE claim = '{settled}'"],
         "chain_settled"),
        ([step("claim", "{settled}", 2, "status = 'withdrawn'"),
          says("claim", "{settled}", 2, '"status": "accepted"', '"status": "withdrawn"'),
          "SELECT claims.take_chain('{settled}')"], "decision_differs"),
        ([step("source", "{quill}", 1, "country = 'DE'"), says("source", "{quill}", 1),
          "SELECT 1"], "decision_differs"),
        ([step("source", "{quill}", 1, "country = 'DE'"),
          says("source", "{quill}", 1, '"country": null', '"country": "DE"'),
          ALIAS.replace(NEW_SOURCE, "{quill}")], "decision_differs"),
        ([step("source", "{quill}", 1, "country = 'DE'"),
          says("source", "{quill}", 1, f'"country": null, "names": [{NOBODY}]',
               '"country": "DE", "names": []')], "decision_differs"),
        ([step("document", "{document}", 1, "title = 'Mine'"), says("document", "{document}", 1)],
         "decision_differs"),
        # who decides, and by which rules
        ([f"UPDATE claims.reviewer SET role = 'adjudicator' WHERE id = {REVIEWER}"], "no right"),
        (["UPDATE claims.reviewer SET closed_at = NULL"], "no right"),
        (["UPDATE claims.reviewer SET name = 'Another'"], "no right"),
        (["INSERT INTO claims.reviewer (id, role) VALUES (gen_random_uuid(), 'adjudicator')"],
         "no right"),
        # what is removed
        (["DELETE FROM claims.anchor"], "no right"),
        (["DELETE FROM claims.source_suggestion"], "no right"),
        (["DELETE FROM claims.claim WHERE id = '{open}'"], "no right"),
        (["SELECT claims.take_chain('{settled}')"], "claim_settled"),
        (["SELECT claims.take_link('{settled}', '{open}', 'narrows')"], "claim_settled"),
        (["SELECT claims.take_entry('{quill}', 'names', '{{}}')"], "source_settled"),
        (["SELECT claims.require_step('claim', '{settled}')"], "no right"),
        (["INSERT INTO claims.step VALUES ('claim', '{settled}', 2, '{{}}')"], "no right"),
        (["DELETE FROM claims.step"], "no right"),
    ],
)  # fmt: skip
def test_a_writer_is_refused(
    writer: Connection, ids: dict[str, str], statements: list[str], law: str
) -> None:
    quill, document = writer.exec_driver_sql(
        f"SELECT {QUILL}, (SELECT id FROM claims.document ORDER BY id LIMIT 1)"
    ).one()
    known = ids | {"quill": str(quill), "document": str(document)}
    written = [statement.replace("{{", "\0").replace("}}", "\1") for statement in statements]
    for name, id_ in known.items():
        written = [one.replace(f"{{{name}}}", id_) for one in written]
    assert refusal(writer, *(one.replace("\0", "{").replace("\1", "}") for one in written)) == law


@pytest.mark.usefixtures("ids")
def test_a_hop_stays_with_its_claim_whoever_moves_it(
    shared_database: Database, ids: dict[str, str]
) -> None:
    with shared_database.engine.connect() as owner:
        moved = MOVED.replace("{open}", ids[OPEN]).replace("{settled}", ids[SETTLED])
        assert refusal(owner, moved) == "chain_settled"


def test_a_policy_holds_from_the_moment_it_is_set(writer: Connection) -> None:
    written = writer.exec_driver_sql(
        "INSERT INTO claims.review_policy (id, second_reading, share, paraphrase_below, set_by, at)"
        f" SELECT gen_random_uuid(), 'all', 1, 1, {REVIEWER}, '3000-01-01'"
        " RETURNING at <= clock_timestamp()"
    )
    assert written.scalar_one() is True
    writer.rollback()


def test_the_database_stamps_what_is_new(writer: Connection) -> None:
    forged = "INSERT INTO claims.source (id, kind, name, changed_in) VALUES"
    forged += " (gen_random_uuid(), 'person', 'New', 99999999) RETURNING changed_in"
    current = writer.exec_driver_sql("SELECT pg_current_xact_id()::text::bigint").scalar_one()
    assert writer.exec_driver_sql(forged).scalar_one() == current
    writer.rollback()


LOCKS = ("ACCESS EXCLUSIVE", "EXCLUSIVE", "SHARE ROW EXCLUSIVE", "SHARE")
TABLES = sorted(table.name for table in Base.metadata.tables.values())


@pytest.mark.parametrize("role", ["writer", "reader", "stranger"])
def test_nobody_may_hold_up_a_table_empty_it_or_remove_its_rows(
    shared_people: People, role: str
) -> None:
    """Every table there is × every way to hold it up or to empty it."""
    with make_engine(getattr(shared_people, role)).connect() as connection:
        allowed = [
            statement
            for table in TABLES
            for statement in (
                *(f"LOCK TABLE claims.{table} IN {mode} MODE NOWAIT" for mode in LOCKS),
                f"TRUNCATE claims.{table}",
                f"DELETE FROM claims.{table} WHERE false",
            )
            if refusal(connection, statement) != "no right"
        ]
    assert allowed == []


STAMPED = {"changed_in", "listed_on"}
"""Columns that the database sets, whatever is given."""

COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, NULL)
      FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'claims'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
       AND c.relname IN ('claim', 'attribution', 'source', 'source_name', 'document')
       AND a.attgenerated = '' AND (c.relname, a.attname) NOT IN (('source_name', 'keys'))
     ORDER BY 1, 2
"""
"""Every column of what was decided on; the keys of a name are the machine's to make anew."""


def test_no_column_of_what_was_decided_changes_without_a_decision_that_says_so(
    database: Database,
) -> None:
    """Every column, as the owner, so that one that is added later is tried as well."""
    [claim] = store(database)
    settle(database, claim)
    with database.engine.connect() as owner:
        source, document = owner.exec_driver_sql(
            f"SELECT {QUILL}, (SELECT id FROM claims.document)"
        ).one()
        for kind, id_ in (("source", source), ("document", document)):
            owner.exec_driver_sql(step(kind, id_, 1, "revision = 0").replace("revision = 0, ", ""))
            owner.exec_driver_sql(says(kind, id_, 1))
        owner.commit()
        rows = {
            "claim": f"id = '{claim}'",
            "attribution": f"claim = '{claim}' AND position = 2",
            "source": f"id = '{source}'",
            "source_name": f"source = '{source}'",
            "document": f"id = '{document}'",
        }
        tried = 0
        for table, column, kind in owner.exec_driver_sql(COLUMNS).all():
            change = f"UPDATE claims.{table} SET {column} = {other_value(kind, column)}"
            attempts = [[f"{change} WHERE {rows[table]}"]]
            if table in {"claim", "source", "document"} and column not in {"revision", *STAMPED}:
                id_ = rows[table].split("'")[1]
                attempts += [[f"{change}, revision = 2 WHERE {rows[table]}", says(table, id_, 2)]]
            row = f"SELECT to_jsonb(t) FROM claims.{table} AS t WHERE {rows[table]}"
            for attempt in attempts:
                before = owner.exec_driver_sql(row).scalar()
                law = refusal(owner, *attempt)
                assert owner.exec_driver_sql(row).scalar() == before, (table, column, law)
                tried += 1
    assert tried > 80


def other_value(kind: str, column: str) -> str:
    """A value of a type that no row here has."""
    values = {
        "uuid": "gen_random_uuid()", "text": "'other'", "integer": "7", "bigint": "7",
        "smallint": "3", "double precision": "0.123", "boolean": "true", "text[]": "'{{z}}'",
        "date": "'1999-01-01'", "daterange": "'[1999-01-01,1999-01-02)'",
        "timestamp with time zone": "'1999-01-01'", "int4multirange": "'{[1,3)}'",
        "uuid[]": "ARRAY[gen_random_uuid()]",
    }  # fmt: skip
    closed = {"status": "'withdrawn'", "form": "'paraphrase'", "kind": "'group'", "mode": "'asks'"}
    return closed.get(column, values.get(kind, "NULL"))
