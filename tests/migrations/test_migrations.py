"""The migrations and the metadata are two roads to one schema."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, event, text

from claims.contract.views import CLAIMS_V1, FUNCTIONS, current_file
from claims.database.driver import driver_of
from claims.database.engine import Database, make_engine
from claims.database.errors import NoServerError, StatementFailedError, UnreleasedSchemaError
from claims.database.migrations import downgrade, upgrade
from claims.database.revision import (
    current_revision,
    find_migrations,
    head_revision,
    is_older,
    known_revisions,
    require_migrated,
)
from claims.database.roles import apply_rights
from claims.database.views import install, restore, views_at
from claims.documents.addresses import address_id
from claims.schema import Base
from tests.conftest import run_outside
from tests.makers import MORE, TEXT, store
from tests.migrations.pin import digests, read_pins
from tests.migrations.pin import main as pin

LONGER = 4.3
"""Seconds longer than a migrator waits for a table."""

# Everything that makes up the schema, as the server itself writes it down.
CATALOGUE = """
    SELECT 'column', c.relname || '.' || a.attname,
           format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull
           || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
           || ' ' || coalesce(col_description(c.oid, a.attnum), 'NO COMMENT')
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relnamespace = 'claims'::regnamespace AND c.relkind = 'r'
       AND c.relname <> 'alembic_version'
    UNION ALL
    SELECT 'table', relname, coalesce(obj_description(oid, 'pg_class'), 'NO COMMENT')
      FROM pg_class WHERE relnamespace = 'claims'::regnamespace AND relkind = 'r'
       AND relname <> 'alembic_version'
    UNION ALL
    SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'claims'::regnamespace AND contype <> 't'
       AND conrelid::regclass::text <> 'claims.alembic_version' AND contype <> 'n'
    UNION ALL
    SELECT 'index', indexname, indexdef FROM pg_indexes
     WHERE schemaname = 'claims' AND tablename <> 'alembic_version'
    ORDER BY 1, 2, 3
"""
INVARIANTS = """
    SELECT 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) || tgenabled::text
      FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'claims.%'
    UNION ALL
    SELECT 'function', oid::regprocedure::text,
           pg_get_functiondef(oid) || coalesce(proacl::text, '')
      FROM pg_proc WHERE pronamespace = 'claims'::regnamespace
    UNION ALL
    SELECT 'view', schemaname || '.' || viewname, definition FROM pg_views
     WHERE schemaname IN ('claims_v1', 'claims_v1_past', 'claims_past')
    ORDER BY 1, 2
"""


def rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(query))]


def test_autogenerate_finds_nothing_to_do(database: Database) -> None:
    with database.engine.connect() as connection:
        options = {
            "version_table_schema": "claims",
            "include_schemas": True,
            "compare_server_default": True,
            "include_name": lambda name, kind, _: kind != "schema" or name == "claims",
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_metadata_and_migrations_make_the_same_catalogue(
    database: Database, empty_url: URL
) -> None:
    with database.engine.connect() as connection:
        migrated = rows(connection, CATALOGUE)
    plain = Database(empty_url)
    with plain.engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA claims"))
        Base.metadata.create_all(connection)
        assert rows(connection, CATALOGUE) == migrated


def test_revisions_are_known_in_the_order_in_which_they_follow_each_other() -> None:
    """Without Alembic, which is slow to import; the order is not that of their numbers."""
    walked = [one.revision for one in ScriptDirectory(str(find_migrations())).walk_revisions()]
    assert known_revisions() == walked[::-1]
    assert known_revisions() != sorted(walked)
    head, before = walked[:2]
    assert [is_older(one) for one in (None, "0101", before, head, "9999")] == [
        True, True, True, False, False
    ]  # fmt: skip


def test_every_table_and_column_is_described(database: Database) -> None:
    with database.engine.connect() as connection:
        catalogue = rows(connection, CATALOGUE)
    assert len(catalogue) > 100
    assert [row for row in catalogue if "NO COMMENT" in row[2]] == []


def test_down_and_up_again_is_the_same_schema(database: Database) -> None:
    with database.engine.connect() as connection:
        before = rows(connection, CATALOGUE), rows(connection, INVARIANTS)
    downgrade(database.engine, "base")
    with database.engine.connect() as connection:
        assert rows(connection, CATALOGUE) == []
    upgrade(database.engine)
    with database.engine.connect() as connection:
        assert (rows(connection, CATALOGUE), rows(connection, INVARIANTS)) == before


def test_the_bytes_of_versions_go_to_their_records_and_back(database: Database) -> None:
    store(database, archived=b"the page", reader="html/1 trafilatura/2.0.0")
    store(database, text=TEXT + MORE, archived=b"the page", reader="html/1")
    stored = "SELECT text, {} FROM claims.document_version ORDER BY text"
    before = "SELECT text, archived FROM claims.document_version ORDER BY text"
    downgrade(database.engine, "0105")
    with database.engine.connect() as connection:
        texts = [text for text, _ in rows(connection, before)]
        assert rows(connection, before) == [(text, b"the page") for text in texts]
        assert len(texts) == 2
    upgrade(database.engine)
    with database.engine.connect() as connection:
        assert rows(connection, stored.format("reader, part IS NULL")) == [
            (texts[0], "html/1 trafilatura/2.0.0", True), (texts[1], "html/1", True),
        ]  # fmt: skip
        assert rows(connection, "SELECT media_type, payload, size FROM claims.archive_record") == [
            ("text/html", b"the page", 8)
        ]
    store(database, text=TEXT + TEXT, archived=b"the page", media_type="text/html")
    with database.engine.connect() as connection:
        assert rows(connection, "SELECT count(*) FROM claims.archive_record") == [(1,)]


def test_documents_of_before_are_found_by_any_form_of_their_addresses(database: Database) -> None:
    urls = [
        "https://pier.example/bridge",
        "http://www.Pier.example/ferry/",
        "https://pier.example/?article=5",
        "https://pier.example",
        "https://pier.example:8443/a/#top",
        "https://pier.example/b#:~:text=it%20is",
        "tag:pier.example,2026:1",
    ]
    for number, url in enumerate(urls):
        store(database, url=url, text=f"{TEXT} {number}")
    downgrade(database.engine, "0106")
    upgrade(database.engine)
    with database.engine.connect() as connection:
        found = rows(connection, "SELECT id, url FROM claims.document_address")
    assert sorted(found) == sorted((address_id(url), url) for url in urls)


def test_each_single_step_goes_down_and_up(database: Database) -> None:
    steps = known_revisions()
    for step in reversed(steps[:-1]):
        downgrade(database.engine, step)
        assert current_revision(database.engine) == step
    for step in steps[1:]:
        upgrade(database.engine, step)
        assert current_revision(database.engine) == step


def test_views_that_others_built_on_ours_survive_an_upgrade(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("CREATE VIEW public.mine AS SELECT claim FROM claims_v1.claims"))
        install(connection, views_at(head_revision()))
        assert connection.execute(text("SELECT * FROM public.mine")).all() == []


def test_a_view_that_others_built_on_ours_survives_each_revision(empty_url: URL) -> None:
    engine = Database(empty_url).engine
    upgrade(engine, "0105")
    with engine.begin() as connection:
        connection.execute(text("CREATE VIEW public.mine AS SELECT claim FROM claims_v1.claims"))
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM public.mine")).all() == []


def test_a_downgrade_leaves_a_view_that_others_built_on_ours(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("CREATE VIEW public.mine AS SELECT claim FROM claims_v1.claims"))
    with pytest.raises(StatementFailedError, match=r"other objects depend on"):
        downgrade(database.engine, "0107")
    assert current_revision(database.engine) == head_revision()
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM public.mine")).all() == []


def test_what_is_restored_is_what_was_there(database: Database) -> None:
    with database.engine.begin() as connection:
        before = rows(connection, INVARIANTS)
        restore(connection, head_revision())
        apply_rights(connection)
        assert rows(connection, INVARIANTS) == before


def test_no_pinned_file_was_changed_and_every_file_is_pinned() -> None:
    assert digests() == read_pins(), "`python -m tests.migrations.pin` pins a new revision"


def test_a_changed_file_is_not_pinned_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = read_pins() | {"sql/0101_tables.sql": "0"}
    monkeypatch.setattr("tests.migrations.pin.digests", lambda: changed)
    with pytest.raises(SystemExit, match=r"sql/0101_tables\.sql"):
        pin()


def test_a_file_of_views_is_installed_by_one_revision() -> None:
    installed = views_at(head_revision())
    assert len(installed) == len(set(installed))
    current = {f"claims_v1/{current_file(name)}" for name in (*CLAIMS_V1, *FUNCTIONS)}
    assert {view for view in installed if view.startswith("claims_v1/")} == current


@pytest.mark.parametrize("revision", ["0005", "0008"])
def test_a_database_that_no_release_made_is_left_alone(database: Database, revision: str) -> None:
    # The series before this one, 0001 to 0008, was never released.
    with database.engine.begin() as connection:
        connection.execute(
            text("UPDATE claims.alembic_version SET version_num = :revision"),
            {"revision": revision},
        )
    for check in (upgrade, require_migrated):
        with pytest.raises(UnreleasedSchemaError, match=f"at revision {revision}") as refused:
            check(database.engine)
        assert "`claims import` the file into a new database" in refused.value.remedy
    assert current_revision(database.engine) == revision


def test_upgrading_twice_does_nothing(database: Database) -> None:
    upgrade(database.engine)
    assert current_revision(database.engine) == head_revision()


def alembic(url: URL, *arguments: str) -> "subprocess.Popen[str]":
    """The alembic command in a process of its own, from the tree."""
    return subprocess.Popen(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"DATABASE_URL": url.render_as_string(hide_password=False)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_alembic_command_works_from_the_tree(database: Database) -> None:
    out, err = alembic(database.url, "check").communicate()
    assert "No new upgrade operations detected" in out, err


def test_migrators_at_once_end_in_one_schema(empty_url: URL) -> None:
    migrators = [alembic(empty_url, "upgrade", "head") for _ in range(3)]
    ended = [(migrator.communicate()[1], migrator.returncode) for migrator in migrators]
    assert [code for _, code in ended] == [0, 0, 0], ended
    assert current_revision(Database(empty_url).engine) == head_revision()


def test_a_migrator_waits_for_another_that_takes_long(empty_url: URL) -> None:
    engine = make_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(7205318114)"))
        waiting = alembic(empty_url, "upgrade", "head")
        asked = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        while not connection.scalar(asked):
            assert waiting.poll() is None
            time.sleep(0.1)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(LONGER)
    error = waiting.communicate()[1]
    assert waiting.returncode == 0, error
    assert current_revision(engine) == head_revision()
    engine.dispose()


def test_an_upgrade_that_is_killed_at_any_revision_leaves_nothing(empty_url: URL) -> None:
    """The server ends the session as a revision is noted; the next upgrade begins anew."""
    engine = make_engine(empty_url)
    target = ""

    def kill(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if f"SET version_num='{target}'" in statement:
            session = driver_of(connection).info.backend_pid
            run_outside(empty_url, f"SELECT pg_terminate_backend({session})")

    event.listen(engine, "before_cursor_execute", kill)
    for revision in known_revisions()[1:]:
        target = revision
        with pytest.raises(NoServerError):
            upgrade(engine)
        assert current_revision(engine) is None
    event.remove(engine, "before_cursor_execute", kill)
    upgrade(engine)
    assert current_revision(engine) == head_revision()
    engine.dispose()
