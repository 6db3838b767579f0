"""Who may do what on a server that several people share (R7, R9)."""

from collections.abc import Callable

import pytest
from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from claims.database.engine import Database, make_engine
from claims.database.roles import OWNER, WRITER, apply_rights, grant, owner_of, separate
from claims.errors import UnknownRoleError
from claims.ledger.chain import verify
from claims.ledger.store import load_end, load_rows
from tests.conftest import People
from tests.database.rights import TABLE, rights_of
from tests.makers import settle, store

Figure = Callable[[str], None]

WAYS = {
    "UPDATE": "UPDATE claims.decision SET reason = 'forged'",
    "DELETE": "DELETE FROM claims.decision",
    "TRUNCATE": "TRUNCATE claims.decision CASCADE",
    "DISABLE TRIGGER": "ALTER TABLE claims.decision DISABLE TRIGGER USER;"
    " DELETE FROM claims.decision",
    "replica": "SET session_replication_role = replica; DELETE FROM claims.decision",
    "foreign key": "DELETE FROM claims.reviewer",
    "DROP": "DROP TABLE claims.decision CASCADE",
}
"""Ways to get rid of what the ledger says."""

POSSIBLE = {("owner", "DISABLE TRIGGER"), ("owner", "DROP"), ("superuser", "DISABLE TRIGGER"),
            ("superuser", "DROP")}  # fmt: skip
"""What nothing can refuse, and is therefore found."""


@pytest.mark.parametrize("handed_over", [False, True])
def test_rights_are_those_of_the_table(database: Database, *, handed_over: bool) -> None:
    if handed_over:
        separate(database.engine)
    with database.engine.begin() as connection:
        apply_rights(connection)
    with database.engine.connect() as connection:
        assert rights_of(connection) == TABLE.read_text("utf-8")


def test_everything_is_handed_over_and_stays_so(database: Database) -> None:
    others = text(
        "SELECT c.oid::regclass::text FROM pg_class AS c WHERE c.relnamespace::regnamespace::text"
        " LIKE 'claims%' AND pg_get_userbyid(c.relowner) <> 'claims_owner' UNION ALL"
        " SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace::regnamespace::text"
        " LIKE 'claims%' AND pg_get_userbyid(proowner) <> 'claims_owner'"
    )
    separate(database.engine)
    separate(database.engine)
    assert owner_of(database.engine) == OWNER
    with database.engine.begin() as connection:
        assert connection.scalars(others).all() == []
        # As a later migration of a superuser's would.
        connection.execute(text("CREATE TABLE claims.added (a int)"))
        apply_rights(connection)
        assert connection.scalars(others).all() == []
    with database.engine.connect() as connection:
        query = text("SELECT rolcanlogin OR rolsuper FROM pg_roles WHERE rolname = 'claims_owner'")
        assert connection.scalar(query) is False


def test_a_role_that_is_not_there_is_told(database: Database) -> None:
    for name in ("nobody_at_all", 'x"; DROP SCHEMA claims CASCADE; --'):
        with pytest.raises(UnknownRoleError):
            grant(database.engine, WRITER, name)


def attempt(connection: Connection, database: Database, way: str) -> str:
    """What becomes of a way to get rid of the ledger: refused, found or done."""
    try:
        for statement in WAYS[way].split(";"):
            connection.execute(text(statement))
    except DBAPIError:
        return "refused"
    connection.execute(text("RESET ROLE"))
    try:
        with Session(connection) as session:
            end = load_end(session)
            fault = verify(load_rows(session), end.digest, number=end.no).fault
    except DBAPIError:
        fault = "the table is gone"
    del database
    return "found" if fault else "done"


def test_nobody_gets_rid_of_the_ledger_unseen(
    database: Database, people: People, figure: Figure
) -> None:
    for number in range(2):
        settle(database, store(database, external_id=str(number))[0])
    roles: dict[str, tuple[URL, str]] = {
        "superuser": (database.url, ""),
        "owner": (database.url, "SET ROLE claims_owner"),
        "writers": (database.url, "SET ROLE claims_writer"),
        "writer": (people.writer, ""),
        "reader": (people.reader, ""),
        "stranger": (people.stranger, ""),
    }
    outcomes = {}
    for role, (url, assume) in roles.items():
        for way in WAYS:
            with make_engine(url).connect() as connection:
                if assume:
                    connection.execute(text(assume))
                outcomes[role, way] = attempt(connection, database, way)
    assert {case for case, outcome in outcomes.items() if outcome == "found"} == POSSIBLE
    refused = sum(outcome == "refused" for outcome in outcomes.values())
    assert refused + len(POSSIBLE) == len(outcomes) == 42
    figure(f"R7 {len(outcomes)} cases {refused} refused {len(POSSIBLE)} found by verify")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM claims.claim",
        "SELECT 1 FROM claims.reviewer",
        "INSERT INTO claims_v1.claims (claim) VALUES (gen_random_uuid())",
        "CREATE TEMP TABLE mine (a int)",
        "CREATE TABLE public.mine (a int)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_create(0)",
        "SELECT pg_advisory_lock(7205318114)",
        "SELECT pg_try_advisory_xact_lock(1)",
        "DO 'BEGIN END'",
        "COPY claims_v1.claims TO PROGRAM 'cat'",
        "SELECT pg_read_file('postgresql.conf')",
        "SET ROLE claims_owner",
        "SET ROLE claims_writer",
    ],
)
def test_a_reader_on_a_shared_server_reads_and_nothing_else(people: People, statement: str) -> None:
    with make_engine(people.reader).connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM claims_v1.claims")) == 0
        with pytest.raises(
            DBAPIError, match=r"permission denied|must be|not permitted|cannot insert"
        ):
            connection.execute(text(statement))


def test_a_stranger_reads_nothing(people: People) -> None:
    with make_engine(people.stranger).connect() as connection:
        for view in ("claims_v1.claims", "claims.claim"):
            with pytest.raises(DBAPIError, match="permission denied"), connection.begin_nested():
                connection.execute(text(f"SELECT 1 FROM {view}"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims.ledger_head SET no = 0",
        "UPDATE claims.reading SET action = 'accept'",
        "DELETE FROM claims.reviewer",
        "DELETE FROM claims.source",
        "DELETE FROM claims.document_version",
        "UPDATE claims.waiting SET first_reader = gen_random_uuid()",
        "INSERT INTO claims.source_merged SELECT id, id FROM claims.source",
        "CREATE TABLE claims.mine (a int)",
        "CREATE FUNCTION claims.field(text) RETURNS text LANGUAGE sql RETURN $1",
        "SELECT claims.decision_digest(d) FROM claims.decision AS d",
        "SET ROLE claims_owner",
    ],
)
def test_a_writer_has_no_right_that_the_program_does_not_need(
    people: People, statement: str
) -> None:
    writer = make_engine(people.writer)
    with writer.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.execute(text(statement))


def test_on_the_embedded_server_whoever_connects_has_every_right(database: Database) -> None:
    # P18: its socket lets in one system user, and that user is its superuser; the laws hold, roles
    # separate nobody. docs/how-to/database.md says so.
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = user"))
