"""Claims as CSV (RFC 4180), one row for each claim, every character as it is.

Nothing is put before cells that begin with = + - or @: a program that reads the file back would
take it for words of the claim. These files are for programs; for a spreadsheet there is xlsx. An
empty text is `""`, an unknown value an empty cell.
"""

from collections.abc import Iterable
from typing import IO


def write_csv(rows: Iterable[bytes], out: IO[bytes]) -> int:
    """Write a header and one row for each claim; returns how many claims.

    Args:
        rows: As PostgreSQL prints them, the header first. Only the ends of rows change: RFC 4180
            has CRLF there; line breaks inside a cell stay.
        out: The file to write to.
    """
    count = 0
    for row in rows:
        out.write(row[:-1] + b"\r\n")
        count += 1
    return max(count - 1, 0)
