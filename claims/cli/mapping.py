"""Remembers which column of a sheet holds which field, for sheets with the same columns."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import orjson

from claims.settings import read_settings


def remembered_mapping(names: Sequence[str]) -> dict[str, str] | None:
    """Column by field for a sheet with these columns; None if there is none that can be read."""
    try:
        mapping = orjson.loads(_path(names).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    if not isinstance(mapping, dict) or not all(isinstance(part, str) for part in mapping.values()):
        return None
    return {field: column for field, column in mapping.items() if column in names}


def remember_mapping(names: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Store it; if the folder cannot be written, the user is asked again next time."""
    path = _path(names)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(orjson.dumps(dict(mapping), option=orjson.OPT_INDENT_2))
    except OSError:
        return


def _path(names: Sequence[str]) -> Path:
    digest = hashlib.sha256("\n".join(names).encode(errors="replace")).hexdigest()
    return read_settings().home / "sheets" / f"{digest[:16]}.json"
