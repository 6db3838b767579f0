"""--as-of and --release: the same commands on a state of the past."""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from claims.cli.context import open_database
from claims.model.moment import Moment, read_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.database.engine import Database, OpenSession
    from claims.model.moment import AsOf


class MomentType(click.ParamType[Moment]):
    """A moment on the command line."""

    name = "moment"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as Click declares it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Moment:
        """Read it, or say how moments are written."""
        if isinstance(value, Moment):
            return value
        try:
            return read_moment(value)
        except (ValueError, OverflowError):
            self.fail(
                f"{value!r} is no moment: write 2026-05-01 for the end of that day,"
                " 2026-05-01T12:00, or finer; a zone such as +02:00 may follow, else it is UTC.",
                param,
                ctx,
            )


@dataclass(frozen=True, slots=True)
class Past:
    """Which state was asked for; neither is the present."""

    moment: Moment | None
    release: str | None

    def __bool__(self) -> bool:
        """Whether a past one was."""
        return self.moment is not None or self.release is not None


def past_options(command: "Callable[..., None]") -> "Callable[..., None]":
    """--as-of and --release, handed on together as `past`."""

    @click.option(
        "--as-of",
        type=MomentType(),
        metavar="MOMENT",
        help="The state as it was: at the end of a day, 2026-05-01, or of a minute,"
        " 2026-05-01T12:00; UTC if no zone follows.",
    )
    @click.option("--release", metavar="NAME", help="The state that a release froze.")
    @wraps(command)
    def asked(as_of: Moment | None, release: str | None, **given: Any) -> None:  # noqa: ANN401
        if as_of is not None and release is not None:
            raise click.UsageError("Give --as-of or --release, not both.")
        command(past=Past(as_of, release), **given)

    return asked


def find_state(database: "Database", past: Past) -> "AsOf | None":
    """The state that was asked for, told on stderr; None for the present.

    Raises:
        FutureMomentError: The moment has not come yet.
        UnknownReleaseError: No release has the name.
    """
    if not past:
        return None
    from claims.releases.states import load_release, load_state_at

    with database.reader() as session:
        if past.moment is not None:
            state = load_state_at(session, past.moment)
        else:
            state = load_release(session, past.release or "").as_of
    click.echo(str(state), err=True)
    return state


@contextmanager
def reading(past: Past) -> "Iterator[OpenSession]":
    """A session that reads the state that was asked for."""
    with open_database() as database, database.reader(find_state(database, past)) as session:
        yield session
