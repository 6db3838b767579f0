"""One line being typed."""

import pytest

from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from claims.terminal.keys.line_editor import EDITS, insert_text, open_field
from claims.terminal.keys.table import InputMode
from claims.terminal.state import Field


def edit(field: Field, key: str) -> Field:
    """The field after a key that is no text; the same if the key does nothing in it."""
    binding = DEFAULT_KEYMAP.binding_for(InputMode.TYPING, key)
    return EDITS[binding.action](field) if binding else field


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
    field = open_field("note", "note", "one two")
    for key in keys:
        field = edit(field, key)
    assert (field.text, field.cursor) == (text, cursor)


def test_pasted_line_ends_become_spaces() -> None:
    field = insert_text(edit(open_field("note", "note", "ab"), "left"), "1\n2\t3\r\n")
    assert (field.text, field.cursor) == ("a1 2 3b", 6)
