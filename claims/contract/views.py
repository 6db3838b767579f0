"""The views' files and the digests that pin them."""

import hashlib
import json
import re
from importlib.resources import files

CLAIMS_V1 = ("documents", "sources", "claims", "proposals", "attributions", "evidence", "decisions")
"""The views of claims_v1, in the order they are made."""


def read_view(name: str) -> str:
    """The SQL that makes one view of claims_v1.

    Raises:
        FileNotFoundError: No view has this name.
    """
    return files("claims.contract").joinpath("claims_v1", f"{name}.sql").read_text("utf-8")


# A relation, not a function: functions have no past and stand in schema claims alone.
RELATION = re.compile(r"(?<![\w.])claims\.(?=[a-z_]+\b(?!\())")


def read_past_view(name: str) -> str:
    """The SQL that makes the same view over the past, in claims_v1_past.

    Raises:
        FileNotFoundError: No view has this name.
    """
    return over_the_past(read_view(name))


def over_the_past(sql: str) -> str:
    """A view's SQL with the schemas of the past for those of the present: one file, two views."""
    return RELATION.sub("claims_past.", sql).replace("claims_v1.", "claims_v1_past.")


def read_pinned() -> dict[str, dict[str, object]]:
    """What contract.json pins: for each view its columns, types and the digest of its file."""
    pinned = files("claims.contract").joinpath("contract.json").read_text("utf-8")
    views: dict[str, dict[str, object]] = json.loads(pinned)["claims_v1"]
    return views


def digest_of(name: str) -> str:
    """SHA-256 of a view's file, in hexadecimal."""
    return hashlib.sha256(read_view(name).encode()).hexdigest()
