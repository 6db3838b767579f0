"""Runs the program as its users do: in a process of its own where the process matters."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claims.database.engine import Database
from claims.database.server import status, stop
from tests.conftest import memory_folder
from tests.in_process import Ended, connected, run

if TYPE_CHECKING:
    import subprocess

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Claims = Callable[..., Ended]
COMMAND = (sys.executable, "-c", "from claims.cli import main; main()")


@pytest.fixture
def environment(database: Database) -> dict[str, str]:
    """The environment of a user whose database is the test's own."""
    url = database.url.render_as_string(hide_password=False)
    # Python's own setting would hide what is told before it is written.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return inherited | {"DATABASE_URL": url, "CLAIMS_REVIEWER": "Ann", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def claims(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Claims]:
    """Run `claims` with arguments in the test's folder, in this process."""
    monkeypatch.chdir(tmp_path)
    with connected(database):
        yield run


@pytest.fixture
def home() -> Iterator[Path]:
    """A home directory with nothing in it; whatever server ran there is stopped afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="claims-home-", dir=memory_folder()))
    claims_home = folder / "claims"
    yield claims_home
    for used in (claims_home, claims_home / "demo"):
        if used.exists():
            directory = status(used).directory.resolve()
            stop(used)
            shutil.rmtree(directory, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
