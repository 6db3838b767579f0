"""The lines of an archive that are not rows: its head, the head of each table, and its foot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claims.archive.errors import BadArchiveError

NAME = "claims"
FORMAT = 1
CONTRACT = "claims_v1"


class _Line(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


Line = TypeVar("Line", bound=_Line)


class Head(_Line):
    """The first line of an archive.

    Attributes:
        archive: Always `claims`.
        format: Of this file; a program reads its own and older ones.
        revision: Of the schema that it was written from.
        tables: How many rows each table has, in the order of the file.
    """

    archive: str = Field(pattern=f"^{NAME}$")
    format: int = Field(ge=1)
    contract: str = CONTRACT
    revision: str
    tables: dict[str, int]


class TableHead(_Line):
    """The line before the rows of a table."""

    table: str
    columns: tuple[str, ...] = Field(strict=False)
    rows: int = Field(ge=0)


class Ledger(_Line):
    """The end of the ledger: its last number, and that row's digest in hexadecimal."""

    no: int = Field(ge=0)
    digest: str = Field(pattern="^[0-9a-f]{64}$")


class Foot(_Line):
    """The last line of an archive.

    Attributes:
        rows: Of all tables.
        sha256: Of all bytes before this line.
    """

    end: str = Field(pattern=f"^{NAME}$")
    rows: int
    ledger: Ledger
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written or read.

    Attributes:
        tables: Rows of each table.
        ledger_no: Number of the last decision.
        ledger_digest: Its digest, in hexadecimal.
    """

    tables: Mapping[str, int]
    ledger_no: int
    ledger_digest: str

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(self.tables.values())


def head_line(revision: str, tables: Mapping[str, int]) -> bytes:
    """The first line."""
    head = Head(archive=NAME, format=FORMAT, revision=revision, tables=dict(tables))
    return _line(head)


def table_line(table: str, columns: Sequence[str], rows: int) -> bytes:
    """The line before a table's rows."""
    return _line(TableHead(table=table, columns=tuple(columns), rows=rows))


def foot_line(summary: Summary, sha256: str) -> bytes:
    """The last line."""
    ledger = Ledger(no=summary.ledger_no, digest=summary.ledger_digest)
    return _line(Foot(end=NAME, rows=summary.rows, ledger=ledger, sha256=sha256))


def _line(line: _Line) -> bytes:
    return orjson.dumps(line.model_dump(), option=orjson.OPT_APPEND_NEWLINE)


def parse(kind: type[Line], line: bytes, location: str) -> Line:
    """Read a line as the kind that must stand here.

    Raises:
        BadArchiveError: It is not one.
    """
    try:
        return kind.model_validate(orjson.loads(line))
    except orjson.JSONDecodeError as error:
        raise BadArchiveError(location, f"not JSON: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"])) or "the line"
        raise BadArchiveError(location, f"{field}: {first['msg']}") from error
