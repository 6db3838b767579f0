"""What a program that reads the views can do, and what it cannot."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from claims.contract.views import CLAIMS_V1
from claims.database.engine import Database, make_engine
from claims.database.migrations import upgrade
from tests.contract.conftest import Published, past_the_invariants
from tests.makers import TEXT, settle, store

MANY = 1000


def dsn(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def _reader(database: Database) -> Iterator[URL]:
    name = f"reader_{uuid.uuid4().hex[:12]}"
    engine = create_engine(database.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN IN ROLE claims_reader"))
    yield database.url.set(username=name)
    with engine.connect() as connection:
        connection.execute(text(f"DROP ROLE {name}"))


@pytest.fixture
def reader(database: Database) -> Iterator[URL]:
    """The address of the test's database for a login role that is a member of claims_reader."""
    with _reader(database) as url:
        yield url


@pytest.fixture(scope="module")
def shared_reader(shared_database: Database) -> Iterator[URL]:
    """The same of an empty database that tests of this module share: nothing is written to it."""
    with _reader(shared_database) as url:
        yield url


PLANTED = (
    (
        "INSERT INTO claims.reading (id, claim, revision, reviewer, action, after, reason,"
        " tool_version)"
        " SELECT gen_random_uuid(), %(claim)s, 1, id, 'reject',"
        " jsonb_build_object('statement', %(reading)s::text), %(reading)s, '0' FROM claims.reviewer"
        " LIMIT 1"
    ),
    (
        "INSERT INTO claims.draft (reviewer, claim, draft) SELECT id, %(claim)s,"
        " jsonb_build_object('statement', %(draft)s::text) FROM claims.reviewer LIMIT 1"
    ),
    (
        "INSERT INTO claims.problem (id, run, place, value, reason, detail) SELECT"
        " gen_random_uuid(), id,"
        " %(problem)s, %(problem)s, 'empty', %(problem)s FROM claims.run LIMIT 1"
    ),
    "UPDATE claims.run SET inputs = to_jsonb(%(inputs)s::text)",
    (
        "INSERT INTO claims.source_suggestion (a, b, score, reason)"
        " SELECT min(id::text)::uuid, max(id::text)::uuid, 0.5, %(reason)s FROM claims.source"
    ),
    "UPDATE claims.source_name SET keys = ARRAY[%(key)s::text]",
)


@pytest.fixture
def secrets(database: Database, published: Published) -> list[str]:
    """A thousand secrets, in every place that is not published."""
    made = [f"hush{n:04d}" for n in range(MANY)]
    words = iter(made)

    def some(number: int) -> str:
        return " ".join(next(words) for _ in range(number))

    hidden = f"{'x' * 64}\n{TEXT}{'y' * 64}"
    printed = f"{some(200)} {hidden} {some(200)}"
    [claim] = store(database, text=printed, external_id="secret", archived=some(100).encode())
    settle(database, claim)
    given = {
        "reading": some(100), "draft": some(100), "problem": some(100), "inputs": some(100),
        "reason": some(50), "key": some(50), "claim": published.claim,
    }  # fmt: skip
    with psycopg.connect(dsn(database.url), autocommit=True) as connection:
        for statement in PLANTED:
            connection.execute(statement.encode(), given)
        connection.execute("ANALYZE")
    assert next(words, None) is None
    return made


ATTEMPTS = (
    *(f"SELECT * FROM claims_v1.{view}" for view in CLAIMS_V1),
    *(f"SELECT row_to_json(v)::text FROM claims_v1.{view} AS v" for view in CLAIMS_V1),
    *(
        f"SELECT * FROM claims.{table}"
        for table in (
            "document_version",
            "reading",
            "draft",
            "problem",
            "run",
            "source_suggestion",
            "source_name",
            "lease",
            "waiting",
            "review_policy",
            "reviewer",
            "claim",
        )
    ),
    "SELECT claims_v1.chain_text(claim) FROM claims_v1.claims",
    "SELECT * FROM claims_v1.search('hush0001 or safe')",
    "SELECT * FROM claims_v1.search('hush0001')",
    "SELECT t.* FROM claims_v1.claims AS c, claims_v1.timeline(c.speaker_id) AS t",
    "SELECT * FROM claims_v1.changes_since(NULL)",
    "SELECT * FROM claims_v1.claims_as_of(now())",
    "SELECT * FROM claims_v1_past.evidence",
    "SET claims.as_of = 'infinity'",
    "SELECT * FROM claims_past.reading",
    "EXPLAIN (ANALYZE, VERBOSE, BUFFERS) SELECT * FROM claims_v1.evidence",
    "EXPLAIN VERBOSE SELECT * FROM claims_v1.claims WHERE content = 'x'",
    "EXPLAIN SELECT * FROM claims.reading",
    "SELECT * FROM pg_stats",
    "SELECT * FROM pg_stats_ext",
    "SELECT * FROM pg_statistic",
    "SELECT pg_get_viewdef(oid) FROM pg_class WHERE relkind = 'v'",
    "SELECT prosrc FROM pg_proc",
    "SELECT description FROM pg_description",
    "SELECT query FROM pg_stat_activity",
    "SELECT * FROM information_schema.columns",
    # Errors print the values at fault, where the one who asks may see them.
    "SELECT exact::integer FROM claims_v1.evidence",
    "SELECT before::integer FROM claims_v1.evidence",
    "SELECT after::uuid FROM claims_v1.evidence",
    "SELECT sha256::text::integer FROM claims_v1.evidence",
    "SELECT 1 / (length(before) - 64) FROM claims_v1.evidence",
    "SELECT v::text::integer FROM claims_v1.evidence AS v",
    "SELECT text FROM claims_v1.evidence",
    "SELECT v.text FROM claims_v1.evidence AS e, claims.document_version AS v",
    "SELECT query_to_xml('SELECT * FROM claims.reading', true, false, '')",
    "SELECT table_to_xml('claims.draft', true, false, '')",
    "SELECT database_to_xml(true, false, '')",
    "SELECT has_table_privilege('claims.reading', 'SELECT'), pg_relation_size('claims.reading')",
    "COPY claims.reading TO STDOUT",
    "COPY (SELECT * FROM claims_v1.evidence) TO STDOUT",
    "COPY claims_v1.evidence TO PROGRAM 'cat'",
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT pg_ls_dir('.')",
    "SELECT lo_get(oid) FROM pg_largeobject_metadata",
    "SELECT * FROM pg_ls_waldir()",
    "SELECT claims.words_at('a', '{}')",
    "SET ROLE claims",
    "SET session_replication_role = replica",
    "CREATE VIEW claims_v1.mine AS SELECT * FROM claims.reading",
    "SELECT pg_export_snapshot()",
)


def ask(connection: "psycopg.Connection[tuple[object, ...]]", query: str) -> str:
    """All that the server says, rows or error."""
    try:
        cursor = connection.cursor()
        if query.startswith("COPY"):
            with cursor.copy(query.encode()) as copy:
                return b"".join(bytes(part) for part in copy).decode()
        return str(cursor.execute(query.encode()).fetchall())
    except psycopg.Error as error:
        diag = error.diag
        return f"{error} {diag.message_detail} {diag.message_hint} {diag.context}"


def test_no_secret_is_seen_by_any_of_many_queries(reader: URL, secrets: list[str]) -> None:
    assert len(ATTEMPTS) >= 40
    with psycopg.connect(dsn(reader), autocommit=True) as connection:
        said = [ask(connection, query) for query in ATTEMPTS]
    # The reader did see what is published, of this very article too.
    assert '"the bridge is safe"' in " ".join(said)
    for query, answer in zip(ATTEMPTS, said, strict=True):
        # A query may itself name one of them.
        seen = [one for one in secrets if one in answer and one not in query]
        assert seen == [], query


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.mine (a int)",
        "CREATE SCHEMA mine",
        "DO 'BEGIN END'",
        "SELECT lo_create(0)",
        "SELECT lo_creat(-1)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_unlink(1)",
        "SELECT pg_advisory_lock(7205318114)",
        "SELECT pg_advisory_xact_lock(1)",
        "SELECT pg_try_advisory_lock_shared(1, 2)",
        "SELECT pg_notify('a', 'b')",
        "SELECT pg_logical_emit_message(false, 'a', 'b')",
        "INSERT INTO claims_v1.sources (source) VALUES (gen_random_uuid())",
        "UPDATE claims_v1.sources SET name = 'x'",
        "DELETE FROM claims_v1.source_names",
        "SELECT * FROM claims_v1.sources FOR UPDATE",
        "LOCK TABLE claims_v1.claims",
        "SELECT setval('x', 1)",
        "ALTER VIEW claims_v1.claims RENAME speaker TO who",
        "REFRESH MATERIALIZED VIEW claims_v1.claims",
        "SELECT claims.lock_way(gen_random_uuid())",
        "SELECT claims.queue_up('{}')",
    ],
)
def test_a_reader_writes_nothing_and_locks_nothing(shared_reader: URL, statement: str) -> None:
    refused = "permission denied|must be owner|does not exist|cannot|is not a"
    with make_engine(shared_reader).connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM claims_v1.claims")) == 0
        with pytest.raises(DBAPIError, match=refused):
            connection.execute(text(statement))


def test_a_migrated_database_lets_nobody_make_temporary_things(empty_url: URL) -> None:
    # A right on the database itself, which a database cloned from another does not inherit.
    upgrade(make_engine(empty_url))
    query = text("SELECT has_database_privilege('claims_reader', current_database(), 'TEMPORARY')")
    with make_engine(empty_url).connect() as connection:
        assert connection.scalar(query) is False


def test_a_reader_has_a_right_to_each_view_and_function(shared_reader: URL) -> None:
    with psycopg.connect(dsn(shared_reader)) as connection:
        for view in CLAIMS_V1:
            connection.execute(f"SELECT * FROM claims_v1.{view}".encode())
        for call in (
            "chain_text(gen_random_uuid())", "timeline(gen_random_uuid())", "search('a')",
            "changes_since()", "claims_as_of(now())", "claims_as_of(now(), gen_random_uuid())",
        ):  # fmt: skip
            connection.execute(f"SELECT claims_v1.{call}".encode())


def test_what_reads_for_others_cannot_be_fooled(database: Database, published: Published) -> None:
    # Who may make temporary tables and functions, such as a writer, puts them before ours.
    with database.engine.connect() as connection:
        for statement in (
            "CREATE TEMP TABLE claim AS SELECT * FROM claims.claim WHERE false",
            "CREATE TEMP TABLE source_merged (source uuid, root uuid)",
            (
                "CREATE FUNCTION pg_temp.websearch_to_tsquery(text, text) RETURNS tsquery"
                " LANGUAGE sql"
                " RETURN 'x'::tsquery"
            ),
            (
                "CREATE FUNCTION pg_temp.ts_rank_cd(tsvector, tsquery) RETURNS real LANGUAGE sql"
                " RETURN 1 / 0"
            ),
            "CREATE FUNCTION pg_temp.lt(date, date) RETURNS boolean LANGUAGE sql RETURN 1 / 0 = 0",
            "SET search_path = pg_temp, claims_v1",
        ):
            connection.execute(text(statement))
        who = connection.scalar(text("SELECT speaker_id FROM claims_v1.claims"))
        for call in ("claims_v1.search('bridge')", "claims_v1.timeline(:who)"):
            query = text(f"SELECT claim FROM {call}")
            given = {"who": who} if ":who" in call else {}
            assert connection.scalars(query, given).all() == [published.claim]


def test_every_function_names_its_search_path(shared_database: Database) -> None:
    query = text(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'claims_v1'::regnamespace"
        " AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (proconfig), false)"
    )
    with shared_database.engine.connect() as connection:
        assert connection.scalars(query).all() == []


def test_a_rejected_claim_is_in_no_published_view(database: Database, reader: URL) -> None:
    [claim] = store(database)
    past_the_invariants(database, "UPDATE claims.claim SET status = 'rejected', revision = 1")
    with psycopg.connect(dsn(reader)) as connection:
        for query in (
            (
                "SELECT claim FROM claims_v1.claims UNION ALL SELECT claim FROM claims_v1.proposals"
                " UNION ALL SELECT claim FROM claims_v1.who_said_what"
            ),
            "SELECT claim FROM claims_v1.search('bridge')",
            "SELECT t.claim FROM claims_v1.sources AS s, claims_v1.timeline(s.source) AS t",
        ):
            assert connection.execute(query.encode()).fetchall() == [], claim
