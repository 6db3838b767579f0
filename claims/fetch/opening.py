"""A fetcher with this machine's clock and settings."""

import time
from datetime import UTC, datetime

from claims import __version__
from claims.fetch.client import Fetcher, ReserveTurn
from claims.fetch.connect import PublicBackend
from claims.settings import read_settings


def make_fetcher(reserve: ReserveTurn) -> Fetcher:
    """A fetcher for one run; close it at its end.

    Args:
        reserve: Keeps the pace of hosts with other processes.
    """
    return Fetcher(
        agent=f"claims/{__version__}",
        now=lambda: datetime.now(UTC),
        clock=time.monotonic,
        wait=time.sleep,
        backend=PublicBackend(read_settings().fetch_allowed),
        reserve=reserve,
    )
