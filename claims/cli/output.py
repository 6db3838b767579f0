"""Prints rows as a table for people, or as JSON, CSV or plain lines for programs."""

import csv
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import click

from claims.text.display import visible

if TYPE_CHECKING:
    import uuid
    from datetime import date

Value: TypeAlias = (
    "bool | int | float | str | date | uuid.UUID | Sequence[Value] | Mapping[str, Value] | None"
)
"""What a command can print."""

Row: TypeAlias = Mapping[str, Value]

PAGE = 120
"""Width of a table that no terminal shows."""

NARROW = 100
"""A narrower terminal shows no WIDE_ONLY columns, so that ids and words can be read."""

WIDE_ONLY = frozenset({"status", "form", "subject"})

PADDING = 3
"""Characters between two columns of a table."""

WIDEST = 20
"""Characters that any column but the last may take."""

FORMATS = ("table", "plain", "json", "csv")

format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    help="Output format; if omitted, a table on a terminal and plain lines elsewhere.",
)

facts_format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["plain", "json"]),
    default="plain",
    show_default=True,
    help="Output format.",
)


def show_rows(columns: Sequence[str], rows: Sequence[Row], output_format: str | None) -> None:
    """Print rows; JSON has every key of a row, the other formats only the columns.

    Args:
        columns: Keys to show, in order.
        rows: The values of each by column.
        output_format: One of FORMATS; None chooses a table on a terminal, else plain lines.
    """
    output_format = output_format or ("table" if sys.stdout.isatty() else "plain")
    if output_format == "json":
        show_json(rows)
    elif output_format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    elif output_format == "plain":
        for row in rows:
            click.echo("\t".join(visible(_cell(row[name])) for name in columns))
    else:
        _show_table(columns, rows)


def show_json(value: Value) -> None:
    """Print a value as JSON, indented."""
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str))


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        return " < ".join(map(str, value))
    return str(value)


def _show_table(columns: Sequence[str], rows: Sequence[Row]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Without a terminal there is no width to fit; PAGE is about that of a printed page.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PAGE)
    # One line per row: `claims show` has what is cut. The last column takes the rest.
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    narrow = console.width < NARROW
    shown = [name for name in columns if not (narrow and name in WIDE_ONLY)]
    left = console.width
    for name in shown[:-1]:
        longest = max((cell_len(visible(_cell(row[name]))) for row in rows), default=0)
        width = min(max(longest, len(name)), WIDEST - 6 * narrow)
        left -= width + PADDING
        table.add_column(name, no_wrap=True, overflow="ellipsis", width=width)
    last = max(left - PADDING, WIDEST)
    table.add_column(shown[-1], no_wrap=True, overflow="ellipsis", max_width=last)
    for row in rows:
        table.add_row(*(Text(visible(_cell(row[name]))) for name in shown))
    console.print(table)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 claim, 2 claims."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
