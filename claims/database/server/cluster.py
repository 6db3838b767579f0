"""Making the cluster: whole, by a rename, or not at all."""

import os
import shutil
import sys
from pathlib import Path

from claims.database.errors import ClusterNotMadeError, OtherVersionError
from claims.database.server.account import Account, spawn
from claims.database.server.binaries import Binaries
from claims.database.server.diagnosis import explain
from claims.database.server.directory import Layout

OWNER = "claims"
"""The cluster's superuser and the name of its one database."""

CHARACTER_TYPE = "UTF-8" if sys.platform == "darwin" else "C.UTF-8"
"""By which rules the system's C library tells a letter. Sorting and case are PostgreSQL's own, but
pg_trgm and the parser of full-text search still ask the library: with plain C, `show_trgm('Жук')`
is empty and `l’été` one word (measured on 18.6)."""

SETTINGS = {
    # A laptop's share of memory: the pages are taken only when touched. docs/decisions/0002.
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "100",
    # Taken from the server's own memory first: containers give /dev/shm 64 MB, and systemd-logind
    # empties it when the user who started the server logs out.
    "min_dynamic_shared_memory": "64MB",
    # The planner's default is a spinning disk.
    "random_page_cost": "1.1",
    # The same text for the same moment, wherever the machine stands.
    "timezone": "UTC",
    "log_timezone": "UTC",
}
"""What a new cluster's postgresql.conf begins with; ALTER SYSTEM may change any of it later."""


def make_cluster(layout: Layout, binaries: Binaries, account: Account, *, lock: int) -> None:
    """Make the cluster if there is none yet.

    Args:
        layout: Where.
        binaries: With which initdb.
        account: Who runs it and owns the files.
        lock: The held lock's descriptor. initdb inherits it, so when our own process is killed the
            next one waits until initdb has ended, too.

    Raises:
        OtherVersionError: There is one, of another major version.
        ClusterNotMadeError: initdb failed.
        DiskFullError: There is no space for it.
        ReadOnlyDirectoryError: The directory may not be written.
        OSError: Leftovers cannot be removed.
    """
    if layout.data.exists():
        require_version(layout.data, binaries)
        return
    if layout.partial.exists():
        shutil.rmtree(layout.partial)
    command = [str(binaries.directory / "initdb"), *initdb_options(layout.partial)]
    with spawn(command, account, keep=[lock]) as process:
        output = process.communicate()[0].decode(errors="replace")
    if process.returncode:
        error = explain(output, layout.directory, ClusterNotMadeError)
        shutil.rmtree(layout.partial, ignore_errors=True)
        raise error
    layout.partial.rename(layout.data)
    sync_directory(layout.directory)


def initdb_options(data: Path) -> list[str]:
    """The options of initdb; docs/decisions/0002 explains each."""
    return [
        f"--pgdata={data}",
        f"--username={OWNER}",
        "--auth-local=trust",
        "--auth-host=reject",
        "--encoding=UTF8",
        "--locale=C",
        f"--lc-ctype={CHARACTER_TYPE}",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        *(f"--set={name}={value}" for name, value in SETTINGS.items()),
    ]


def require_version(data: Path, binaries: Binaries) -> None:
    """Refuse a cluster of another major version: the server would, with a stack of log lines.

    Raises:
        OtherVersionError: It is one.
        OSError: It cannot be read.
    """
    version = (data / "PG_VERSION").read_text(encoding="ascii", errors="replace").strip()
    if version != binaries.major:
        detail = f"made by PostgreSQL {version}, this is {binaries.version}"
        raise OtherVersionError(str(data), detail)


def sync_directory(directory: Path) -> None:
    """Make a rename in a directory last through a power cut."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
