"""The published views and functions: which file of each holds, and what contract.json pins.

A file is never changed once it is pinned: a new form of a view is a new file under the next number,
and a revision of the schema names the files it installs (docs/decisions/0007-migrations.md).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypedDict

CLAIMS_V1: Mapping[str, int] = {
    "documents": 3,
    "document_versions": 2,
    "sources": 2,
    "source_names": 2,
    "source_roles": 2,
    "outlet_ratings": 1,
    "claims": 4,
    "proposals": 4,
    "attributions": 2,
    "evidence": 3,
    "decisions": 2,
    "links": 3,
    "releases": 1,
    "changes": 4,
    "anchors": 2,
    "notices": 1,
    "spans": 1,
    "changed_fields": 2,
    "anchor_spans": 1,
    "withdrawn_origins": 2,
    "utterances": 1,
    "copies": 1,
    "origins": 1,
    "claim_origins": 1,
    "corroboration": 2,
    "who_said_what": 5,
    "other_proposals": 1,
}
"""The views of claims_v1, each with the number of its current file, in the order they are made: a
later one may read an earlier one."""

FUNCTIONS: Mapping[str, int] = {
    "chain_text": 2,
    "timeline": 2,
    "search": 3,
    "claims_as_of": 3,
    "changes_since": 3,
}
"""Its functions likewise, made after the views."""

DESCRIBED_AS: Mapping[str, tuple[str, ...]] = {
    "documents": ("document",),
    "document_versions": ("document_version",),
    "sources": ("source",),
    "source_names": ("source_name",),
    "source_roles": ("source_role", "source_names"),
    "outlet_ratings": ("outlet_rating", "source_names"),
    "claims": ("claim", "documents"),
    "proposals": ("claims",),
    "attributions": ("attribution", "claims"),
    "evidence": ("claims",),
    "decisions": ("decision",),
    "links": ("claim_link",),
    "releases": ("release",),
    "who_said_what": ("claims", "documents"),
    "changes": ("decisions",),
    "anchors": ("anchor", "evidence"),
    "notices": ("notice",),
    "spans": ("evidence",),
    "changed_fields": ("decisions",),
    "anchor_spans": ("anchors", "spans"),
    "withdrawn_origins": ("claims",),
    "utterances": ("claims", "documents"),
    "copies": ("documents",),
    "origins": ("copies",),
    "claim_origins": ("origins",),
    "corroboration": ("claims",),
    "other_proposals": ("proposals", "sources"),
}
"""Where a column's comment stands if the view's file has none: with the column of the same name of
the first of these tables and views that has one."""


@dataclass(frozen=True, slots=True)
class PinnedView:
    """What was promised of one view or function.

    Attributes:
        columns: Of a view, names and types in order.
        signature: Of a function, arguments with names, types and defaults, and what it returns.
    """

    columns: tuple[tuple[str, str], ...] = ()
    signature: str | None = None


class _Entry(TypedDict, total=False):
    columns: list[tuple[str, str]]
    signature: str


class _Contract(TypedDict):
    claims_v1: dict[str, _Entry]
    files: dict[str, str]


def current_file(name: str) -> str:
    """The file of a view or function that holds today, such as `claims_01`.

    Raises:
        KeyError: None has this name.
    """
    number = CLAIMS_V1[name] if name in CLAIMS_V1 else FUNCTIONS[name]
    return f"{name}_{number:02}"


def read_file(file: str) -> str:
    """The SQL of one file, such as `claims_01`.

    Tables and views stand in it without their schema: `schemas_of` says where they are looked up.
    Functions, and what they read, are named in full.

    Raises:
        FileNotFoundError: There is no such file.
    """
    return files("claims.contract").joinpath("claims_v1", f"{file}.sql").read_text("utf-8")


def read_view(name: str) -> str:
    """The SQL of a view or function as it holds today."""
    return read_file(current_file(name))


def digest_of_file(file: str) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(read_file(file).encode()).hexdigest()


def digest_of(name: str) -> str:
    """SHA-256 of the current file of a view or function, in hexadecimal."""
    return digest_of_file(current_file(name))


def read_pinned() -> dict[str, PinnedView]:
    """What contract.json pins of each view and function, by name."""
    return {
        name: PinnedView(
            tuple((column, kind) for column, kind in entry.get("columns", ())),
            entry.get("signature"),
        )
        for name, entry in _read_contract()["claims_v1"].items()
    }


def read_digests() -> dict[str, str]:
    """What contract.json pins of each file that ever held: its SHA-256."""
    return _read_contract()["files"]


def _read_contract() -> _Contract:
    pinned = files("claims.contract").joinpath("contract.json").read_text("utf-8")
    contract: _Contract = json.loads(pinned)
    return contract


@cache
def view_columns(view: str) -> tuple[str, ...]:
    """The columns of a view, as the contract pins them, in order."""
    return tuple(name for name, _ in read_pinned()[view].columns)
