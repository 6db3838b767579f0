"""Files of SQL statements, each statement under a name."""

import re
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


def in_state_of(session: Session, sql: str) -> TextClause:
    """A statement for the state that a session reads: of the past, each relation is as it was."""
    is_past = session.connection().get_execution_options().get("schema_translate_map")
    return _of_past(sql) if is_past else _of_present(sql)


@cache
def _of_present(sql: str) -> TextClause:
    return text(sql)


@cache
def _of_past(sql: str) -> TextClause:
    return text(_RELATION.sub(r"\1_past.", sql))
