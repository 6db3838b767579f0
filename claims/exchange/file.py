"""Files that are whole or not there."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from claims.errors import NotWrittenError


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name when the block ends well, and not at all otherwise.

    Raises:
        NotWrittenError: The folder is missing, may not be written, or the disk is full.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".claims-", delete=False) as out:
            beside = Path(out.name)
            try:
                yield out
                out.flush()
                os.fsync(out.fileno())
                # As a plain open() would have made it; the temporary file's own mode is 0600.
                mask = os.umask(0)
                os.umask(mask)
                beside.chmod(0o666 & ~mask)
                beside.replace(path)
            except BaseException:
                beside.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise NotWrittenError(str(path), error.strerror or "") from error
