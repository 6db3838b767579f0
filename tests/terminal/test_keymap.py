"""Keymaps: read, checked, printed, shown."""

from pathlib import Path

import pytest

from claims.terminal.errors import BadKeymapError
from claims.terminal.keys.keymap import DEFAULT_KEYMAP, is_key, read_keymap
from claims.terminal.keys.table import REMAPPABLE, InputMode
from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import words_in
from tests.terminal.samples import state


def test_each_action_has_a_key_of_its_own() -> None:
    keys = [(row.mode, row.key_name) for row in REMAPPABLE.values()]
    assert len(set(keys)) == len(keys)
    assert all(is_key(row.key_name) for row in REMAPPABLE.values())


def test_a_printed_map_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(DEFAULT_KEYMAP.as_toml(), "utf-8")
    assert read_keymap(path) == DEFAULT_KEYMAP


def test_a_remapped_key_is_in_the_foot_and_in_the_list(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('accept = "ctrl+y"\nundo = "f5"\nreject = "\\\\"\n', "utf-8")
    keymap = read_keymap(path)
    assert keymap.binding_for(InputMode.CARD, "a") is None
    text = "\n".join(map(words_in, draw_screen(state(), keymap, 100, 30)))
    assert "ctrl+y accept" in text
    assert "f5 14:03:18  accept" in text
    listed = "\n".join(map(words_in, draw_screen(state(mode=InputMode.HELP), keymap, 100, 30)))
    assert "  f5          undo your last decision" in listed
    path.write_text(keymap.as_toml(), "utf-8")
    assert read_keymap(path) == keymap


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ('accept = "x"', "accept and reject both have 'x'"),
        ('acept = "a"', "no action is called 'acept'"),
        ('accept = "esc"', "accept: no key is called 'esc'"),
        ('accept = "alt+tab"', "accept: no key is called 'alt+tab'"),
        ('hop-drop = "3"', "hop-drop and the number of a hop both have '3'"),
        ('accept = "ctrl+q"', "accept: no key is called 'ctrl+q'"),
        ("accept = 3", "accept: no key is called 3"),
        ("accept =", "Invalid value"),
    ],
)
def test_a_bad_map_is_refused_with_what_is_wrong(tmp_path: Path, text: str, detail: str) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadKeymapError) as refused:
        read_keymap(path)
    assert detail in str(refused.value)
    assert str(path) in str(refused.value)
