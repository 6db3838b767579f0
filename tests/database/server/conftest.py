"""Homes with a server of their own, some with a cluster copied from one that was made once."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from claims.database.server import start, stop
from claims.database.server.account import Account, server_account
from claims.database.server.directory import Layout, find_layout, make_layout
from claims.database.server.lock import open_lock
from claims.database.server.postmaster import find_servers
from claims.database.server.sockets import short_directory
from tests.conftest import memory_folder, wait_until

IN_A_CHILD = """
import sys
from pathlib import Path
from claims.database.server import start, status, stop
from claims.errors.base import ClaimsError
home = Path(sys.argv[1])
def say(*words):
    print(*words, flush=True)
def say_error(act):
    try:
        act(home)
        say("fine")
    except ClaimsError as error:
        say(error.code)
"""
"""What every program that a test runs in a child process begins with."""


@pytest.fixture(scope="session")
def account() -> Account:
    """Who runs the servers of these tests."""
    return server_account()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A temporary folder that the server's user may enter; pytest's own are root's alone."""
    made = Path(tempfile.mkdtemp(prefix="claims-server-", dir=memory_folder()))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def template(account: Account) -> Iterator[Path]:
    """A cluster with its database, made once and stopped."""
    home = Path(tempfile.mkdtemp(prefix="claims-template-", dir=memory_folder()))
    home.chmod(0o755)
    start(home)
    stop(home)
    yield find_layout(home, account).data
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def bare(folder: Path, account: Account) -> Iterator[Callable[..., Path]]:
    """Makes homes in which nothing is yet; whatever runs in them afterwards is ended."""
    made: list[Path] = []

    def make(name: str = "home") -> Path:
        made.append(folder / name)
        return folder / name

    yield make
    for home in made:
        clear(find_layout(home, account), account)


@pytest.fixture
def seeded(bare: Callable[..., Path], template: Path, account: Account) -> Callable[..., Path]:
    """Makes homes with a stopped cluster."""

    def make(name: str = "home") -> Path:
        home = bare(name)
        layout = make_layout(home, account)
        os.close(open_lock(layout.lock, account))
        subprocess.run(["/bin/cp", "-a", template, layout.data], check=True)
        return home

    return make


@pytest.fixture
def child() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Runs Python code in a process of its own with a home as its argument."""
    begun: list[subprocess.Popen[str]] = []

    def run(home: Path, code: str, *, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        command = [*before, sys.executable, "-c", IN_A_CHILD + code, str(home)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        begun.append(process)
        return process

    yield run
    for process in begun:
        with suppress(OSError):
            process.kill()
        process.communicate()


def clear(layout: Layout, account: Account) -> None:
    """End every process of a server without ceremony, and remove what is outside the folder."""
    if not layout.directory.exists():
        return
    shutil.rmtree(short_directory(layout, account), ignore_errors=True)
    for process in find_servers(layout.data, account):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    wait_until(lambda: not find_servers(layout.data, account))
    shutil.rmtree(layout.directory, ignore_errors=True)
