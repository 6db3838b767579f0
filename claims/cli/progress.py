"""A bar on a terminal for work whose size is known."""

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
