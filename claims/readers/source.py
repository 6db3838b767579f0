"""Reads files, folders and standard input, whatever their format."""

import io
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from claims.model.article import Article, ReaderRecord
from claims.model.problem import Problem, Reason
from claims.readers.detect import detect
from claims.readers.foreign import Foreign
from claims.readers.formats import FORMATS, Format
from claims.readers.limits import is_storable_moment, within_limits
from claims.readers.looks import GZIP, is_binary
from claims.readers.options import ReadOptions
from claims.readers.printed_notices import read_printed
from claims.readers.unpack import CHUNK, DEEPEST, PackedError, Unpacked

HEAD = 16 * 1024
"""Bytes that are looked at: a licence may stand before an XML file's first element."""


def find_files(paths: Sequence[str]) -> Iterator[str]:
    """The files to read: those given, and those below the folders given, in order of name.

    Hidden files and folders are skipped, links to folders are not followed.
    """
    for path in paths:
        # Unlike Path.is_dir(), it has an answer for names that no file system takes.
        if path == "-" or not os.path.isdir(path):  # noqa: PTH112 - the same
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (
                str(Path(folder, name)) for name in sorted(names) if not name.startswith(".")
            )


def read_path(
    path: str,
    file_format: Format | None,
    options: ReadOptions,
    open_file: Callable[[str], io.FileIO] = io.FileIO,
) -> Iterator[ReaderRecord]:
    """The records of a file; what cannot be opened is a problem like any other.

    An article whose reader does not say when it was seen was seen when the file last changed.

    Args:
        path: The file.
        file_format: The format; None to detect it.
        options: What the command line says of the articles.
        open_file: Opens it; another than the usual one may count what is read.
    """
    location = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    try:
        mode = Path(path).stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            # Opening a pipe waits until somebody writes into it.
            yield Problem(location, Reason.UNREADABLE, PIPE)
            return
        with open_file(path) as file:
            changed = _last_changed(file)
            stream: io.BufferedReader = io.BufferedReader(file, HEAD)
            for record in read_stream(location, stream, file_format, options):
                if isinstance(record, Article) and record.seen_at is None:
                    yield replace(record, seen_at=changed)
                else:
                    yield record
    except OSError as error:
        yield Problem(location, Reason.UNREADABLE, error.strerror or str(error))


PIPE = "it is a pipe or a device, not a file; with - standard input is read"


def _last_changed(file: io.FileIO) -> datetime | None:
    try:
        changed = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
    except (ValueError, OverflowError):
        return None  # a clock that was never set
    return changed if is_storable_moment(changed) else None


def read_stream(
    location: str, stream: io.BufferedReader, file_format: Format | None, options: ReadOptions
) -> Iterator[ReaderRecord]:
    """The records of a stream.

    Args:
        location: What to call it in problems; its ending may tell the format.
        stream: Its bytes, from the beginning.
        file_format: The format; None to detect it.
        options: What the command line says of the articles.
    """
    try:
        for record in _read(location, stream, file_format, options):
            if not isinstance(record, Article):
                yield record
                continue
            for one in within_limits(location, record):
                if not isinstance(one, Article):
                    yield one
                    continue
                yield from read_printed(one)
                if problem := _future(location, one, options):
                    yield problem
    except PackedError as error:
        yield Problem(location, error.reason, error.detail)


def _future(location: str, article: Article, options: ReadOptions) -> Problem | None:
    """The problem with a date that has not come yet, clocks and days of other zones allowed for."""
    published = article.published_at
    if options.now is None or published is None or published <= options.now + timedelta(days=1):
        return None
    detail = f"{article.external_id or article.url or article.place} is dated in the future"
    value = published.isoformat()
    return Problem(location, Reason.FUTURE_DATE, detail, field="published", value=value)


def _read(
    location: str,
    stream: io.BufferedReader,
    file_format: Format | None,
    options: ReadOptions,
    *,
    depth: int = 0,
) -> Iterator[ReaderRecord]:
    head = stream.peek(HEAD)[:HEAD]
    chosen = file_format or detect(location, head)
    if not head:
        yield Problem(location, Reason.EMPTY, "no bytes in it")
    elif isinstance(chosen, Foreign):
        detail = f"it is {chosen.name}, which is not read: {chosen.instead}"
        yield Problem(location, Reason.UNSUPPORTED_FORMAT, detail)
    elif FORMATS[chosen].text and head.startswith(GZIP):
        if depth == DEEPEST:
            yield Problem(location, Reason.TOO_LARGE, "gzip in gzip in gzip is not unpacked")
            return
        unpacked: io.BufferedReader = io.BufferedReader(Unpacked(stream), CHUNK)
        yield from _read(location, unpacked, file_format, options, depth=depth + 1)
    elif FORMATS[chosen].text and is_binary(head):
        yield Problem(location, Reason.BINARY, "it is not text")
    else:
        yield from FORMATS[chosen].read(location, stream, options)
