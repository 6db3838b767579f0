"""Prints rows as a table for people, or as JSON, CSV or plain lines for programs."""

import csv
import io
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

import click

from claims.cli.streams import output_for_programs
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

LAST = 30
"""Characters that the last column takes at least: narrower ones give way until it has them."""

LEAVING = (
    "score", "form", "subject", "through", "office", "publisher", "versions", "waiting", "unread",
    "articles", "asked", "printings",
)  # fmt: skip
"""Columns that a narrow terminal leaves out, the first one first: `claims show` has them."""

PADDING = 2
"""Characters between two columns of a table."""

WIDEST = 20
"""Characters that any column but the last may take."""

LEAST = (12, 7, 4)
"""Characters that it is cut to on a narrow terminal, if it holds no day or number; on one where
that leaves the last column less than as much, the second, and so on."""

WHOLE = frozenset({"id", "score"})
"""Columns that are never cut, beside those of days: half a day is none."""

DAY = re.compile(r"\d{4}-\d\d-\d\d\b.*")

STAYS = "outlet"
"""The column that stays when others leave a very narrow terminal."""

SHORT_ID = 6
"""Characters of an id on a narrow terminal; commands take any start that only one has."""

TITLES = {"reported": "words"}
"""Titles of columns that are not their keys."""

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


def show_rows(
    columns: Sequence[str],
    rows: Sequence[Row],
    output_format: str | None,
    *,
    table: Sequence[str] | None = None,
    further: Sequence[str] = (),
) -> None:
    """Print rows; JSON has every key of a row, the other formats only the columns.

    Args:
        columns: Keys to show, in order.
        rows: The values of each by column.
        output_format: One of FORMATS; None chooses a table on a terminal, else plain lines.
        table: Keys that a table shows, if they are others.
        further: Keys that CSV has after the columns.
    """
    output_format = output_format or ("table" if sys.stdout.isatty() else "plain")
    if output_format in {"table", "plain"}:
        shown = table or columns if output_format == "table" else columns
        rows = [_marked(row, shown) for row in rows]
    if output_format == "json":
        show_json(rows)
    elif output_format == "csv":
        lines = io.StringIO()
        writer = csv.writer(lines, lineterminator="\n")
        names = (*columns, *further)
        writer.writerow(names)
        writer.writerows([_cell(row[name]) for name in names] for row in rows)
        _show_text(lines.getvalue())
    elif output_format == "plain":
        for row in rows:
            click.echo("\t".join(visible(_cell(row[name])) for name in columns))
    else:
        _show_table(table or columns, rows)


def _marked(row: Row, columns: Sequence[str]) -> Row:
    """A row with marks before its words: a copy, what is withdrawn, how far it went."""
    status = row.get("document_status") or "usable"
    marks = [f"[article {status}]"] if status != "usable" else []
    marks += ["[origin withdrawn]"] if row.get("origin_note") else []
    marks += ["[copy]"] if row.get("copy_note") else []
    printings = row.get("printings")
    if "printings" not in columns and isinstance(printings, int) and printings > 1:
        marks.append(f"[{row['reach']}]")
    last = columns[-1]
    return {**row, last: " ".join([*marks, str(row[last])])} if marks else row


def show_json(value: Value) -> None:
    """Print a value as JSON, indented; moments are in UTC."""
    import orjson

    option = orjson.OPT_INDENT_2 | orjson.OPT_PASSTHROUGH_DATETIME
    _show_text(orjson.dumps(value, option=option, default=_as_text).decode() + "\n")


def _as_text(value: "Value | datetime") -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)


def _show_text(text: str) -> None:
    """Print text for programs: in UTF-8 whatever the terminal is set to, every character as it is.

    A terminal is no program: there characters that control it are spelled out.
    """
    out = output_for_programs()
    out.write(text.encode())
    out.flush()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        return " < ".join(map(str, value))
    return str(value)


def _show_table(columns: Sequence[str], rows: Sequence[Row]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Without a terminal there is no width to fit; PAGE is about that of a printed page.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PAGE)
    cells = {name: [visible(_cell(row[name])) for row in rows] for name in columns}
    widths = widths_of(cells, console.width)
    # One line per row: `claims show` has what is cut.
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, PADDING - 1, 0, 0))
    for name, width in widths.items():
        table.add_column(TITLES.get(name, name), no_wrap=True, overflow="ellipsis", width=width)
    if "id" in widths:
        # The beginning of an id is an id; with an ellipsis it would be none.
        cells["id"] = [cell[: widths["id"]] for cell in cells["id"]]
    for number in range(len(rows)):
        table.add_row(*(Text(cells[name][number]) for name in widths))
    console.print(table)


def widths_of(cells: Mapping[str, Sequence[str]], room: int) -> dict[str, int]:
    """The columns that a table shows, with their widths; the last one takes what is left.

    If that is too little, columns leave in the order of LEAVING; then the others are cut, but for
    days and numbers; then those to the right leave.

    Args:
        cells: The cells of each column, by its name.
        room: Characters of a line.
    """
    from rich.cells import cell_len

    *names, last = cells
    longest = {
        name: max([cell_len(TITLES.get(name, name)), *map(cell_len, cells[name])]) for name in cells
    }
    needed = min(longest[last], LAST)
    whole = WHOLE | {name for name in names if _holds_days(cells[name])}
    widths = {name: min(longest[name], WIDEST) for name in names}

    def left() -> int:
        return room - sum(widths.values()) - PADDING * len(widths)

    for name in LEAVING:
        if left() < needed:
            widths.pop(name, None)
    if left() < needed and "id" in widths:
        widths["id"] = min(widths["id"], SHORT_ID)
    for least in LEAST:
        for name in [*widths]:
            if left() < needed and widths[name] > least and name not in whole:
                widths[name] = max(least, widths[name] - needed + left())
        needed = min(needed, least)
    for name in [*widths][::-1]:
        if left() < needed and name not in whole and name != STAYS:
            del widths[name]
    return {**widths, last: max(min(longest[last], left()), LEAST[-1])}


def _holds_days(cells: Sequence[str]) -> bool:
    """Whether a column has days or moments, and nothing else."""
    return any(cells) and all(DAY.fullmatch(cell) for cell in cells if cell)


def console_width() -> int:
    """Characters of a line: the terminal's, else those of a printed page."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else PAGE


def show_open_notices(count: int) -> None:
    """Say beside a list how many notices wait for a person; nothing if none does."""
    if count:
        wait = "waits" if count == 1 else "wait"
        line = f"{counted(count, 'notice')} {wait} for a decision: `claims notices list`"
        click.echo(line, err=True)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 claim, 2 claims."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
