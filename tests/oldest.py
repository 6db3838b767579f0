"""The tests on the oldest server that we run on: `python -m tests.oldest` hands pytest its words.

PostgreSQL 15 is Debian 12's: `apt-get install postgresql`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from claims.database.address import parse_url
from tests.conftest import OTHER_SERVER, memory_folder

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
OPTIONS = (
    "-c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=200"
    " -c shared_buffers=256MB"
)


@contextmanager
def oldest_server() -> Iterator[URL]:
    """A PostgreSQL 15 in a folder of its own; as root it runs as another user."""
    account = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # Not pytest's own folder: that is root's alone, and no server runs as root.
    home = Path(tempfile.mkdtemp(prefix="claims-pg15-", dir=memory_folder()))
    if account:
        shutil.chown(home, "postgres")
    control = [*account, str(PROGRAMS / "pg_ctl"), "-D", str(home / "data"), "-w"]
    init = [*account, str(PROGRAMS / "initdb"), "-D", str(home / "data"), "-A", "trust", "-N"]
    subprocess.run(
        [*init, "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres"], check=True, capture_output=True
    )
    start = [*control, "-o", f"-k {home} {OPTIONS}", "-l", str(home / "log"), "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL)
    yield parse_url(f"postgresql://postgres@/postgres?host={home}")
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    """Run pytest on it."""
    if not PROGRAMS.exists():
        sys.exit("PostgreSQL 15 is not installed: `apt-get install postgresql` on Debian 12.")
    with oldest_server() as server:
        address = server.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
        ended = subprocess.run(command, env=os.environ | {OTHER_SERVER: address}, check=False)
    sys.exit(ended.returncode)


if __name__ == "__main__":
    main()
