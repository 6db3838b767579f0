"""What a terminal shows of long work: a bar if its size is known, else counts."""

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import ProgressColumn

    from claims.model.progress import ReportProgress


@contextmanager
def progress(what: str, total: "Callable[[], int | None]") -> "Iterator[ReportProgress]":
    """Yields a function that advances the bar, which is shown only on a terminal.

    Args:
        what: The things that are counted.
        total: Returns how many there are; called only if the bar is shown: counting costs time.
    """
    if not sys.stderr.isatty():
        yield lambda _what, _count: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total())

        def advance(step: str, count: int) -> None:
            bar.update(task, advance=count, description=step)

        yield advance


@contextmanager
def counting(
    format_counts: str, *, described: bool = False
) -> "Iterator[Callable[[str, int], None] | None]":
    """Yields a function that counts one thing more, None if there is no terminal.

    It takes what the thing is called, and how many claims there are by now. The size of the work
    is not known before its end.

    Args:
        format_counts: What is shown, from `task.completed` and `task.fields[claims]`.
        described: Whether to show what the last thing is called.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns: list[ProgressColumn] = [
        SpinnerColumn(),
        TextColumn(format_counts),
        TimeElapsedColumn(),
    ]
    if described:
        columns.append(TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, claims=0)
        yield lambda name, claims: bar.update(task, advance=1, description=name, claims=claims)


@contextmanager
def showing_line() -> "Iterator[Callable[[str], None] | None]":
    """Yields a function that replaces the line shown, None if there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda line: bar.update(task, description=line)
