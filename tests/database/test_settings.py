"""Whatever is set for the server, the database or the role, a session works as ours do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import psycopg
import pytest
from sqlalchemy import URL, text
from sqlalchemy.exc import OperationalError

from claims.catalogue.find import search_claims
from claims.database.engine import Database
from claims.database.errors import (
    LoginRefusedError,
    NoServerError,
    OutOfResourcesError,
    StatementCancelledError,
    TransactionConflictError,
    WrongEncodingError,
)
from claims.database.refusals import translate_errors
from claims.errors.base import ClaimsError
from claims.ledger.consistency import find_differences
from tests.conftest import run_outside
from tests.makers import TEXT, store
from tests.review.conftest import Room

SETTINGS = (
    "datestyle TO 'German'",
    "intervalstyle TO 'iso_8601'",
    "client_encoding TO 'LATIN1'",
    "timezone TO 'Asia/Kathmandu'",
    "search_path TO 'nowhere'",
    "bytea_output TO 'escape'",
    "extra_float_digits TO '-15'",
    "default_transaction_isolation TO 'serializable'",
    "standard_conforming_strings TO 'on'",
    "jit TO 'on'",
)


@pytest.fixture
def foreign(database: Database) -> Iterator[Database]:
    """A database with settings of somebody else."""
    for setting in SETTINGS:
        run_outside(database.url, f'ALTER DATABASE "{database.url.database}" SET {setting}')
    other = Database(database.url)
    yield other
    other.close()


def test_dates_text_bytes_and_numbers_are_what_they_were(foreign: Database) -> None:
    with foreign.reader() as session:
        row = session.execute(
            text(
                "SELECT DATE '2026-05-04', TIMESTAMPTZ '2026-05-04 12:00Z', '“ō”'::text,"
                r" '\x00ff'::bytea, 0.1::float8 + 0.2::float8, (DATE '2026-05-04')::text,"
                " (INTERVAL '1 day')::text, current_setting('search_path'), current_setting('jit')"
            )
        ).one()
    assert tuple(row) == (
        date(2026, 5, 4),
        datetime(2026, 5, 4, 12, tzinfo=UTC),
        "“ō”",
        b"\x00\xff",
        0.30000000000000004,
        "2026-05-04",
        "1 day",
        "public",
        "off",
    )


def test_an_article_is_stored_and_read_back_there(foreign: Database) -> None:
    printed = (
        'Mayor Ada Quill said "the bridge is safe" on Monday, the Harbour Agency reported. “ō”\n'
    )
    assert len(store(foreign, text=printed)) == 1
    with foreign.reader() as session:
        stored = session.execute(text("SELECT text FROM claims.document_version")).scalar_one()
        isolation = session.execute(text("SHOW default_transaction_isolation")).scalar_one()
    assert (stored, isolation) == (printed, "read committed")


SWITCHES = """
SELECT name, CASE WHEN vartype = 'enum'
                  THEN enumvals[CASE enumvals[1] WHEN setting THEN 2 ELSE 1 END]
                  WHEN setting = 'on' THEN 'off' ELSE 'on' END
  FROM pg_settings
 WHERE context = 'user' AND (vartype = 'bool' OR vartype = 'enum' AND cardinality(enumvals) > 1)
   -- That nothing may be written is for the server to say, and told; an error may end a session.
   AND name NOT LIKE ALL (ARRAY['transaction%', 'default_transaction_read_only',
                                'exit_on_error', 'debug_%'])"""


def test_whatever_can_be_switched_is_switched_and_nothing_changes(
    two_databases: tuple[Database, Database],
) -> None:
    """Each switch of the server that a database may set has another value than the server's."""
    plain, switched = two_databases
    with plain.reader() as session:
        switches = session.execute(text(SWITCHES)).all()
    assert len(switches) > 30
    for switch, value in (*switches, ("gin_fuzzy_search_limit", "1")):
        setting = f"\"{switched.url.database}\" SET {switch} TO '{value}'"
        run_outside(switched.url, f"ALTER DATABASE {setting}")
    other = Database(switched.url)
    assert _worked_on(plain) == _worked_on(other)
    other.close()


def _worked_on(database: Database) -> tuple[object, ...]:
    """What is found, exported and verified after some articles and a decision."""
    claims = [store(database, text=f"{TEXT}{number}\n")[0] for number in range(30)]
    Room(database).act("Ann", claims[0], "accept")
    with database.reader() as session:
        found = search_claims(session, "bridge", limit=100)
        assert len(found) == len(claims)
        verified = tuple(find_differences(session))
        path = session.execute(text("SELECT 'claims.claim'::regclass::text")).scalar_one()
    return sorted(found), verified, path


def test_a_time_limit_of_the_role_is_told_as_one(database: Database) -> None:
    name = database.url.database
    run_outside(database.url, f"ALTER DATABASE \"{name}\" SET statement_timeout TO '20ms'")
    limited = Database(database.url)
    with pytest.raises(StatementCancelledError) as told, limited.writer() as session:
        session.execute(text("SELECT pg_sleep(20)"))
    assert "canceling statement due to statement timeout" in str(told.value)
    assert "statement_timeout" in str(told.value)


def test_two_who_change_the_same_row_are_told_so(database: Database) -> None:
    store(database)
    with pytest.raises(TransactionConflictError):
        _change_what_another_changes(database)


def _change_what_another_changes(database: Database) -> None:
    with database.writer() as second:
        second.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        second.execute(text("SELECT 1"))
        with database.writer() as first:
            first.execute(text("UPDATE claims.document SET title = 'one'"))
        second.execute(text("UPDATE claims.document SET title = 'two'"))


@pytest.mark.parametrize("state", ["53100", "53200", "53300"])
def test_what_the_server_lacks_is_told_in_its_own_words(database: Database, state: str) -> None:
    raising = f"DO $$ BEGIN RAISE 'no space left on device' USING ERRCODE = '{state}'; END $$"
    with pytest.raises(OutOfResourcesError) as told, database.writer() as session:
        session.execute(text(raising))
    assert "no space left on device" in str(told.value)
    assert "DATABASE_URL" not in str(told.value)


def test_a_database_of_one_byte_letters_is_refused_in_words(server: URL) -> None:
    run_outside(
        server,
        "CREATE DATABASE old_letters ENCODING 'LATIN1' LOCALE_PROVIDER libc"
        " LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
    )
    try:
        latin = Database(server.set(database="old_letters"))
        with pytest.raises(WrongEncodingError) as told, latin.reader():
            pytest.fail("no session may begin")
        assert "it stores LATIN1" in str(told.value)
        assert "ENCODING 'UTF8'" in str(told.value)
    finally:
        run_outside(server, "DROP DATABASE old_letters")


@pytest.mark.parametrize("wrong", [{"database": "no_such_database"}, {"username": "nobody_here"}])
def test_a_server_that_lets_nobody_in_is_not_told_as_none(
    database: Database, wrong: dict[str, str]
) -> None:
    nowhere = Database(database.url.set(**wrong))  # type: ignore[arg-type]
    with pytest.raises(LoginRefusedError) as told, nowhere.reader():
        pytest.fail("no session may begin")
    assert "does not exist" in str(told.value)
    assert "does not answer" not in str(told.value)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("FATAL:  sorry, too many clients already", OutOfResourcesError),
        ("FATAL:  remaining connection slots are reserved for roles with …", OutOfResourcesError),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1"', LoginRefusedError),
        ("FATAL:  the database system is starting up", NoServerError),
        ("Connection refused\n\tIs the server running on that host?", NoServerError),
    ],
)
def test_why_no_connection_was_made_decides_what_to_do(
    database: Database, said: str, error: type[ClaimsError]
) -> None:
    with pytest.raises(error) as told, translate_errors(database.url):
        raise OperationalError("SELECT 1", None, _Lost(f"connection failed: {said}"))
    assert type(told.value) is error


def test_no_server_is_still_told_as_none(database: Database) -> None:
    with pytest.raises(NoServerError), translate_errors(database.url):
        raise OperationalError("SELECT 1", None, _Lost("server closed the connection"))


class _Lost(psycopg.OperationalError):
    """A connection that broke."""
