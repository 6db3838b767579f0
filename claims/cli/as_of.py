"""--as-of and --release: the same commands on a state of the past."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict

import click

from claims.cli.context import open_to_read
from claims.cli.options import CommandFunction, add_options, read_only_url_option
from claims.model.moment import Moment, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.database.engine import Database, OpenSession
    from claims.model.moment import AsOf


class MomentType(click.ParamType[Moment]):
    """A moment on the command line."""

    name = "moment"

    def convert(
        self, value: str | Moment, param: click.Parameter | None, ctx: click.Context | None
    ) -> Moment:
        """Read it, or say how moments are written."""
        if isinstance(value, Moment):
            return value
        try:
            return read_moment(value)
        except (ValueError, OverflowError):
            self.fail(
                f"{value!r} is not a moment: write 2026-05-01 for the end of that day,"
                " 2026-05-01T12:00, or finer; a zone such as +02:00 may follow, else it is UTC.",
                param,
                ctx,
            )


class AsOfOptions(TypedDict):
    """Which state a command reads; the present if both are None."""

    as_of: Moment | None
    release: str | None


def as_of_options(command: CommandFunction) -> CommandFunction:
    """The options of `AsOfOptions`, and which server they are read from."""
    return add_options(
        command,
        click.option(
            "--as-of",
            type=MomentType(),
            metavar="MOMENT",
            help="Read the state at the end of a day, 2026-05-01, or of a minute,"
            " 2026-05-01T12:00; UTC unless a zone follows.",
        ),
        click.option("--release", metavar="NAME", help="Read the state that a release froze."),
        read_only_url_option,
    )


def is_past(options: AsOfOptions) -> bool:
    """Whether a past state is asked for.

    Raises:
        click.UsageError: By both options.
    """
    if options["as_of"] is not None and options["release"] is not None:
        raise click.UsageError("Give --as-of or --release, not both.")
    return options["as_of"] is not None or options["release"] is not None


def find_state(database: "Database", options: AsOfOptions) -> "AsOf | None":
    """The state that is asked for, named on stderr; None for the present.

    Raises:
        FutureMomentError: The moment has not come yet.
        UnknownReleaseError: No release has the name.
    """
    if not is_past(options):
        return None
    from claims.releases.states import load_release, load_state_at

    with database.reader() as session:
        if options["as_of"] is not None:
            state = load_state_at(session, options["as_of"])
        else:
            state = load_release(session, options["release"] or "").as_of
    click.echo(str(state), err=True)
    return state


@contextmanager
def reading(options: AsOfOptions) -> "Iterator[OpenSession]":
    """A session that reads the state that is asked for."""
    is_past(options)  # refuse both options before a server is started
    with open_to_read() as database, database.reader(find_state(database, options)) as session:
        yield session
