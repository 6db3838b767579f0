"""Reads files, folders and standard input, whatever their format."""

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.readers.detect import Format, detect, is_binary
from claims.readers.jsonl import read_jsonl
from claims.readers.options import ReadOptions
from claims.readers.plain import read_plain

HEAD = 4096
LARGEST = 16 * 1024 * 1024
"""Bytes. A larger file is not one article."""


def find_files(paths: Sequence[str]) -> Iterator[str]:
    """The files to read: those given, and those below the folders given, in order of name.

    Hidden files and folders are skipped, links to folders are not followed.
    """
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (
                str(Path(folder, name)) for name in sorted(names) if not name.startswith(".")
            )


def read_path(
    path: str, file_format: Format | None, options: ReadOptions
) -> Iterator[Article | Problem]:
    """The articles of a file; what cannot be opened is a problem like any other."""
    location = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    try:
        with Path(path).open("rb") as stream:
            yield from read_stream(location, stream, file_format, options)
    except OSError as error:
        yield Problem(location, Reason.UNREADABLE, error.strerror or str(error))


def read_stream(
    location: str, stream: io.BufferedReader, file_format: Format | None, options: ReadOptions
) -> Iterator[Article | Problem]:
    """The articles of a stream.

    Args:
        location: What to call it in problems.
        stream: Its bytes, from the beginning.
        file_format: The format; None to detect it.
        options: What the command line says of the articles.
    """
    head = stream.peek(HEAD)[:HEAD]
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not head:
        yield Problem(location, Reason.EMPTY, "no bytes in it")
    elif is_binary(head) and not marked:
        yield Problem(location, Reason.BINARY, "it is not text")
    else:
        yield from _read(location, stream, file_format or detect(location, head), options)


def _read(
    location: str, stream: io.BufferedReader, file_format: Format, options: ReadOptions
) -> Iterator[Article | Problem]:
    if file_format is Format.JSONL:
        yield from read_jsonl(location, stream, options)
        return
    raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        yield Problem(location, Reason.TOO_LARGE, f"more than {LARGEST >> 20} MiB for one article")
    elif file_format is Format.HTML:
        from claims.readers.html import read_html  # noqa: PLC0415 - trafilatura takes 0.16 s

        yield from read_html(location, raw, options)
    else:
        yield from read_plain(location, raw, options)
