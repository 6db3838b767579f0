"""Claims as CSV (RFC 4180), one row a claim, every character as it is.

Nothing is put before cells that begin with = + - or @, because a program that reads the file back
would take it for the words said. Such files are for programs; docs/how-to/export.md says so.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import IO, Any


def write_csv(records: Iterable[Mapping[str, Any]], out: IO[bytes]) -> int:
    """Write a header and one row a claim, UTF-8; returns how many claims.

    The chain becomes two columns: `carriers`, the names outward from the speaker, and `cues`.
    """
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    count = 0
    for count, record in enumerate(records, 1):
        row = _flat(record)
        if count == 1:
            writer.writerow(row)
        writer.writerow(row.values())
    text.detach()
    return count


def _flat(record: Mapping[str, Any]) -> dict[str, object]:
    chain = record["chain"]
    row = {name: value for name, value in record.items() if name not in {"chain", "said_on"}}
    row["published_at"] = record["published_at"].isoformat() if record["published_at"] else None
    first, last = record["said_on"] or (None, None)
    return row | {
        "said_from": first,
        "said_to": last,
        "carriers": " < ".join(hop["source"] or hop["mention"] for hop in chain[1:]),
        "cues": " < ".join(hop["cue"] for hop in chain),
    }
