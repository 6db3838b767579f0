"""Claims as Parquet: PostgreSQL's CSV, read in columns by Arrow and packed.

No row becomes a Python object on the way, so that it is about as fast as CSV.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING

from claims.exchange.errors import PackageMissingError

if TYPE_CHECKING:
    import pyarrow.csv
    import pyarrow.parquet
    from _typeshed import WriteableBuffer

BLOCK = 4 << 20
"""Bytes that are read at once and become one batch of rows."""

GROUP = 50_000
"""Rows in a group of the file: what a reader holds in memory at once."""

TYPES = {
    "extractor_score": "float64", "name_score": "float64", "attribution_confidence": "float64",
    "credibility": "int16",
    "revision": "int32", "printings": "int32", "outlets": "int32", "heard_by": "int32",
    "said_from": "date32", "said_to": "date32", "day": "date32",
}  # fmt: skip
"""Arrow's names of the types of columns that are neither text nor moments."""

MOMENTS = frozenset({"published_at", "first_printed_at"})


def write_parquet(rows: Iterable[bytes], out: IO[bytes], columns: Sequence[str]) -> int:
    """Write a Parquet file; returns how many claims.

    Args:
        rows: A header and a row for each claim, as PostgreSQL's CSV.
        out: The file to write to.
        columns: The fields, in order.

    Raises:
        PackageMissingError: pyarrow is not installed.
    """
    batches = read_batches(rows, columns)
    count = 0
    with open_parquet(out, batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch, row_group_size=GROUP)
            count += batch.num_rows
    return count


def open_parquet(out: IO[bytes], schema: "pyarrow.Schema") -> "pyarrow.parquet.ParquetWriter":
    """A writer of a Parquet file, packed as ours are."""
    from pyarrow import parquet  # noqa: PLC0415 - 170 MB that most do not have

    return parquet.ParquetWriter(out, schema, compression="zstd")


def read_batches(rows: Iterable[bytes], columns: Sequence[str]) -> "pyarrow.csv.CSVStreamingReader":
    """PostgreSQL's CSV as batches of rows in Arrow's columns.

    Raises:
        PackageMissingError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - 170 MB that most do not have; 0.1 s to import
        from pyarrow import csv  # noqa: PLC0415 - the same
    except ImportError as error:
        raise PackageMissingError("pyarrow", "Parquet needs it") from error
    types = {
        name: pa.timestamp("us", tz="UTC")
        if name in MOMENTS
        else pa.type_for_alias(TYPES.get(name, "string"))
        for name in columns
    }
    return csv.open_csv(
        io.BufferedReader(_Rows(iter(rows)), BLOCK),
        read_options=csv.ReadOptions(block_size=BLOCK, use_threads=False),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        # An empty cell is NULL if it has no quotation marks; "" is an empty text.
        convert_options=csv.ConvertOptions(
            column_types=types, null_values=[""], strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            timestamp_parsers=["%Y-%m-%d %H:%M:%S+00", csv.ISO8601],
        ),
    )  # fmt: skip


class _Rows(io.RawIOBase):
    """Rows as a stream of bytes."""

    def __init__(self, rows: Iterator[bytes]) -> None:
        self._rows = rows
        self._rest = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill a buffer with as many rows as it holds; returns how many bytes."""
        view = memoryview(buffer)
        rows, size = [self._rest], len(self._rest)
        while size < len(view):
            row = next(self._rows, None)
            if row is None:
                break
            rows.append(row)
            size += len(row)
        block = b"".join(rows)
        length = min(len(block), len(view))
        view[:length] = block[:length]
        self._rest = block[length:]
        return length
