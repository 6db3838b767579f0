"""Files that appear whole or not at all."""

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from claims.errors.files import NotWrittenError, OutputCutError, WouldReplaceError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer


@contextmanager
def whole_file(path: Path, *, force: bool = False) -> Iterator[IO[bytes]]:
    """A file that appears under its name when the block ends well, and not at all otherwise.

    A device or a pipe has no temporary file: it is written to directly.

    Args:
        path: Its name.
        force: Whether to replace a file that has this name.

    Raises:
        WouldReplaceError: There is such a file, or one appeared meanwhile, and `force` is off.
        NotWrittenError: The folder is missing, may not be written, or the disk is full.
    """
    if not force:
        require_new(path)
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                yield device
            return
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".claims-", delete=False) as out:
            temporary = Path(out.name)
            try:
                yield out
                out.flush()
                os.fsync(out.fileno())
                # As a plain open() would have made it; the temporary file's own mode is 0600.
                mask = os.umask(0)
                os.umask(mask)
                temporary.chmod(0o666 & ~mask)
                _name(temporary, path, force=force)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise NotWrittenError(str(path), error.strerror or "") from error


@contextmanager
def whole_folder(path: Path, mark: str, *, force: bool = False) -> Iterator[Path]:
    """A folder that appears under its name when the block ends well, and not at all otherwise.

    Args:
        path: Its name.
        mark: The file that every folder of ours has: one without it is never replaced.
        force: Whether to replace a folder of ours that has this name.

    Yields:
        The folder to write into.

    Raises:
        WouldReplaceError: Something has this name, and `force` is off or it is none of ours.
        NotWrittenError: The folder around it is missing, may not be written, or the disk is full.
    """
    require_new_folder(path, mark, force=force)
    try:
        temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=".claims-"))
    except OSError as error:
        raise NotWrittenError(str(path), error.strerror or "") from error
    try:
        yield temporary
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o777 & ~mask)
        require_new_folder(path, mark, force=force)
        if path.is_dir():
            shutil.rmtree(path)
        temporary.replace(path)
    except OSError as error:
        raise NotWrittenError(str(path), error.strerror or "") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def require_new_folder(path: Path, mark: str, *, force: bool = False) -> None:
    """Refuse a name that something has which must stay; an empty folder need not.

    Raises:
        WouldReplaceError: Something else has this name.
        NotWrittenError: No folder can have it.
    """
    try:
        if path.is_dir() and not path.is_symlink():
            replaceable = not any(path.iterdir()) or (force and (path / mark).is_file())
        else:
            replaceable = not path.exists() and not path.is_symlink()
    except OSError as error:
        raise NotWrittenError(str(path), error.strerror or "") from error
    if not replaceable:
        detail = f"a folder without {mark} is never replaced" if force else ""
        raise WouldReplaceError(str(path), detail)


def require_new(path: Path) -> None:
    """Refuse a name that a file has; a device or a pipe is written to, not replaced.

    Raises:
        WouldReplaceError: A file has this name.
        NotWrittenError: No file can have it; for example, it is too long.
    """
    try:
        exists = path.is_file() or (path.is_symlink() and not path.exists())
    except OSError as error:
        raise NotWrittenError(str(path), error.strerror or "") from error
    if exists:
        raise WouldReplaceError(str(path))


def _name(temporary: Path, path: Path, *, force: bool) -> None:
    if force:
        temporary.replace(path)
        return
    try:
        # Unlike a rename, a link fails if the name was taken meanwhile.
        path.hardlink_to(temporary)
    except OSError:
        require_new(path)
        # The file system has no links.
        temporary.replace(path)
    else:
        temporary.unlink()


@contextmanager
def hashed(out: IO[bytes], path: Path | None) -> Iterator[tuple[IO[bytes], Callable[[], str]]]:
    """A stream that computes the digest of what is written through it, a megabyte at a time.

    Args:
        out: The stream to write to.
        path: The file that it is; None for standard output.

    Yields:
        The stream, and a function that returns the digest in hexadecimal once the block has ended.

    Raises:
        NotWrittenError: Writing failed; for example, the disk is full.
    """
    through = _Hashed(out)
    buffered = io.BufferedWriter(through, 1 << 20)
    try:
        yield buffered, through.digest.hexdigest
        buffered.flush()
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        kind = NotWrittenError if path else OutputCutError
        raise kind(str(path or "standard output"), error.strerror or "") from error
    finally:
        through.off = True
        buffered.detach()


class _Hashed(io.RawIOBase):
    """Writes on and hashes; after a failure only pretends to, so that closing is quiet."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._position = 0
        self.digest = hashlib.sha256()
        self.off = False

    def writable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """How many bytes were written."""
        return self._position

    def write(self, block: "Buffer") -> int:
        """Write a block on, as a whole."""
        size = memoryview(block).nbytes
        if not self.off:
            self._out.write(block)
            self.digest.update(block)
        self._position += size
        return size
