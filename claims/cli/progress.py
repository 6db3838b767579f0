"""A bar on a terminal for work whose size is known."""

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress(
    what: str, total: "Callable[[], int | None]"
) -> "Iterator[Callable[[str, int], None]]":
    """What is told how far the work is; shown only where a person looks.

    Args:
        what: The things that are counted.
        total: How many there are; asked only where the bar is shown, because counting costs time.
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

        def told(doing: str, count: int) -> None:
            bar.update(task, advance=count, description=doing)

        yield told
