"""The manifest of an export: counts, filters, the ledger's head, and what was left out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

import orjson

from claims.contract.views import CLAIMS_V1, digest_of
from claims.model.json import JsonObject

MOST_OMITTED = 10_000
"""Claims left out that are listed one by one; beyond that they are only counted."""


@dataclass(frozen=True, slots=True)
class OmittedClaim:
    """A claim that an export leaves out because it, or its article, was withdrawn."""

    claim: UUID
    document: UUID
    url: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file holds.

    Attributes:
        format: One of `export.FORMATS`.
        counts: How many claims, statements, or rows of each sheet or table.
        ledger_no: Number of the last decision at the time of the export.
        ledger_digest: That decision's digest; stored elsewhere, it proves that the ledger was not
            cut.
        selection: Filters and fields, as they were asked for.
        state: The state that was exported; None for the present.
        sha256: Digest of the file; None if it went to standard output, or there are several.
        files: Digests of the files of a folder, by name.
        withdrawn: Whether withdrawn material is in the file.
        left_out: Claims that were withdrawn, or whose article was, with the reason; at most
            MOST_OMITTED.
        left_out_count: How many there are.
        withdrawn_since: Claims of this state of the past that were withdrawn since, or whose
            article was, whatever the file holds; at most MOST_OMITTED.
        withdrawn_since_count: How many there are.
        origin_withdrawn: Claims in the file that came through an article which was withdrawn; at
            most MOST_OMITTED. They stand in another article, which was not.
        origin_withdrawn_count: How many there are.
        notes: What else to know, such as cells that were cut.
    """

    format: str
    counts: Mapping[str, int]
    ledger_no: int
    ledger_digest: str
    selection: JsonObject = field(default_factory=dict)
    state: str | None = None
    sha256: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    withdrawn: bool = False
    left_out: Sequence[OmittedClaim] = ()
    left_out_count: int = 0
    withdrawn_since: Sequence[OmittedClaim] = ()
    withdrawn_since_count: int = 0
    origin_withdrawn: Sequence[OmittedClaim] = ()
    origin_withdrawn_count: int = 0
    notes: Sequence[str] = ()


def manifest_bytes(manifest: Manifest, program: str) -> bytes:
    """The manifest as JSON, indented for people."""
    document = {
        "program": f"claims {program}",
        "contract": "claims_v1",
        "contract_views": {view: digest_of(view) for view in CLAIMS_V1},
        **asdict(manifest),
    }
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z
    return orjson.dumps(document, option=options)
