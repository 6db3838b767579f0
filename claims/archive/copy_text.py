r"""Rows as PostgreSQL copies them, to lines of JSON and back, a block at a time.

An archive's row is a JSON array of strings and nulls: each column as PostgreSQL prints it. COPY's
text format and JSON escape nearly the same way, so that rows become JSON by a few replacements in
a whole block, in half the time that parsing each row would need. What differs:

- `"` is escaped in JSON alone, and structure is tab and newline in COPY, `","` and `"]` in JSON;
- NULL is `\N` in COPY, `null` in JSON;
- COPY prints the control characters of a text as they are, and `\v` for one of them; JSON wants
  them as `\u00XX`. Texts are cleaned of them, so that this is rare and may be slow.

The way back goes through a parser, because a file may come from anywhere.
"""

import re
from collections.abc import Generator, Iterable, Sequence

import orjson

CONTROLS = bytes(set(range(32)) - set(b"\t\n"))
"""What JSON does not allow in a string; tab and newline are structure before they are text."""

BLOCK = 1 << 17
"""Bytes that are converted at once: about what the way to the server holds, so that it stores one
block while the next is converted."""

LONGEST = 256 << 20
"""Bytes of the longest line: a text and the bytes it was read from, in hexadecimal."""

_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_CONTROL = re.compile(b"[\x00-\x08\x0b-\x1f]")
_TO_ESCAPE = (
    ("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r"),
    ("\b", "\\b"), ("\f", "\\f"), ("\v", "\\v"),
)  # fmt: skip


class BadRowError(ValueError):
    """A line that is not a row.

    Attributes:
        line: Index of the line among those that were converted, from 0.
    """

    def __init__(self, line: int, detail: str) -> None:
        super().__init__(detail)
        self.line = line


def to_json(rows: bytes) -> bytes:
    """Whole rows of COPY's text format as lines of JSON."""
    if not rows:
        return b""
    text = rows[:-1].replace(b'"', b'\\"')
    if b"\\v" in text:
        text = _ESCAPE.sub(_json_escape, text)
    if len(text.translate(None, CONTROLS)) != len(text):
        text = _CONTROL.sub(lambda match: b"\\u%04x" % match.group()[0], text)
    text = text.replace(b"\t", b'","').replace(b"\n", b'"]\n["')
    # Of a text, COPY would double the backslash: only NULL is this.
    return b"".join((b'["', text, b'"]\n')).replace(b'"\\N"', b"null")


def _json_escape(match: re.Match[bytes]) -> bytes:
    return b"\\u000b" if match[1] == b"v" else match[0]


def to_copy(lines: Sequence[bytes], columns: int) -> bytes:
    """Lines of JSON as rows of COPY's text format.

    Args:
        lines: Each a JSON array.
        columns: How many values a row has.

    Raises:
        BadRowError: A line is not a JSON array of that many strings and nulls.
    """
    rows: list[str] = []
    try:
        for line in lines:
            values = orjson.loads(line)
            # An escaped quotation mark is the usual case, and needs no escape of COPY's.
            if b"\\" in line and b"\\" in line.replace(b'\\"', b""):
                values = [value and _escaped(value) for value in values]
            # COPY counts the columns of rows that hold no NULL; join refuses all but strings.
            row = "\t".join(values) if None not in values else _with_nulls(values)
            if len(values) != columns or not isinstance(values, list):
                raise BadRowError(len(rows), f"not an array of {columns} values")
            rows.append(row)
    except orjson.JSONDecodeError as error:
        raise BadRowError(len(rows), f"not JSON: {error}") from error
    except (TypeError, AttributeError) as error:
        raise BadRowError(len(rows), "not an array of strings and nulls") from error
    rows.append("")
    return "\n".join(rows).encode()


def _with_nulls(values: Iterable[str | None]) -> str:
    return "\t".join(["\\N" if value is None else value for value in values])


def _escaped(value: str) -> str:
    for character, escape in _TO_ESCAPE:
        if character in value:
            value = value.replace(character, escape)
    return value


def blocks_of(rows: Iterable[bytes]) -> Generator[bytes, None, None]:
    """Rows joined to blocks of about `BLOCK` bytes."""
    block: list[bytes] = []
    size = 0
    for row in rows:
        block.append(row)
        size += len(row)
        if size >= BLOCK:
            yield b"".join(block)
            block.clear()
            size = 0
    if block:
        yield b"".join(block)
