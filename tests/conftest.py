"""A real PostgreSQL for every test: one server a run, one database a test, cloned from a template.

CLAIMS_TEST_DATABASE_URL names another server to test on, such as the oldest one supported; without
it the embedded server runs in a folder of its own.
"""

import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import URL, Dialect, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from claims.database.address import parse_url
from claims.database.engine import Database
from claims.database.migrations import upgrade
from claims.database.roles import CREATE_ROLES, READER, WRITER, grant, separate
from claims.database.server import start, status, stop
from claims.database.server.diagnosis import free_bytes

HOME = "CLAIMS_TEST_HOME"
FIGURE = "figure"
OTHER_SERVER = "CLAIMS_TEST_DATABASE_URL"

ENOUGH_MEMORY = 4 << 30
"""Bytes that must be free there: the write-ahead log alone may grow to one gigabyte."""

# A change that passed on one machine has to pass on the next: the same examples each time, however
# slow the machine. `make test-long` looks for new ones.
settings.register_profile("settled", derandomize=True, deadline=None)
settings.register_profile("hunt", print_blob=True, deadline=None)
settings.load_profile("settled")


def memory_folder() -> str | None:
    """Shared memory, if there is enough: on a disk the tests would mostly wait for fsync.

    What they show does not depend on it: they kill processes, not the machine.
    """
    memory = Path("/dev/shm")  # noqa: S108 - only folders of mkdtemp's are made there
    enough = memory.is_dir() and os.access(memory, os.W_OK) and free_bytes(memory) > ENOUGH_MEMORY
    return str(memory) if enough else None


def pytest_configure(config: pytest.Config) -> None:
    """Choose the server's folder once; the workers inherit it."""
    if not hasattr(config, "workerinput") and OTHER_SERVER not in os.environ:
        home = Path(tempfile.mkdtemp(prefix="claims-test-", dir=memory_folder()))
        home.chmod(0o755)
        os.environ[HOME] = str(home)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and leave nothing behind."""
    if hasattr(config, "workerinput") or HOME not in os.environ:
        return
    home = Path(os.environ.pop(HOME))
    directory = status(home).directory.resolve()
    stop(home)
    shutil.rmtree(directory, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Call it with a line that says what a test measured.

    The lines are printed at the end and kept in .pytest_cache/d/figures.
    """

    def record(line: str) -> None:
        # The report carries it, from a worker's process too.
        request.node.user_properties.append((FIGURE, line))

    return record


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the figures."""
    reports = [report for some in terminalreporter.stats.values() for report in some]
    lines = sorted(
        str(line)
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, line in report.user_properties
        if name == FIGURE
    )
    if lines:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(lines))
        cache = getattr(config, "cache", None)  # a plugin's, which may be off
        if cache is not None:
            file = cache.mkdir("figures") / "figures.txt"
            file.write_text("\n".join(lines) + "\n", "utf-8")


QUICK = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "SELECT pg_reload_conf()",
)
"""For a server whose files are on a disk: to make and drop a database took 277 ms, and 83 ms with
these (28 ms in memory; all on a quiet machine). Only a power cut can tell the difference, and none
is tested."""


@pytest.fixture(scope="session")
def server() -> URL:
    """The server that tests run on."""
    if OTHER_SERVER in os.environ:
        return parse_url(os.environ[OTHER_SERVER])
    url = parse_url(start(Path(os.environ[HOME])).url or "")
    # Roles belong to the server. Where each worker's migrations made them, one waited for the
    # other's whole transaction, and on a loaded machine longer than a migration waits for a lock.
    run_outside(url, *QUICK, CREATE_ROLES)
    return url


@cache
def outside(server: URL) -> Engine:
    """An engine without transactions."""
    return create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")


def run_outside(server: URL, *statements: str) -> None:
    """Run statements that no transaction may hold, on the server's own database."""
    with outside(server).connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


def wait_until(holds: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait for what another process does; what never comes fails the test."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def clone(server: URL, template: str) -> str:
    """A new database like another; its name.

    Copying files took 36 ms of the server's processor, with removing it; writing each page to the
    log first, as PostgreSQL does unless told, 51 ms.
    """
    name = f"test_{uuid.uuid4().hex[:12]}"
    run_outside(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return name


@cache
def one_dialect() -> tuple[list[Dialect], dict[Any, Any]]:
    """The dialect of the first database, and the statements that were compiled for it."""
    return [], {}


def share_statements(database: Database) -> Database:
    """Let all databases of a worker use the statements that one of them has compiled.

    Compiling is two thirds of what a first decision costs in a new database.
    """
    dialects, compiled = one_dialect()
    if not dialects:
        with database.engine.connect():
            dialects.append(database.engine.dialect)
    database.engine.dialect = dialects[0]
    database.engine.update_execution_options(compiled_cache=compiled)
    return database


@pytest.fixture(scope="session")
def template(server: URL) -> Iterator[str]:
    """A database built by the migrations, for others to be cloned from."""
    name = f"template_{uuid.uuid4().hex[:12]}"
    run_outside(server, f"CREATE DATABASE {name} TEMPLATE template0")
    database = Database(server.set(database=name))
    upgrade(database.engine)
    database.close()
    yield name
    run_outside(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_url(server: URL) -> Iterator[URL]:
    """The address of a database with nothing in it."""
    name = f"empty_{uuid.uuid4().hex[:12]}"
    run_outside(server, f"CREATE DATABASE {name} TEMPLATE template0")
    yield server.set(database=name)
    run_outside(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def cloned(server: URL, template: str) -> Iterator[Database]:
    """A database that keeps its connections: a new one costs several times what a decision does."""
    name = clone(server, template)
    database = share_statements(Database(server.set(database=name), keep=True))
    try:
        yield database
    finally:  # an example that fails is tried again in a hundred databases
        database.engine.dispose()
        run_outside(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(server: URL, template: str) -> Iterator[Database]:
    """A migrated database of the test's own."""
    with cloned(server, template) as database:
        yield database


@pytest.fixture
def two_databases(server: URL, template: str) -> Iterator[tuple[Database, Database]]:
    """Two migrated databases that a test fills in two ways; their connections stay open."""
    with (
        cloned(server, template) as one,
        cloned(server, template) as other,
    ):
        yield one, other


@pytest.fixture(scope="module")
def shared_database(server: URL, template: str) -> Iterator[Database]:
    """A migrated database for those tests of a module that only read, or are refused to write.

    Making one costs more than most of them: one for all saves a fifth of the suite's databases.
    """
    with cloned(server, template) as database:
        yield database


@dataclass(frozen=True)
class People:
    """Login roles on a server that several people share, each with its own address."""

    writer: URL
    reader: URL
    stranger: URL


@contextmanager
def _people(server: URL, database: Database) -> Iterator[People]:
    mark = uuid.uuid4().hex[:8]
    names = {role: f"{role}_{mark}" for role in ("writer", "reader", "stranger")}
    run_outside(server, *(f"CREATE ROLE {name} LOGIN" for name in names.values()))
    separate(database.engine)
    grant(database.engine, WRITER, names["writer"])
    grant(database.engine, READER, names["reader"])
    yield People(**{role: database.url.set(username=name) for role, name in names.items()})
    # A session that has ended drops its temporary objects after it closed the connection.
    asked = "SELECT 1 FROM pg_stat_activity WHERE usename = ANY(:names)"
    with outside(server).connect() as connection:
        mine = {"names": list(names.values())}
        wait_until(lambda: connection.execute(text(asked), mine).first() is None)
    run_outside(server, *(f"DROP ROLE {name}" for name in names.values()))


@pytest.fixture
def people(server: URL, database: Database) -> Iterator[People]:
    """The test's database, owned by claims_owner, and roles that may log in to it."""
    with _people(server, database) as people:
        yield people


@pytest.fixture(scope="module")
def shared_people(server: URL, shared_database: Database) -> Iterator[People]:
    """The same of the database that tests of a module share."""
    with _people(server, shared_database) as people:
        yield people
