"""Which column of a sheet holds what, kept for the next sheet with the same columns."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import orjson

from claims.settings import read_settings


def kept_mapping(names: Sequence[str]) -> dict[str, str] | None:
    """What was said of a sheet with these columns; None if nothing was, or it cannot be read."""
    try:
        kept = orjson.loads(_path(names).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    if not isinstance(kept, dict) or not all(isinstance(part, str) for part in kept.values()):
        return None
    return {field: column for field, column in kept.items() if column in names}


def keep_mapping(names: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Keep it; a folder that cannot be written only means that it is asked again."""
    path = _path(names)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(orjson.dumps(dict(mapping), option=orjson.OPT_INDENT_2))
    except OSError:
        return


def _path(names: Sequence[str]) -> Path:
    digest = hashlib.sha256("\n".join(names).encode(errors="replace")).hexdigest()
    return read_settings().home / "sheets" / f"{digest[:16]}.json"
