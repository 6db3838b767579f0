"""Pages as of a moment or a release: which state a page's address asks for."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

from claims.database.engine import OpenSession
from claims.desk.desk import desk_of
from claims.desk.pages import Past
from claims.model.moment import read_moment
from claims.releases.states import load_release, load_state_at

LONGEST = 200
"""Characters of a moment or a release's name."""


def read_past(request: Request) -> Past | None:
    """The state that `as_of` in the address names: a moment, else a release; None for the present.

    Raises:
        FutureMomentError: The moment has not come yet.
        UnknownReleaseError: It is no moment, and no release has the name.
    """
    written = " ".join(request.query_params.get("as_of", "").replace("\0", "").split())[:LONGEST]
    if not written:
        return None
    desk = desk_of(request)
    with desk.database.reader() as session:
        try:
            moment = read_moment(written)
        except (ValueError, OverflowError):
            return Past(load_release(session, written).as_of, written)
        return Past(load_state_at(session, moment), written)


@contextmanager
def reading(request: Request) -> Iterator[tuple[OpenSession, Past | None]]:
    """A session that reads the state that the address asks for, and that state."""
    desk = desk_of(request)
    past = read_past(request)
    with desk.database.reader(past.state if past else None) as session:
        yield session, past
