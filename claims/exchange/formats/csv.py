"""Claims as CSV (RFC 4180), one row a claim, every character as it is.

Nothing is put before cells that begin with = + - or @, because a program that reads the file back
would take it for the words said. Such files are for programs; for a spreadsheet there is xlsx.
An empty text is `""`, what is not known is nothing.
"""

from collections.abc import Iterable
from typing import IO


def write_csv(rows: Iterable[bytes], out: IO[bytes]) -> int:
    """Write a header and one row a claim; returns how many claims.

    Args:
        rows: As PostgreSQL prints them; the first is the header. Only their line ends are changed:
            RFC 4180 has CRLF there, and what stands inside a cell stays.
        out: Where to.
    """
    count = 0
    for row in rows:
        out.write(row[:-1] + b"\r\n")
        count += 1
    return max(count - 1, 0)
