"""Which key does what: the keys of the table, or those of a file without clashes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from claims.terminal.errors import BadKeymapError
from claims.terminal.keys.table import (
    BINDINGS,
    REMAPPABLE,
    InputMode,
    KeyBinding,
    KeyClass,
)

NAMED = frozenset(
    {"space", "left", "right", "up", "down", "home", "end", "tab", "delete", "insert"}
    | {f"f{number}" for number in range(1, 13)}
)
MODIFIERS = ("ctrl+", "alt+", "shift+")
RESERVED = frozenset({"esc", "enter", "alt+tab"}) | {
    binding.key_name for binding in BINDINGS if binding.mode is None
}
"""Keys of the program, the system or every list: no action may have them."""


@dataclass(frozen=True)
class Keymap:
    """The key of each action.

    Attributes:
        keys: By the actions' names; those that no keymap changes are not among them.
    """

    keys: Mapping[str, str]

    def binding_for(self, mode: InputMode | None, key: str) -> KeyBinding | None:
        """What a key does in a mode; None if it does nothing there."""
        rows = (binding for binding in BINDINGS if binding.mode is mode)
        return next((binding for binding in rows if self._matches(binding, key)), None)

    def key_of(self, action: str) -> str:
        """The key of an action that a keymap may change."""
        return self.keys[action]

    def shown_key(self, binding: KeyBinding) -> str:
        """The key of a row as screens show it."""
        return binding.shown or self.keys.get(binding.action, binding.key_name)

    def as_toml(self) -> str:
        """The map in use, as a file that can be edited and read again."""
        lines = ["# Keys of `claims review`; what is left out keeps its own key.\n"]
        width = max(map(len, REMAPPABLE))
        for action, binding in REMAPPABLE.items():
            key = self.keys[action].replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'{action:<{width}} = "{key}"  # {binding.help}\n')
        return "".join(lines)

    def _matches(self, binding: KeyBinding, key: str) -> bool:
        return binding.matches(key) if binding.fixed else self.keys[binding.action] == key


DEFAULT_KEYMAP = Keymap({action: binding.key_name for action, binding in REMAPPABLE.items()})
"""The keys of the table."""


def read_keymap(path: Path) -> Keymap:
    """Read a keymap: TOML, `action = "key"`.

    Raises:
        BadKeymapError: No such action, no such key, or one key for two actions in one mode.
    """
    try:
        entries = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadKeymapError(str(path), error.strerror or "") from error
    except UnicodeDecodeError as error:
        detail = f"it is not UTF-8, from byte {error.start} on"
        raise BadKeymapError(str(path), detail) from error
    except tomllib.TOMLDecodeError as error:
        raise BadKeymapError(str(path), str(error)) from error
    keys = dict(DEFAULT_KEYMAP.keys)
    for action, key in entries.items():
        if action not in keys:
            raise BadKeymapError(str(path), f"no action is called {action!r}")
        if not isinstance(key, str) or not is_key(key):
            raise BadKeymapError(str(path), f"{action}: no key is called {key!r}")
        keys[action] = key
    _require_distinct(str(path), keys)
    return Keymap(keys)


def is_key(key: str) -> bool:
    """Whether something is a key that an action may have: a character, or a named key."""
    if key in RESERVED:
        return False
    if len(key) == 1:
        return key.isprintable() and key != " "
    bare = key
    for modifier in MODIFIERS:
        bare = bare.removeprefix(modifier)
    return bare in NAMED or (bare != key and len(bare) == 1 and bare.isalnum())


def _require_distinct(path: str, keys: Mapping[str, str]) -> None:
    used: dict[tuple[InputMode | None, str], str] = {}
    for binding in BINDINGS:
        action = binding.action
        if binding.fixed:
            continue
        key = keys[action]
        other = used.setdefault((binding.mode, key), action)
        if other != action:
            raise BadKeymapError(path, f"{other} and {action} both have {key!r}")
        for row in BINDINGS:
            if not row.fixed or row.mode is not binding.mode or not row.matches(key):
                continue
            if isinstance(row.key, KeyClass):
                raise BadKeymapError(path, f"{action} and {row.help} both have {key!r}")
            raise BadKeymapError(path, f"{action} has {key!r}, which is fixed there")
