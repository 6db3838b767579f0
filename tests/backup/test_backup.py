"""A dump loaded elsewhere is the same database, rights and laws included."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from claims.backup.dump import FORGET_STAMPS, environment_of, read_backup, write_backup
from claims.backup.errors import BackupFailedError, BackupProgramError
from claims.backup.programs import find_program
from claims.database.address import parse_url
from claims.database.engine import Database
from claims.database.errors import NotEmptyError
from claims.database.migrations import upgrade
from claims.database.roles import find_open, separate
from claims.ledger.append import load_rows
from claims.ledger.chain import verify
from tests.conftest import run_outside
from tests.database.rights import TABLE, rights_of
from tests.exchange.histories import import_archive, populate, write
from tests.migrations.test_migrations import CATALOGUE, INVARIANTS
from tests.oldest import PROGRAMS, oldest_server

STAMPED = {"claim", "source", "document"}
"""Tables whose rows bear the number of the transaction that wrote them last."""

RIGHTS = """
    SELECT c.oid::regclass::text, c.relacl::text FROM pg_class AS c
     WHERE c.relnamespace IN ('claims'::regnamespace, 'claims_v1'::regnamespace) ORDER BY 1
"""


@pytest.fixture
def dump(database: Database, tmp_path: Path) -> Path:
    """A dump of a database with a history."""
    populate(database, 3)
    path = tmp_path / "a.dump"
    write_backup(database, path, embedded=True)
    return path


def same(one: Database, two: Database) -> None:
    """Rows, triggers, constraints and rights are equal, and the ledger verifies."""
    assert write(one) == write(two)
    for query in (CATALOGUE, INVARIANTS, RIGHTS):
        rows = []
        for database in (one, two):
            with database.engine.connect() as connection:
                rows.append([tuple(row) for row in connection.execute(text(query))])
        assert rows[0] == rows[1]
    with two.reader() as session:
        assert verify(load_rows(session)).problem is None


def test_a_dump_gives_the_same_database(database: Database, empty_url: URL, dump: Path) -> None:
    restored = Database(empty_url)
    assert read_backup(restored, dump, embedded=True) is False
    same(database, restored)
    with pytest.raises(NotEmptyError):
        read_backup(restored, dump, embedded=True)
    restored.close()


def test_what_another_server_counted_means_nothing_on_this_one(
    database: Database, empty_url: URL, tmp_path: Path
) -> None:
    """A transaction of the new server that gets an old number would find old rows new."""
    populate(database, 3)
    ahead = "pg_current_xact_id()::text::bigint + 1000000"
    states = (
        "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'claims.{}'::regclass"
        " AND NOT tgisinternal ORDER BY 1"
    )
    with database.engine.begin() as connection:
        for table in STAMPED:
            alter = f"ALTER TABLE claims.{table}"
            guards = connection.execute(text(states.format(table))).all()
            connection.execute(text(f"{alter} DISABLE TRIGGER ALL"))
            connection.execute(text(f"UPDATE claims.{table} SET changed_in = {ahead}"))
            connection.execute(text(f"{alter} ENABLE TRIGGER ALL"))
            for name, state in guards:
                how = "ENABLE ALWAYS" if state == "A" else "ENABLE"
                connection.execute(text(f"{alter} {how} TRIGGER {name}"))
            assert connection.execute(text(states.format(table))).all() == guards
    write_backup(database, tmp_path / "a.dump", embedded=True)
    restored = Database(empty_url)
    read_backup(restored, tmp_path / "a.dump", embedded=True)
    same(database, restored)
    with restored.engine.connect() as connection:
        for table in STAMPED:
            query = text(f"SELECT array_agg(DISTINCT changed_in) FROM claims.{table}")
            assert connection.scalar(query) == [0]
    restored.close()


def test_every_column_of_transaction_numbers_is_forgotten(shared_database: Database) -> None:
    query = text(
        "SELECT table_name FROM information_schema.columns AS c JOIN information_schema.tables"
        " USING (table_schema, table_name) WHERE table_schema = 'claims' AND column_name ="
        " 'changed_in' AND table_type = 'BASE TABLE'"
    )
    with shared_database.engine.connect() as connection:
        assert set(connection.scalars(query)) == STAMPED
    assert all(f"'claims.{table}'" in FORGET_STAMPS for table in STAMPED)


def test_a_dump_of_a_separated_database_tells_that_this_one_is_not(
    database: Database, empty_url: URL, tmp_path: Path
) -> None:
    separate(database.engine)
    write_backup(database, tmp_path / "a.dump", embedded=True)
    restored = Database(empty_url)
    assert read_backup(restored, tmp_path / "a.dump", embedded=True) is True
    with restored.engine.connect() as connection:
        assert rights_of(connection) == TABLE.read_text("utf-8")
    separate(restored.engine)
    assert find_open(restored.engine) == []
    restored.close()


def test_a_file_that_is_not_a_dump_is_refused(empty_url: URL, tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"PGDMPxxx")
    database = Database(empty_url)
    with pytest.raises(BackupFailedError):
        read_backup(database, tmp_path / "b", embedded=True)
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT to_regnamespace('claims')")) is None
    database.close()


def test_programs_older_than_the_server_are_not_used() -> None:
    with pytest.raises(BackupProgramError):
        find_program("pg_dump", server=99, embedded=False)
    assert find_program("pg_dump", server=15, embedded=True).name == "pg_dump"


def test_a_password_goes_by_the_environment_alone() -> None:
    url = parse_url("postgresql://ann:secret@example.org:5433/news?sslmode=require")
    assert environment_of(url) == {
        "PGHOST": "example.org", "PGPORT": "5433", "PGUSER": "ann", "PGPASSWORD": "secret",
        "PGDATABASE": "news", "PGSSLMODE": "require",
    }  # fmt: skip


@pytest.fixture
def oldest() -> Iterator[Database]:
    """A database on PostgreSQL 15."""
    with oldest_server() as server:
        run_outside(server, "CREATE DATABASE old TEMPLATE template0")
        database = Database(server.set(database="old"))
        upgrade(database.engine)
        yield database
        database.close()


@pytest.mark.skipif(not (PROGRAMS / "postgres").exists(), reason="PostgreSQL 15 is not installed")
def test_a_dump_of_the_oldest_server_loads_into_the_newest(
    database: Database, oldest: Database, empty_url: URL, tmp_path: Path
) -> None:
    populate(database, 4)
    archive = write(database)
    import_archive(oldest, archive)
    assert write(oldest) == archive
    write_backup(oldest, tmp_path / "old.dump", embedded=False)
    restored = Database(empty_url)
    read_backup(restored, tmp_path / "old.dump", embedded=True)
    assert write(restored) == archive
    with restored.reader() as session:
        assert verify(load_rows(session)).problem is None
    restored.close()
