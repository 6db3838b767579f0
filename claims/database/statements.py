"""Files of SQL statements, each statement under a name."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

_RELATION = re.compile(r"\b(claims(?:_v1)?)\.")
_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def read_statements(room: str, file: str) -> dict[str, str]:
    """The statements of a file by name, in the order of the file.

    Args:
        room: The package that the file stands in, such as `claims.ledger`.
        file: The file's name.

    Raises:
        FileNotFoundError: The room has no such file.
    """
    written = files(room).joinpath(file).read_text("utf-8")
    _, *parts = _NAME.split(written)
    return {name: sql.strip() for name, sql in zip(parts[::2], parts[1::2], strict=True)}


def reads_past(session: Session) -> bool:
    """Whether a session reads a state of the past."""
    return bool(session.connection().get_execution_options().get("schema_translate_map"))


@contextmanager
def kept_plans(session: Session) -> Iterator[None]:
    """Let the server plan each statement of a block once a connection, not each time it is asked.

    For statements that look rows up by their ids: whichever those are, the plan is the same, and of
    the views with many tables making it takes ten times as long as following it. Not for what is
    searched or counted, where the plan depends on the words. Of the past no plan is kept
    (`Database.reader`), and nothing changes.
    """
    if reads_past(session):
        yield
        return
    session.execute(_KEEP)
    yield
    # An error ends the transaction, and the setting with it.
    session.execute(_DECIDE_EACH)


_KEEP = text("SET LOCAL plan_cache_mode = force_generic_plan")
_DECIDE_EACH = text("SET LOCAL plan_cache_mode = auto")


def in_state_of(session: Session, sql: str) -> TextClause:
    """A statement for the state that a session reads: of the past, each relation is as it was."""
    return _of_past(sql) if reads_past(session) else _of_present(sql)


@cache
def _of_present(sql: str) -> TextClause:
    return text(sql)


@cache
def _of_past(sql: str) -> TextClause:
    return text(_RELATION.sub(r"\1_past.", sql))
