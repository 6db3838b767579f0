"""JSON files: JSON lines, or objects however they are printed, alone, in a row or in an array."""

import io
import json
import re
from collections.abc import Iterator, Mapping

from claims.model.article import ReaderRecord
from claims.model.json import Json
from claims.model.problem import Problem, Reason
from claims.readers.jsonl import (
    LONGEST_LINE,
    bad_json,
    parse_json,
    read_jsonl,
    read_object,
    require_few_values,
)
from claims.readers.options import ReadOptions
from claims.readers.plain import decode

LARGEST = 16 * 1024 * 1024
"""Bytes of a JSON document that is not JSON lines."""

SAMPLE = 1 << 20
"""Bytes of a document that are looked at to tell whether it is JSON lines."""

BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")
"""What may stand between two objects, whether they are in an array or follow each other."""


def read_json(
    location: str, stream: io.BufferedReader, options: ReadOptions
) -> Iterator[ReaderRecord]:
    """The articles of a JSON file.

    A file whose first line is a whole object is JSON lines and is read a line at a time. What else
    is JSON is read as a whole: each object in it that is not within another is a record.
    """
    lines = _Reread(stream)
    if isinstance(_parsed(lines.first), Mapping):
        yield from read_jsonl(location, lines, options)
        return
    raw = lines.read(LARGEST + 1)
    if len(raw) > LARGEST:
        detail = f"more than {LARGEST >> 20} MiB for one JSON document; JSON lines may be longer"
        yield Problem(location, Reason.TOO_LARGE, detail)
    elif _is_lines(raw):
        yield from read_jsonl(location, io.BytesIO(raw), options)
    else:
        yield from _read_objects(location, raw, options)


class _Reread:
    """A stream whose first line that is not blank has been looked at."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._seen = [stream.readline(LONGEST_LINE)]
        while self._seen[-1] and not self._seen[-1].strip(b" \t\r\n\xef\xbb\xbf"):
            self._seen.append(stream.readline(LONGEST_LINE))
        self.first = self._seen[-1]

    def readline(self, limit: int, /) -> bytes:
        """The next line, at most so many bytes of it."""
        return self._seen.pop(0) if self._seen else self._stream.readline(limit)

    def read(self, limit: int) -> bytes:
        """All that is left, at most so many bytes beyond what has been looked at."""
        seen, self._seen = b"".join(self._seen), []
        return seen + self._stream.read(limit)


def _is_lines(raw: bytes) -> bool:
    """Whether most lines are whole objects: JSON lines whose first one is broken."""
    lines = [line for line in raw[:SAMPLE].splitlines() if line.strip()]
    return 2 * sum(isinstance(_parsed(line), Mapping) for line in lines) > len(lines) > 1


def _read_objects(location: str, raw: bytes, options: ReadOptions) -> Iterator[ReaderRecord]:
    text = decode(location, raw)
    if isinstance(text, Problem):
        yield text
        return
    try:
        require_few_values(text)
    except ValueError as error:
        yield Problem(location, Reason.TOO_LARGE, str(error))
        return
    scanner, at, line, seen = json.JSONDecoder(), 0, 1, False
    while (begin := _skip(text, at)) < len(text):
        line += text.count("\n", at, begin)
        try:
            fields, end = scanner.raw_decode(text, begin)
        except (ValueError, RecursionError) as error:
            # Where the next object begins, nobody knows.
            yield bad_json(location, ValueError(str(error)), line, text[begin : begin + 200])
            return
        seen = True
        part = text[begin:end].encode("utf-8", "surrogatepass")
        yield from read_object(location, line, part, fields, options=options)
        line += text.count("\n", begin, end)
        at = end
    if not seen:
        yield Problem(location, Reason.EMPTY, "no object in it")


def _skip(text: str, at: int) -> int:
    between = BETWEEN.match(text, at)
    return between.end() if between else at


def _parsed(line: bytes) -> Json:
    try:
        return parse_json(line.decode("utf-8-sig"))
    except ValueError:
        return None
