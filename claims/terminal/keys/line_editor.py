"""One line being typed: what each action does to it."""

import re
from collections.abc import Callable
from dataclasses import replace

from claims.terminal.state import Field

WORD_BEFORE = re.compile(r"\S*\s*$")


def open_field(action: str, prompt: str, text: str = "") -> Field:
    """A field with the cursor at its end."""
    return Field(action, prompt, text, len(text))


def insert_text(field: Field, text: str) -> Field:
    """The field with text put in; line ends and tabs of what was pasted become spaces."""
    inserted = " ".join(text.splitlines()).replace("\t", " ")
    whole = field.text[: field.cursor] + inserted + field.text[field.cursor :]
    return replace(field, text=whole, cursor=field.cursor + len(inserted))


def _cut(field: Field, start: int, stop: int) -> Field:
    return replace(field, text=field.text[:start] + field.text[stop:], cursor=start)


def _to(field: Field, cursor: int) -> Field:
    return replace(field, cursor=max(0, min(cursor, len(field.text))))


def _word_start(field: Field) -> int:
    match = WORD_BEFORE.search(field.text, 0, field.cursor)
    return match.start() if match else 0


EDITS: dict[str, Callable[[Field], Field]] = {
    "line-left": lambda field: _to(field, field.cursor - 1),
    "line-right": lambda field: _to(field, field.cursor + 1),
    "line-home": lambda field: _to(field, 0),
    "line-end": lambda field: _to(field, len(field.text)),
    "line-backspace": lambda field: _cut(field, max(field.cursor - 1, 0), field.cursor),
    "line-delete": lambda field: _to(_cut(field, field.cursor, field.cursor + 1), field.cursor),
    "line-delete-word": lambda field: _cut(field, _word_start(field), field.cursor),
    "line-clear": lambda field: _cut(field, 0, field.cursor),
    "line-clear-end": lambda field: _to(_cut(field, field.cursor, len(field.text)), field.cursor),
}
"""By the names of the actions in `claims.terminal.keys.table`."""
