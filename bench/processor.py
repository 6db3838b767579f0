"""Processor seconds, of the bench itself and of its embedded server: a busy machine's clock lies.

Linux tells them in /proc; elsewhere the server's are 0.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

TICK = os.sysconf("SC_CLK_TCK")
NANOSECOND = 1e-9


@dataclass(frozen=True, slots=True)
class Seconds:
    """Seconds by the clock, and processor seconds of both sides."""

    clock: float
    program: float
    server: float

    @property
    def processor(self) -> float:
        """Of both."""
        return self.program + self.server

    def __sub__(self, other: "Seconds") -> "Seconds":
        return Seconds(
            self.clock - other.clock, self.program - other.program, self.server - other.server
        )


def seconds_until_now(backend: int) -> Seconds:
    """Seconds until now.

    Args:
        backend: The server's process that works for the bench: `pg_backend_pid()`.
    """
    try:
        # Not /proc/…/stat, which counts in hundredths: a statement takes a tenth of one.
        server = int(Path(f"/proc/{backend}/schedstat").read_text("ascii").split()[0]) * NANOSECOND
    except OSError:
        server = 0.0
    return Seconds(time.perf_counter(), time.process_time(), server)


def server_seconds(url: str) -> float:
    """Processor seconds of the server and of all the processes that it has ever started."""
    with psycopg.connect(url) as connection:
        # The server itself is the parent of the process that answers.
        answering = connection.info.backend_pid
        postmaster = int(status_of(answering)[1])
    fields = status_of(postmaster)
    ticks = sum(int(field) for field in fields[11:15])
    for path in Path("/proc").iterdir():
        if path.name.isdigit() and (child := status_of(int(path.name))) and child[1] == fields[0]:
            ticks += int(child[12]) + int(child[11])
    return ticks / os.sysconf("SC_CLK_TCK")


def status_of(pid: int) -> list[str]:
    """The pid of a process and what /proc says of it after its name; nothing if it is gone."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return []
    return [str(pid), status.rpartition(")")[2].split()[1], *status.rpartition(")")[2].split()[2:]]
