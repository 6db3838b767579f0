"""Mailboxes: mails one after the other, each after a line that begins with "From "."""

import io
import re
from collections.abc import Iterator

from claims.model.article import ReaderRecord
from claims.model.problem import Problem, Reason
from claims.readers.mail import read_mail
from claims.readers.options import ReadOptions

LARGEST = 16 * 1024 * 1024
"""Bytes of one mail, with its attachments."""
LONGEST_LINE = 1 << 20
SEPARATOR = re.compile(rb"From \S+ .*\d\d:\d\d.*\d{4}")
"""With a time and a year, which a sentence in a mail that begins so hardly has."""
QUOTED = re.compile(rb"^>(>*From )")


def read_mbox(
    location: str, stream: io.BufferedReader, options: ReadOptions
) -> Iterator[ReaderRecord]:
    """The articles of all mails; one that is broken or too large does not stop the others."""
    number = 0
    for number, raw in enumerate(_mails(stream), 1):
        place = f"{location}#{number}"
        if raw is None:
            detail = f"a mail of more than {LARGEST >> 20} MiB"
            yield Problem(place, Reason.TOO_LARGE, detail)
        else:
            yield from read_mail(place, raw, options)
    if not number:
        yield Problem(location, Reason.EMPTY, "no mail in it")


def _mails(stream: io.BufferedReader) -> Iterator[bytes | None]:
    """The bytes of each mail; None for one that is too large."""
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    while line := stream.readline(LONGEST_LINE):
        if blank and SEPARATOR.match(line):
            if begun:
                yield b"".join(lines) if size <= LARGEST else None
            lines, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= LARGEST:
                lines.append(QUOTED.sub(rb"\1", line))
        blank = not line.strip()
    if begun:
        yield b"".join(lines) if size <= LARGEST else None
