"""Prints rows as a table for people, or as JSON, CSV or plain lines for programs."""

import csv
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from claims.text.display import visible

PAGE = 120
"""Width of a table that no terminal shows."""

NARROW = 100
"""A terminal with less leaves these columns out of tables, so that ids and words can be read."""

WIDE_ONLY = frozenset({"status", "form", "subject"})

PADDING = 3
"""Characters between two columns of a table."""

WIDEST = 20
"""Characters that any column but the last may take."""

FORMATS = ("table", "plain", "json", "csv")

format_option = click.option(
    "--format",
    "form_of_output",
    type=click.Choice(FORMATS),
    help="How to print; a table on a terminal, plain lines elsewhere.",
)


def show_rows(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], form: str | None) -> None:
    """Print rows; the JSON form has every key of a row, the others only the columns.

    Args:
        columns: Keys to show, in order.
        rows: One mapping a row.
        form: One of FORMATS; None chooses by whether a person looks.
    """
    form = form or ("table" if sys.stdout.isatty() else "plain")
    if form == "json":
        show_json(rows)
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    elif form == "plain":
        for row in rows:
            click.echo("\t".join(visible(_cell(row[name])) for name in columns))
    else:
        _show_table(columns, rows)


def show_json(value: object) -> None:
    """Print a value as JSON, indented."""
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        return " < ".join(map(str, value))
    return str(value)


def _show_table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Without a terminal there is no width to fit; a page of text has about so many columns.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PAGE)
    # One line a row: what is cut is one `claims show` away. The last column takes what is left.
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
