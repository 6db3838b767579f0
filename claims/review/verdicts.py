"""Whether two readers came to the same."""

from collections.abc import Mapping, Sequence
from typing import Any

LINKING = {"link_rule", "link_score", "link_reason"}
"""How a hop came to its source is not what the readers are asked."""


def same_verdict(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two readings lead to the same: the act, and every field it changes.

    Args:
        one: A reading with `action` and `after`.
        other: Another.
    """
    if one["action"] != other["action"]:
        return False
    return all(
        _plain(name, one["after"].get(name)) == _plain(name, other["after"].get(name))
        for name in one["after"].keys() | other["after"].keys()
    )


def _plain(name: str, value: object) -> object:
    if name != "chain" or not isinstance(value, Sequence):
        return value
    return [{key: hop[key] for key in hop if key not in LINKING} for hop in value]
