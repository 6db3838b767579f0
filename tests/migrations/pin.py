"""Pins the files of the migrations: `python -m tests.migrations.pin`, after a new revision.

A file that is pinned is never changed: databases were made by it.
"""

import hashlib
import json
import sys

from claims.database.revision import find_migrations

PINS = find_migrations() / "pinned.json"


def read_pins() -> dict[str, str]:
    """The SHA-256 of each pinned file, by its path below migrations/."""
    pins: dict[str, str] = json.loads(PINS.read_text("utf-8")) if PINS.exists() else {}
    return pins


def digests() -> dict[str, str]:
    """The same of the files as they are."""
    folder = find_migrations()
    paths = sorted(
        path
        for room in ("versions", "sql", "views")
        for path in (folder / room).rglob("*")
        if path.suffix in {".py", ".sql"}
    )
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
    }


def main() -> None:
    """Write pinned.json, unless it would change what is pinned."""
    pins, present = read_pins(), digests()
    changed = [name for name, digest in pins.items() if present.get(name) != digest]
    if changed:
        sys.exit(f"changed after they were pinned: {', '.join(changed)}")
    PINS.write_text(json.dumps(present, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
