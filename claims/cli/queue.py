"""claims review without a subcommand: the queue; claims review keys."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claims.cli.context import fresh_id, open_database, reviewer_name
from claims.cli.deciding import as_option, sign_in_as
from claims.model.kinds import Form
from claims.settings import read_settings

if TYPE_CHECKING:
    from claims.database.engine import Database
    from claims.terminal.controller import ReviewController
    from claims.terminal.keys.keymap import Keymap

ORDERS = click.Choice(["article", "uncertain", "oldest", "printed"])
DAY = click.DateTime(["%Y-%m-%d"])
FILTERS = ("outlet", "speaker", "form", "since", "until", "words")

keys_option = click.option(
    "--keys",
    "keys_file",
    type=click.Path(dir_okay=False),
    help="A keymap, TOML; else keys.toml in CLAIMS_HOME if it is there.",
)


def queue_options(command: Any) -> Any:  # noqa: ANN401 - any Click command
    """The options of the queue."""
    options = (
        click.option("--order", type=ORDERS, default="article", show_default=True,
                     help="In which order cards come."),
        click.option("--outlet", help="Part of the publishing outlet's name."),
        click.option("--speaker", help="Part of one of the speaker's names."),
        click.option("--form", type=click.Choice([form.value for form in Form]),
                     help="Quote, mixed or paraphrase."),
        click.option("--since", type=DAY, help="First day of publication."),
        click.option("--until", type=DAY, help="Last day of publication, included."),
        click.option("--words", help='Words of the claim; "phrases", OR and -without work.'),
        as_option,
        click.option("--plain", is_flag=True,
                     help="Lines in place of a screen, for pipes, braille and screen readers."),
        keys_option,
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def open_queue(given: dict[str, Any]) -> int:
    """Open the queue, on a screen where there is one; the exit code."""
    keymap = _keymap(given["keys_file"])
    with open_database(keep=True) as database:
        seat = _seat(database, keymap, given)
        if given["plain"] or not _has_screen():
            from claims.terminal.plain import reader_of, run_plain

            def write(line: str) -> None:
                click.echo(line)

            read = reader_of(sys.stdin, lambda asked: click.echo(asked, nl=False))
            try:
                return run_plain(seat, read, write, guarded=sys.stdin.isatty())
            except KeyboardInterrupt:
                seat.close()
                return 0
        from claims.terminal.app import run_screen

        return run_screen(seat)


def _seat(database: "Database", keymap: "Keymap", given: dict[str, Any]) -> "ReviewController":
    from claims import __version__
    from claims.catalogue.card import Filters
    from claims.review.order import Order
    from claims.review.session import ReviewSession
    from claims.terminal.controller import ReviewController

    stated = {name: given[name] for name in FILTERS}
    for day in ("since", "until"):
        stated[day] = stated[day].date() if stated[day] else None
    stated["form"] = Form(stated["form"]) if stated["form"] else None
    with database.writer() as session:
        reviewer, _ = sign_in_as(session, given["name"])
    sitting = ReviewSession(
        database=database,
        reviewer=reviewer,
        name=reviewer_name(given["name"]),
        tool_version=__version__,
        new_id=fresh_id,
        filters=Filters(**stated),
        order=Order(given["order"]),
    )
    return ReviewController(sitting, keymap)


def _has_screen() -> bool:
    dumb = os.environ.get("TERM", "dumb") in {"dumb", ""}
    # The screen is drawn on standard error, as programs do whose output may be sent elsewhere.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream.isatty() for stream in streams) and not dumb


def _keymap(given: str | None) -> "Keymap":
    from claims.terminal.keys.keymap import OWN, read_keymap

    own = read_settings().home / "keys.toml"
    path = Path(given) if given else own
    return read_keymap(path) if given or own.exists() else OWN


@click.command()
@keys_option
def keys(keys_file: str | None) -> None:
    """Print the queue's keys in use, as a file to edit.

    Save it as keys.toml in CLAIMS_HOME, or name it with --keys.
    """
    click.echo(_keymap(keys_file).as_toml(), nl=False)
