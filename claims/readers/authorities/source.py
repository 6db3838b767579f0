"""Read an authority file in any of its formats."""

import io
from collections.abc import Callable, Mapping
from enum import StrEnum

from claims.model.authority import AuthorityEntry
from claims.model.problem import Problem, Reason
from claims.readers.authorities.ftm import read_ftm_authority
from claims.readers.authorities.tables import read_jsonl_authority, read_table_authority
from claims.readers.packed import open_packed
from claims.readers.tables import open_csv
from claims.readers.unpack import PackedError
from claims.readers.workbook import is_workbook, open_workbook

LARGEST = 64 << 20
"""Bytes, unpacked: entries name each other, so that all of them are held."""


class AuthorityFormat(StrEnum):
    """The formats of authority files."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    FTM = "ftm"


Read = Callable[[str, str], list[AuthorityEntry | Problem]]
OF_LINES: Mapping[AuthorityFormat, Read] = {
    AuthorityFormat.JSONL: read_jsonl_authority,
    AuthorityFormat.FTM: read_ftm_authority,
}


def read_authority(
    path: str, chosen: AuthorityFormat | None = None, *, encoding: str | None = None
) -> list[AuthorityEntry | Problem]:
    """Read an authority file, plain or packed.

    Args:
        path: The file.
        chosen: Its format; detected from name and content if None.
        encoding: Of CSV that is in neither UTF-8 nor UTF-16.

    Raises:
        PathNotFoundError: There is no such file.
        UnreadablePathError: It cannot be read, or is a folder or a pipe.
    """
    with open_packed(path) as stream:
        return read_authority_stream(path, stream, chosen, encoding=encoding)


def read_authority_stream(
    path: str,
    stream: io.BufferedReader,
    chosen: AuthorityFormat | None = None,
    *,
    encoding: str | None = None,
) -> list[AuthorityEntry | Problem]:
    """Read an authority file that is open; `path` is how problems name it."""
    try:
        raw = stream.read(LARGEST + 1)
    except PackedError as error:
        return [Problem(path, error.reason, error.detail)]
    if len(raw) > LARGEST:
        return [Problem(path, Reason.TOO_LARGE, f"it has more than {LARGEST >> 20} MiB")]
    if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
        return [Problem(path, Reason.EMPTY, "the file is empty")]
    form = chosen or detect(path, raw)
    if form in OF_LINES:
        return _read_lines(path, raw, OF_LINES[form])
    again: io.BufferedReader = io.BufferedReader(io.BytesIO(raw))
    if is_workbook(raw):
        table = open_workbook(again, path, None)
    else:
        table = open_csv(again, path, encoding)
    return [table] if isinstance(table, Problem) else read_table_authority(table, path)


def _read_lines(path: str, raw: bytes, read: Read) -> list[AuthorityEntry | Problem]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [Problem(path, Reason.BAD_ENCODING, str(error), line)]
    return read(text.replace("\r\n", "\n"), path)


def detect(path: str, raw: bytes) -> AuthorityFormat:
    """Detect the format from the first bytes and the name."""
    if is_workbook(raw):
        return AuthorityFormat.XLSX
    first = raw.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    if first.startswith(b"{"):
        return AuthorityFormat.FTM if b'"schema"' in first else AuthorityFormat.JSONL
    return AuthorityFormat.JSONL if path.endswith((".jsonl", ".json")) else AuthorityFormat.CSV
