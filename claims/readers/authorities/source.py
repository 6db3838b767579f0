"""Read an authority file in any of its formats."""

from enum import StrEnum
from pathlib import Path

from claims.errors.files import PathNotFoundError, UnreadablePathError
from claims.model.authority import AuthorityEntry
from claims.model.problem import Problem, Reason
from claims.readers.authorities.ftm import read_ftm_authority
from claims.readers.authorities.tables import read_csv_authority, read_jsonl_authority


class AuthorityFormat(StrEnum):
    """The formats of authority files."""

    CSV = "csv"
    JSONL = "jsonl"
    FTM = "ftm"


READERS = {
    AuthorityFormat.CSV: read_csv_authority,
    AuthorityFormat.JSONL: read_jsonl_authority,
    AuthorityFormat.FTM: read_ftm_authority,
}


def read_authority(
    path: str, chosen: AuthorityFormat | None = None
) -> list[AuthorityEntry | Problem]:
    """Read an authority file.

    Args:
        path: The file.
        chosen: Its format; detected from name and content if None.

    Raises:
        PathNotFoundError: There is no such file.
        UnreadablePathError: It cannot be read, or is a folder.
    """
    try:
        raw = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise PathNotFoundError(path) from error
    except OSError as error:
        raise UnreadablePathError(path, error.strerror or "") from error
    return read_authority_bytes(path, raw, chosen)


def read_authority_bytes(
    path: str, raw: bytes, chosen: AuthorityFormat | None = None
) -> list[AuthorityEntry | Problem]:
    """Read an authority file that is in memory; `path` is how problems name it."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [Problem(path, Reason.BAD_ENCODING, str(error), line)]
    if not text.strip():
        return [Problem(path, Reason.EMPTY, "the file is empty")]
    return READERS[chosen or detect(path, text)](text.replace("\r\n", "\n"), path)


def detect(path: str, text: str) -> AuthorityFormat:
    """Detect the format from the first characters and the name."""
    if text.lstrip().startswith("{"):
        first = text.lstrip().split("\n", 1)[0]
        return AuthorityFormat.FTM if '"schema"' in first else AuthorityFormat.JSONL
    return AuthorityFormat.JSONL if path.endswith((".jsonl", ".json")) else AuthorityFormat.CSV
