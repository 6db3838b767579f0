"""Claims as JSON lines, one object a claim, its chain inside."""

from collections.abc import Iterable, Mapping
from typing import IO, Any

import orjson


def write_jsonl(records: Iterable[Mapping[str, Any]], out: IO[bytes]) -> int:
    """Write one line a claim, UTF-8, keys in the contract's order; returns how many."""
    count = 0
    for record in records:
        out.write(orjson.dumps(dict(record), option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count
