"""What was exported, beside the file: counts, filters, the ledger's head, and what was left out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from claims.contract.views import CLAIMS_V1, digest_of

SHOWN = 10_000
"""Claims left out that are listed one by one; beyond that they are counted."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file holds.

    Attributes:
        format: Its format.
        counts: How many of what.
        ledger_no: Number of the last decision when it was made.
        ledger_digest: That decision's digest: kept outside, it proves the ledger was not cut.
        selection: Filters and fields, as they were asked for.
        state: As of when; None for the present.
        sha256: Of the file; None where it went to standard output.
        withdrawn: Whether withdrawn material is in the file.
        left_out: Claims that were withdrawn, or whose article was, with the reason.
        notes: What else to know, such as cells that were cut.
    """

    format: str
    counts: Mapping[str, int]
    ledger_no: int
    ledger_digest: str
    selection: Mapping[str, Any] = field(default_factory=dict)
    state: str | None = None
    sha256: str | None = None
    withdrawn: bool = False
    left_out: Sequence[Mapping[str, Any]] = ()
    left_out_count: int = 0
    notes: Sequence[str] = ()


def manifest_bytes(manifest: Manifest, program: str) -> bytes:
    """The manifest as JSON, indented for people."""
    made = {
        "program": f"claims {program}",
        "contract": "claims_v1",
        "contract_views": {view: digest_of(view) for view in CLAIMS_V1},
        **asdict(manifest),
    }
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z
    return orjson.dumps(made, option=options, default=str)
