"""An open database as programmers see it: `claims.open()`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from claims.database.engine import Database
from claims.database.opening import open_database
from claims.ingest.records import IngestResult, ingest_paths
from claims.library.errors import BadStateError, PandasMissingError
from claims.model.moment import AsOf, Moment, read_moment
from claims.published.relations import find_relation
from claims.published.rows import (
    Condition,
    Record,
    RowQuery,
    iterate_rows,
    load_changes,
    search_claims,
)
from claims.releases.states import load_release, load_state_at
from claims.settings import read_settings

if TYPE_CHECKING:
    import pandas as pd

SEARCHED = 50
"""Results of a search, unless more are asked for."""

CHANGES = 1000
"""Rows of the change feed at a time, likewise."""


class Connection:
    """An open database.

    Args:
        database: Ready for use.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(  # noqa: PLR0913 - one call reads; its options are named where it is called
        self,
        view: str,
        *,
        columns: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
        as_of: str | datetime | None = None,
        release: str | None = None,
        **equal: Condition,
    ) -> list[Record]:
        """Rows of a published view, as dictionaries, in the order of the view's key.

        Args:
            view: Its name, such as `claims` or `attributions`.
            columns: Which columns, in order; empty for all.
            since: First day, of views that have days: claims, proposals, documents, who_said_what.
            until: Last day, included.
            limit: At most so many rows.
            as_of: Read the state at a moment: `2026-05-01` for the end of that day, or finer.
            release: Read the state that a release froze.
            equal: Columns with what they must be: a value, one of several, or None.

        Raises:
            UnknownViewError: No view has the name.
            UnknownColumnError: The view has no such column.
            ClaimsError: The state does not exist, or the database does not answer.
        """
        query = RowQuery(find_relation(view), tuple(columns), equal, since, until, limit=limit)
        return list(self.iterate(query, as_of=as_of, release=release))

    def iterate(
        self,
        query: RowQuery,
        *,
        as_of: str | datetime | None = None,
        release: str | None = None,
    ) -> Iterator[Record]:
        """Rows one after the other, in one snapshot, for more than memory holds.

        Args:
            query: What to read.
            as_of: As `read` has it.
            release: Likewise.
        """
        query.require_valid()
        with self._database.reader(self._state(as_of, release)) as session:
            yield from iterate_rows(session, query)

    def frame(  # noqa: PLR0913 - as `read` has it
        self,
        view: str,
        *,
        columns: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
        as_of: str | datetime | None = None,
        release: str | None = None,
        **equal: Condition,
    ) -> "pd.DataFrame":
        """The rows that `read` returns, as a data frame of pandas.

        Raises:
            PandasMissingError: pandas is not installed.
            ClaimsError: As `read` has it.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - most programs do not need it
        except ImportError:
            raise PandasMissingError("frame") from None
        query = RowQuery(find_relation(view), tuple(columns), equal, since, until, limit=limit)
        rows = list(self.iterate(query, as_of=as_of, release=release))
        return pd.DataFrame(rows, columns=list(query.columns or query.relation.columns))

    def search(self, words: str, at_most: int = SEARCHED) -> list[Record]:
        """Published claims that hold all the words, best first, as rows of view `claims`.

        Args:
            words: As a web search takes them: `"a phrase"`, `or`, `-without`.
            at_most: How many.
        """
        with self._database.reader() as session:
            return search_claims(session, words, at_most)

    def changes(self, token: str | None = None, at_most: int = CHANGES) -> list[Record]:
        """What was decided since, in order, as rows of view `changes`.

        Args:
            token: Of the last row that you have; None to begin.
            at_most: How many; ask again with the last row's token until none come.

        Raises:
            BadTokenError: The token is not of this ledger.
        """
        with self._database.reader() as session:
            return load_changes(session, token, at_most)

    def ingest(self, *paths: str, outlet: str | None = None) -> IngestResult:
        """Read articles from files or folders and store the claims found in them.

        As `claims ingest` does it: what was stored before adds nothing, and a record that cannot be
        read is a problem and stops no other.

        Args:
            paths: Files or folders, in any format that `claims ingest` reads.
            outlet: Who published them, unless they say so themselves.
        """
        return ingest_paths(self._database, paths, outlet=outlet)

    def _state(self, as_of: str | datetime | None, release: str | None) -> AsOf | None:
        if as_of is not None and release is not None:
            raise BadStateError("as_of, release", "both were named")
        with self._database.reader() as session:
            if release is not None:
                return load_release(session, release).as_of
            return load_state_at(session, _moment(as_of)) if as_of is not None else None


def _moment(value: str | datetime) -> Moment:
    try:
        return read_moment(value.isoformat() if isinstance(value, datetime) else value)
    except (ValueError, OverflowError):
        raise BadStateError(str(value)[:80]) from None


@contextmanager
def open_connection(url: str | None = None) -> Iterator[Connection]:
    """Open the database, and close it at the end of the block.

    Args:
        url: Of a PostgreSQL, `postgresql://user@host/name`; None for the one that DATABASE_URL
            names, else the embedded one, which is started. Without it a replica that
            DATABASE_READ_URL names is read from.

    Raises:
        DatabaseError: It cannot be reached, or needs `claims db upgrade`.
    """
    settings = read_settings()
    if url is not None:
        settings = replace(settings, database_url=url, database_read_url=None)
    with open_database(settings, keep=True, replica=True) as database:
        yield Connection(database)
