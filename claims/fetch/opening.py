"""A fetcher with this machine's clock and settings."""

import time
from datetime import UTC, datetime

from claims import __version__
from claims.fetch.client import Fetcher
from claims.fetch.connect import PublicBackend
from claims.settings import read_settings


def make_fetcher() -> Fetcher:
    """A fetcher for one run; close it at its end."""
    return Fetcher(
        agent=f"claims/{__version__}",
        now=lambda: datetime.now(UTC),
        clock=time.monotonic,
        wait=time.sleep,
        backend=PublicBackend(read_settings().fetch_allowed),
    )
