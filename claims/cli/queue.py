"""claims review without a subcommand: the queue; claims review keys."""

import os
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claims.cli.context import fresh_id, open_database, reviewer_name
from claims.cli.deciding import as_option, sign_in_as
from claims.cli.options import (
    CommandFunction,
    FilterOptions,
    add_options,
    filter_options,
    read_filters,
)
from claims.cli.terminal_session import terminal_session
from claims.settings import read_settings

if TYPE_CHECKING:
    from claims.database.engine import Database
    from claims.terminal.controller import ReviewController
    from claims.terminal.keys.keymap import Keymap

ORDERS = click.Choice(["article", "uncertain", "oldest", "printed"])

keys_option = click.option(
    "--keys",
    "keys_file",
    type=click.Path(dir_okay=False),
    help="Keymap in TOML; if omitted, keys.toml in CLAIMS_HOME if it exists.",
)


class QueueOptions(FilterOptions):
    """Which cards the queue shows, to whom and how."""

    order: str
    name: str | None
    plain: bool
    keys_file: str | None


def queue_options(command: CommandFunction) -> CommandFunction:
    """The options of `QueueOptions`."""
    return add_options(
        command,
        click.option("--order", type=ORDERS, default="article", show_default=True,
                     help="Order of the cards."),
        filter_options,
        as_option,
        click.option("--plain", is_flag=True,
                     help="Use lines instead of a screen: for pipes, braille and screen readers."),
        keys_option,
    )  # fmt: skip


def open_queue(options: QueueOptions) -> int:
    """Open the queue, on a screen if there is one; the exit code."""
    keymap = read_keys(options["keys_file"])
    with open_database(keep=True) as database, terminal_session(read_settings().home) as id_:
        controller = _controller(database, keymap, options, id_)
        if options["plain"] or not _has_screen():
            from claims.terminal.plain import reader_of, run_plain

            def write(line: str) -> None:
                click.echo(line)

            read = reader_of(sys.stdin, lambda prompt: click.echo(prompt, nl=False))
            try:
                return run_plain(controller, read, write, debounced=sys.stdin.isatty())
            except KeyboardInterrupt:
                controller.close()
                return 0
        from claims.terminal.app import run_screen

        return run_screen(controller)


def _controller(
    database: "Database", keymap: "Keymap", options: QueueOptions, id_: uuid.UUID
) -> "ReviewController":
    from claims import __version__
    from claims.review.order import Order
    from claims.review.session import ReviewSession
    from claims.terminal.controller import ReviewController

    with database.writer() as session:
        reviewer, _ = sign_in_as(session, options["name"])
    review_session = ReviewSession(
        database=database,
        reviewer=reviewer,
        name=reviewer_name(options["name"]),
        tool_version=__version__,
        new_id=fresh_id,
        filters=read_filters(options),
        order=Order(options["order"]),
        id=id_,
    )
    return ReviewController(review_session, keymap)


def _has_screen() -> bool:
    dumb = os.environ.get("TERM", "dumb") in {"dumb", ""}
    # The screen is drawn on standard error: standard output may be redirected.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream.isatty() for stream in streams) and not dumb


def read_keys(keys_file: str | None) -> "Keymap":
    """The keymap of a file; if none is named, that of the program's home, else the default."""
    from claims.terminal.keys.keymap import DEFAULT_KEYMAP, read_keymap

    own = read_settings().home / "keys.toml"
    path = Path(keys_file) if keys_file else own
    return read_keymap(path) if keys_file or own.exists() else DEFAULT_KEYMAP


@click.command()
@keys_option
def keys(keys_file: str | None) -> None:
    """Print the keys of the queue as a file to edit.

    Save it as keys.toml in CLAIMS_HOME, or name the file with --keys.
    """
    click.echo(read_keys(keys_file).as_toml(), nl=False)
