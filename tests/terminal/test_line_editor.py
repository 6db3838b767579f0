"""One line being typed."""

import pytest

from claims.terminal.keys.line_editor import edited, opened, typed


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [
        (["left", "left", "backspace"], "one wo", 4),
        (["home", "delete"], "ne two", 0),
        (["ctrl+w"], "one ", 4),
        (["left", "ctrl+u"], "o", 0),
        (["home", "right", "ctrl+k"], "o", 1),
        (["ctrl+a", "left"], "one two", 0),
        (["end", "right", "delete"], "one two", 7),
        (["f7"], "one two", 7),
    ],
)
def test_keys_edit_the_line(keys: list[str], text: str, cursor: int) -> None:
    field = opened("note", "note", "one two")
    for key in keys:
        field = edited(field, key)
    assert (field.text, field.cursor) == (text, cursor)


def test_pasted_line_ends_become_spaces() -> None:
    field = typed(edited(opened("note", "note", "ab"), "left"), "1\n2\t3\r\n")
    assert (field.text, field.cursor) == ("a1 2 3b", 6)
