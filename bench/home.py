"""Where a bench keeps its claims."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claims.database.server import status, stop


@contextmanager
def own_home() -> Iterator[None]:
    """An embedded server of the bench's own, gone afterwards: nobody's claims are touched."""
    home = Path(tempfile.mkdtemp(prefix="claims-bench-"))
    os.environ.pop("DATABASE_URL", None)
    os.environ["CLAIMS_HOME"] = str(home)
    try:
        yield
    finally:
        directory = status(home).directory.resolve()
        stop(home)
        shutil.rmtree(directory, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
