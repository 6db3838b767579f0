"""Who may do what on a server that several people share."""

import uuid
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from claims.database.engine import Database, make_engine
from claims.database.errors import NoLoginRoleError, StatementFailedError, UnknownRoleError
from claims.database.migrations import upgrade
from claims.database.roles import (
    OWNER,
    READER,
    WRITER,
    apply_rights,
    find_open,
    grant,
    owner_of,
    separate,
)
from claims.ledger.append import append, load_end, load_rows
from claims.ledger.chain import verify
from claims.schema import ClaimRow
from tests.conftest import People, run_outside
from tests.database.rights import TABLE, rights_of
from tests.in_process import run
from tests.makers import add_reviewer, decision, settle, store

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


@pytest.fixture
def hosted(server: URL) -> Iterator[URL]:
    """A database of somebody who is no superuser and may not make roles."""
    name = f"hosted_{uuid.uuid4().hex[:8]}"
    run_outside(
        server,
        f"CREATE ROLE {name} LOGIN",
        f"CREATE DATABASE {name} OWNER {name} TEMPLATE template0",
    )
    yield server.set(database=name, username=name)
    run_outside(server, f"DROP DATABASE {name} WITH (FORCE)", f"DROP ROLE {name}")


def test_whoever_is_no_superuser_migrates_and_hands_over(
    server: URL, hosted: URL, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    del database  # its template made the roles, which belong to the whole server
    theirs = Database(hosted)
    upgrade(theirs.engine)
    with theirs.engine.connect() as connection:
        assert rights_of(connection) == TABLE.read_text("utf-8")
    with pytest.raises(StatementFailedError):
        separate(theirs.engine)
    run_outside(server, f"GRANT claims_owner TO {hosted.username}")
    separate(theirs.engine)
    assert owner_of(theirs.engine) == OWNER
    with theirs.engine.connect() as connection:
        assert rights_of(connection) == TABLE.read_text("utf-8")
    upgrade(theirs.engine)
    # PostgreSQL only warned that it took nothing away: what is left is looked up.
    assert {"pg_notify", "advisory locks", "large objects"} <= set(find_open(theirs.engine))
    monkeypatch.setenv("DATABASE_URL", hosted.render_as_string(hide_password=False))
    for command in ("upgrade", "separate"):
        ended = run("db", command)
        assert ended.code == 0, ended.err
        assert ended.err.startswith("Everybody on this database may still use "), command
        assert "pg_notify" in ended.err
    superuser = Database(server.set(database=hosted.database))
    separate(superuser.engine)
    assert find_open(superuser.engine) == []
    superuser.close()


def test_a_role_that_is_not_there_is_told(database: Database) -> None:
    for name in ("nobody_at_all", 'x"; DROP SCHEMA claims CASCADE; --'):
        with pytest.raises(UnknownRoleError):
            grant(database.engine, WRITER, name)
    with pytest.raises(NoLoginRoleError, match="Nobody can log in"):
        grant(database.engine, READER, "pg_monitor")


def test_no_query_of_a_reader_is_compiled_to_machine_code(shared_people: People) -> None:
    reader = shared_people.reader.set(drivername="postgresql")
    with psycopg.connect(reader.render_as_string(hide_password=False)) as connection:
        assert connection.execute("SHOW jit").fetchone() == ("off",)


def test_who_may_grant_but_not_set_grants(server: URL, database: Database, people: People) -> None:
    granter, member = people.stranger, str(people.writer.username)
    run_outside(server, f"GRANT claims_reader TO {granter.username} WITH ADMIN OPTION")
    engine = make_engine(granter)
    grant(engine, READER, member)
    engine.dispose()
    asked = text("SELECT pg_has_role(:member, 'claims_reader', 'MEMBER')")
    with database.engine.connect() as connection:
        assert connection.scalar(asked, {"member": member}) is True
    run_outside(server, f"REVOKE claims_reader FROM {granter.username} CASCADE")


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
            fault = verify(load_rows(session), end.digest, number=end.no).problem
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
    figure(
        f"getting rid of the ledger: {len(outcomes)} cases, {refused} refused,"
        f" {len(POSSIBLE)} found by verify"
    )


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
        "SELECT pg_notify('a', 'b')",
        "SELECT pg_logical_emit_message(false, 'a', 'b')",
        "SELECT pg_advisory_lock(7205318114)",
        "SELECT pg_try_advisory_xact_lock(1)",
        "DO 'BEGIN END'",
        "COPY claims_v1.claims TO PROGRAM 'cat'",
        "SELECT pg_read_file('postgresql.conf')",
        "SET ROLE claims_owner",
        "SET ROLE claims_writer",
    ],
)
def test_a_reader_on_a_shared_server_reads_and_nothing_else(
    shared_people: People, statement: str
) -> None:
    with make_engine(shared_people.reader).connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM claims_v1.claims")) == 0
        with pytest.raises(
            DBAPIError, match=r"permission denied|must be|not permitted|cannot insert"
        ):
            connection.execute(text(statement))


def test_a_stranger_reads_nothing(shared_people: People) -> None:
    with make_engine(shared_people.stranger).connect() as connection:
        for view in ("claims_v1.claims", "claims.claim"):
            with pytest.raises(DBAPIError, match="permission denied"), connection.begin_nested():
                connection.execute(text(f"SELECT 1 FROM {view}"))


def test_what_somebody_plants_does_not_fool_functions_of_the_owner(
    database: Database, people: People, figure: Figure
) -> None:
    """Names that a function of the owner's uses, planted where the caller's come first."""
    claims = [store(database, external_id=str(number))[0] for number in range(2)]
    settle(database, claims[0])
    with database.engine.begin() as connection:
        connection.execute(text(f"GRANT TEMPORARY ON DATABASE {database.url.database} TO PUBLIC"))
    planted = [
        "CREATE TEMP TABLE ledger_head AS SELECT true AS only_row, 500 AS no, '' AS digest",
        "CREATE TEMP TABLE reviewer (id uuid, closed_at timestamptz)",
        "CREATE TEMP TABLE waiting (claim uuid)",
        "CREATE TEMP TABLE source (id uuid, merged_into uuid)",
        "CREATE FUNCTION pg_temp.clock_timestamp() RETURNS timestamptz RETURN 'epoch'::timestamptz",
        "CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql RETURN $1",
        "CREATE FUNCTION pg_temp.decision_digest(text) RETURNS bytea LANGUAGE sql RETURN $1::bytea",
        "SET search_path = pg_temp, pg_catalog, claims",
    ]
    writer = make_engine(people.writer)
    with writer.begin() as connection:
        for statement in planted:
            connection.execute(text(statement))
        with Session(connection) as session:
            reviewer = add_reviewer(session, "Writer")
            row = session.get_one(ClaimRow, claims[1])
            row.status, row.revision = "accepted", 1
            session.flush()
            append(session, decision(claims[1], reviewer))
            session.commit()
    with database.reader() as session:
        end = load_end(session)
        rows = list(load_rows(session))
    assert verify(rows, end.digest, number=2).problem is None
    assert rows[1].at > rows[0].at
    with database.engine.connect() as connection:
        query = (
            "SELECT count(*) FROM pg_proc WHERE prosecdef AND pronamespace::regnamespace::text {}"
        )
        definers = connection.scalar(text(query.format("LIKE 'claims%'")))
    figure(f"functions of the owner: {definers}, {len(planted)} names planted, same result")


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
    shared_people: People, statement: str
) -> None:
    writer = make_engine(shared_people.writer)
    with writer.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.execute(text(statement))


def test_on_the_embedded_server_whoever_connects_has_every_right(database: Database) -> None:
    # Its socket lets in one system user, who is its superuser; the invariants hold, roles
    # separate nobody. docs/how-to/database.md says so.
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = user"))
