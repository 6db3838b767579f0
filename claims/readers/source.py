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
"""Bytes. A file that is one article and larger than this is none."""


def find_files(paths: Sequence[str]) -> Iterator[str]:
    """The files to read: those given, and those below the folders given, in order of name.

    Hidden files and folders are passed over, links to folders are not followed.
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


def read_path(path: str, form: Format | None, stated: ReadOptions) -> Iterator[Article | Problem]:
    """The articles of a file; what cannot be opened is a problem like any other."""
    place = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    try:
        with Path(path).open("rb") as stream:
            yield from read_stream(place, stream, form, stated)
    except OSError as error:
        yield Problem(place, Reason.UNREADABLE, error.strerror or str(error))


def read_stream(
    place: str, stream: io.BufferedReader, form: Format | None, stated: ReadOptions
) -> Iterator[Article | Problem]:
    """The articles of a stream.

    Args:
        place: What to call it in problems.
        stream: Its bytes, from the beginning.
        form: The format; None to find out.
        stated: What the user says of the articles.
    """
    head = stream.peek(HEAD)[:HEAD]
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not head:
        yield Problem(place, Reason.EMPTY, "no bytes in it")
    elif is_binary(head) and not marked:
        yield Problem(place, Reason.BINARY, "it is no text")
    else:
        yield from _read(place, stream, form or detect(place, head), stated)


def _read(
    place: str, stream: io.BufferedReader, form: Format, stated: ReadOptions
) -> Iterator[Article | Problem]:
    if form is Format.JSONL:
        yield from read_jsonl(place, stream, stated)
        return
    raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        yield Problem(place, Reason.TOO_LARGE, f"more than {LARGEST >> 20} MiB for one article")
    elif form is Format.HTML:
        # Here alone a late import outside the command line: trafilatura costs every other
        # command a sixth of a second.
        from claims.readers.html import read_html  # noqa: PLC0415

        yield from read_html(place, raw, stated)
    else:
        yield from read_plain(place, raw, stated)
