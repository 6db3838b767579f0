"""Annotated articles of others, which are no part of the tree: read by path from one folder.

CLAIMS_GOLD names the folder, by default `../shared` beside the checkout. docs/benchmark.md lists
what it may hold. Whatever needs one of these says so in a line where it is missing.
"""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("CLAIMS_GOLD") or ROOT.parent / "shared")

NEWS = FOLDER / "attribution-dev/gold.jsonl"
"""Twelve Wikinews articles, on which rules may be tuned."""

GUM = FOLDER / "gum.jsonl.gz"
"""GUM's free genres, made by bench/extraction/gum.py."""


def why_missing(path: Path) -> str | None:
    """A line for whoever needs a file of the folder that is not there; None if it is there."""
    if path.is_file():
        return None
    return (
        f"not there: {path.relative_to(FOLDER)} in {FOLDER} (CLAIMS_GOLD). "
        "docs/benchmark.md says what the folder holds and where that comes from."
    )


def require(path: Path) -> Path:
    """The path; ends the program with a line where nothing is there."""
    if missing := why_missing(path):
        raise SystemExit(missing)
    return path
