"""The files of views and functions, and what contract.json pins of them."""

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.resources import files

CLAIMS_V1 = (
    "documents",
    "sources",
    "source_names",
    "source_roles",
    "outlet_ratings",
    "claims",
    "proposals",
    "attributions",
    "evidence",
    "decisions",
    "links",
    "releases",
    "who_said_what",
    "changes",
)
"""The views of claims_v1, in the order they are made: a later one may read an earlier one."""

FUNCTIONS = ("chain_text", "timeline", "search", "claims_as_of", "changes_since")
"""Its functions, made after the views."""


@dataclass(frozen=True, slots=True)
class PinnedView:
    """What was promised of one view or function.

    Attributes:
        sha256: Digest of its file.
        columns: Of a view, names and types in order.
        signature: Of a function, arguments with names, types and defaults, and what it returns.
    """

    sha256: str
    columns: tuple[tuple[str, str], ...] = ()
    signature: str | None = None


def read_view(name: str) -> str:
    """The SQL that makes one view or function of claims_v1.

    Raises:
        FileNotFoundError: None has this name.
    """
    return files("claims.contract").joinpath("claims_v1", f"{name}.sql").read_text("utf-8")


# A relation, not a function: functions have no past and stand in schema claims alone.
RELATION = re.compile(r"(?<![\w.])claims\.(?=[a-z_]+\b(?!\())")


def over_the_past(sql: str) -> str:
    """A view's SQL with the schemas of the past for those of the present: one file, two views."""
    return RELATION.sub("claims_past.", sql).replace("claims_v1.", "claims_v1_past.")


def read_pinned() -> dict[str, PinnedView]:
    """What contract.json pins, by the name of the view or function."""
    pinned = files("claims.contract").joinpath("contract.json").read_text("utf-8")
    return {
        name: PinnedView(
            one["sha256"],
            tuple((column, kind) for column, kind in one.get("columns", ())),
            one.get("signature"),
        )
        for name, one in json.loads(pinned)["claims_v1"].items()
    }


def digest_of(name: str) -> str:
    """SHA-256 of a view's or function's file, in hexadecimal."""
    return hashlib.sha256(read_view(name).encode()).hexdigest()
