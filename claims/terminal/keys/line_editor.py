"""One line being typed: what each key does to it."""

import re
from collections.abc import Callable
from dataclasses import replace

from claims.terminal.state import Field

WORD_BEFORE = re.compile(r"\S*\s*$")


def opened(act: str, prompt: str, text: str = "") -> Field:
    """A field with the cursor at its end."""
    return Field(act, prompt, text, len(text))


def typed(field: Field, text: str) -> Field:
    """The field with text put in; line ends and tabs of what was pasted become spaces."""
    put = " ".join(text.splitlines()).replace("\t", " ")
    whole = field.text[: field.cursor] + put + field.text[field.cursor :]
    return replace(field, text=whole, cursor=field.cursor + len(put))


def edited(field: Field, key: str) -> Field:
    """The field after a key that is no text; the same if the key means nothing in it."""
    edit = EDITS.get(key)
    return field if edit is None else edit(field)


def _cut(field: Field, start: int, stop: int) -> Field:
    return replace(field, text=field.text[:start] + field.text[stop:], cursor=start)


def _to(field: Field, cursor: int) -> Field:
    return replace(field, cursor=max(0, min(cursor, len(field.text))))


def _word_start(field: Field) -> int:
    found = WORD_BEFORE.search(field.text, 0, field.cursor)
    return found.start() if found else 0


EDITS: dict[str, Callable[[Field], Field]] = {
    "left": lambda field: _to(field, field.cursor - 1),
    "right": lambda field: _to(field, field.cursor + 1),
    "home": lambda field: _to(field, 0),
    "end": lambda field: _to(field, len(field.text)),
    "ctrl+a": lambda field: _to(field, 0),
    "ctrl+e": lambda field: _to(field, len(field.text)),
    "backspace": lambda field: _cut(field, max(field.cursor - 1, 0), field.cursor),
    "delete": lambda field: _to(_cut(field, field.cursor, field.cursor + 1), field.cursor),
    "ctrl+w": lambda field: _cut(field, _word_start(field), field.cursor),
    "ctrl+u": lambda field: _cut(field, 0, field.cursor),
    "ctrl+k": lambda field: _to(_cut(field, field.cursor, len(field.text)), field.cursor),
}
