"""Rows to JSON and back, whatever stands in them."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.archive.copy_text import BadRowError, to_copy, to_json

ODD = ("a", '"', "\\", "\n", "\t", "\r", "\v", "\f", "\b", "\x01", "\x1f", "\x7f", ",null", "[null",
       "\\N", '","', '"]\n["', "é", "😀", "\u2028", "n", "{", "]")  # fmt: skip
CELLS = (
    st.none()
    | st.lists(st.sampled_from(ODD), max_size=6).map("".join)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0"))
)
ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(ROWS)
def test_there_and_back_is_the_same(rows: list[list[str | None]]) -> None:
    lines = [orjson.dumps(row) for row in rows]
    copied = to_copy(lines, len(rows[0]))
    written = to_json(copied)
    assert [orjson.loads(line) for line in written.splitlines()] == rows
    assert to_copy(written.split(b"\n")[:-1], len(rows[0])) == copied


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b'"ab"', b'["a"]', b'["a","b","c"]', b'["a",1]', b'["a",["b"]]', b'["a"', b"[",
     b'{"a":1,"b":2}', b"null", b"12", b'["a","\\ud800"]', b'["a","\x01"]'],
)  # fmt: skip
def test_what_is_no_row_is_refused_with_its_line(line: bytes) -> None:
    with pytest.raises(BadRowError) as raised:
        to_copy([b'["x","y"]', line], 2)
    assert raised.value.line == 1
