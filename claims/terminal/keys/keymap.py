"""Which key does what: the acts' own keys, or those of a file; clashes are refused at the start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from claims.terminal.errors import BadKeymapError
from claims.terminal.keys.table import ACTS, FIXED, InputMode, KeyAct

NAMED = frozenset(
    {"space", "left", "right", "up", "down", "home", "end", "tab", "delete", "insert"}
    | {f"f{number}" for number in range(1, 13)}
)
SHIFTS = ("ctrl+", "alt+", "shift+")
TAKEN = frozenset({"esc", "enter", "ctrl+c", "alt+tab", "ctrl+z"})
"""Keys of the terminal, the system or every list: no act may have them."""


@dataclass(frozen=True)
class Keymap:
    """The key of each act.

    Attributes:
        keys: By the acts' names.
    """

    keys: Mapping[str, str]

    def act_for(self, place: InputMode, key: str) -> KeyAct | None:
        """What a key does in a place."""
        return next((a for a in ACTS if a.place is place and self.keys[a.name] == key), None)

    def key_of(self, name: str) -> str:
        """The key of an act."""
        return self.keys[name]

    def as_toml(self) -> str:
        """The map in use, as a file that can be edited and read again."""
        lines = ["# Keys of `claims review`; what is left out keeps its own key.\n"]
        width = max(len(act.name) for act in ACTS)
        for act in ACTS:
            key = self.keys[act.name].replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'{act.name:<{width}} = "{key}"  # {act.about}\n')
        return "".join(lines)


OWN = Keymap({act.name: act.key for act in ACTS})
"""The keys as the acts name them."""


def read_keymap(path: Path) -> Keymap:
    """Read a keymap: TOML, `act = "key"`.

    Raises:
        BadKeymapError: No such act, no such key, or one key for two acts in one place.
    """
    try:
        stated = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadKeymapError(str(path), str(error)) from error
    keys = dict(OWN.keys)
    for name, key in stated.items():
        if name not in keys:
            raise BadKeymapError(str(path), f"no act is called {name!r}")
        if not isinstance(key, str) or not is_key(key):
            raise BadKeymapError(str(path), f"{name}: no key is called {key!r}")
        keys[name] = key
    _require_distinct(str(path), keys)
    return Keymap(keys)


def is_key(key: str) -> bool:
    """Whether something is a key that an act may have: a sign, or a named key."""
    if key in TAKEN:
        return False
    if len(key) == 1:
        return key.isprintable() and key != " "
    bare = key
    for shift in SHIFTS:
        bare = bare.removeprefix(shift)
    return bare in NAMED or (bare != key and len(bare) == 1 and bare.isalnum())


def _require_distinct(place: str, keys: Mapping[str, str]) -> None:
    used: dict[tuple[InputMode, str], str] = {}
    for act in ACTS:
        key = keys[act.name]
        other = used.setdefault((act.place, key), act.name)
        if other != act.name:
            raise BadKeymapError(place, f"{other} and {act.name} both have {key!r}")
        if act.place is InputMode.CHAIN and key.isdigit():
            raise BadKeymapError(place, f"{act.name} and the number of a hop both have {key!r}")
        fixed = {sign for signs, _ in FIXED.get(act.place, ()) for sign in signs.split()}
        if key in fixed:
            raise BadKeymapError(place, f"{act.name} has {key!r}, which is fixed there")
