"""Claims as Parquet in three splits by the day of publication: train, validation, test."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from claims.exchange.formats.dataset_card import SplitSummary
from claims.exchange.formats.parquet import GROUP, open_parquet, read_batches

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

SHARES = (0.8, 0.9)
"""Of the dated claims, those before validation and those before test, at most by a day's more."""

DAY = "published_at"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first day of validation and of test; None if there is no such split."""

    validation: date | None = None
    test: date | None = None


def find_bounds(counts: Sequence[tuple[date, int]]) -> Bounds:
    """Where the splits are cut.

    Args:
        counts: How many claims each day of publication has, in the order of days.
    """
    total, so_far = sum(count for _, count in counts), 0
    firsts: list[date | None] = [None, None]
    for day, count in counts:
        for number, share in enumerate(SHARES):
            if firsts[number] is None and so_far >= share * total:
                firsts[number] = day
        so_far += count
    validation, test = firsts
    if test is None or validation == test:
        return Bounds(None, validation)
    return Bounds(validation, test)


def write_splits(
    rows: Iterable[bytes], folder: Path, columns: Sequence[str], bounds: Bounds
) -> list[SplitSummary]:
    """Write a file for each split that has claims; those without a day are in train.

    Args:
        rows: A header and a row for each claim, as PostgreSQL's CSV.
        folder: Where to write; it exists.
        columns: The fields in order, published_at among them.
        bounds: Where to cut.

    Raises:
        PackageMissingError: pyarrow is not installed.
    """
    batches = read_batches(rows, columns)
    edges = _edges(bounds)
    written = {name: _Split(folder / f"data/{name}-00000-of-00001.parquet") for name in edges}
    (folder / "data").mkdir()
    with ExitStack() as stack:
        for split in written.values():
            out = stack.enter_context(split.path.open("wb"))
            split.writer = stack.enter_context(open_parquet(out, batches.schema))
        for batch in batches:
            for name, (first, beyond) in edges.items():
                written[name].write(_between(batch, first, beyond))
    return [
        SplitSummary(
            name,
            str(split.path.relative_to(folder)),
            split.claims,
            split.path.stat().st_size,
            *(split.days or (None, None)),
        )
        for name, split in written.items()
    ]


@dataclass(slots=True)
class _Split:
    """A split that is being written."""

    path: Path
    writer: "ParquetWriter | None" = None
    claims: int = 0
    days: Sequence[date] = ()

    def write(self, part: "pa.RecordBatch") -> None:
        if self.writer is not None and part.num_rows:
            self.writer.write_batch(part, row_group_size=GROUP)
            self.claims += part.num_rows
            self.days = _first_and_last(self.days, part.column(DAY))


def _edges(bounds: Bounds) -> Mapping[str, tuple[date | None, date | None]]:
    """The first day of each split, and the day after its last."""
    edges: dict[str, tuple[date | None, date | None]] = {}
    edges["train"] = (None, bounds.validation or bounds.test)
    if bounds.validation:
        edges["validation"] = (bounds.validation, bounds.test)
    if bounds.test:
        edges["test"] = (bounds.test, None)
    return edges


def _between(batch: "pa.RecordBatch", first: date | None, beyond: date | None) -> "pa.RecordBatch":
    """The rows of some days; those without a day belong to the first."""
    from pyarrow import compute  # noqa: PLC0415 - 170 MB that most do not have

    if first:
        batch = batch.filter(compute.greater_equal(batch.column(DAY), _begin(first)))
    if beyond:
        earlier = compute.less(batch.column(DAY), _begin(beyond))
        batch = batch.filter(compute.fill_null(earlier, first is None))
    return batch


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _first_and_last(days: Iterable[date | None], moments: "pa.Array") -> Sequence[date]:
    """The first and the last day of these and those."""
    from pyarrow import compute  # noqa: PLC0415 - 170 MB that most do not have

    ends = compute.min_max(moments).as_py()
    seen = [*days, *(moment.date() for moment in ends.values() if moment)]
    dated = [day for day in seen if day]
    return [min(dated), max(dated)] if dated else []
