r"""Rows as PostgreSQL copies them, to lines of JSON and back, a block at a time.

An archive's row is a JSON array of strings and nulls: each column as PostgreSQL prints it. COPY's
text format and JSON escape nearly the same way, so that rows become JSON by a few replacements in
a block of a megabyte, in half the time that taking each row apart would need. What differs:

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
"""What JSON does not take in a string; tab and newline are structure before they are text."""

BLOCK = 1 << 20
"""Bytes that are turned at once."""

LONGEST = 256 << 20
"""Bytes of the longest line: a text and the bytes it was read from, in hexadecimal."""

_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_CONTROL = re.compile(b"[\x00-\x08\x0b-\x1f]")
_TO_ESCAPE = (
    ("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r"),
    ("\b", "\\b"), ("\f", "\\f"), ("\v", "\\v"),
)  # fmt: skip


class BadRowError(ValueError):
    """A line that is no row.

    Attributes:
        line: Which line of those given, from 0.
    """

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line = line


def to_json(rows: bytes) -> bytes:
    """Whole rows of COPY's text format as lines of JSON."""
    if not rows:
        return b""
    turned = rows[:-1].replace(b'"', b'\\"')
    if b"\\v" in turned:
        turned = _ESCAPE.sub(_json_escape, turned)
    if len(turned.translate(None, CONTROLS)) != len(turned):
        turned = _CONTROL.sub(lambda found: b"\\u%04x" % found.group()[0], turned)
    turned = turned.replace(b"\t", b'","').replace(b"\n", b'"]\n["')
    # Of a text, COPY would double the backslash: only NULL is this.
    return b"".join((b'["', turned, b'"]\n')).replace(b'"\\N"', b"null")


def _json_escape(found: re.Match[bytes]) -> bytes:
    return b"\\u000b" if found[1] == b"v" else found[0]


def to_copy(lines: Sequence[bytes], columns: int) -> bytes:
    """Lines of JSON as rows of COPY's text format.

    Args:
        lines: Each a JSON array.
        columns: How many values a row has.

    Raises:
        BadRowError: A line is no JSON array of that many strings and nulls.
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
                raise BadRowError(len(rows), f"no array of {columns} values")
            rows.append(row)
    except orjson.JSONDecodeError as error:
        raise BadRowError(len(rows), f"no JSON: {error}") from error
    except (TypeError, AttributeError) as error:
        raise BadRowError(len(rows), "no array of strings and nulls") from error
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
    held: list[bytes] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row)
        if size >= BLOCK:
            yield b"".join(held)
            held.clear()
            size = 0
    if held:
        yield b"".join(held)
