"""Processor seconds, of the bench itself and of its embedded server: a busy machine's clock lies.

Linux tells them in /proc; elsewhere the server's are 0.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

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
