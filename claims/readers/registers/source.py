"""A register from a file, in whichever of the formats it is."""

from enum import StrEnum
from pathlib import Path

from claims.errors import PathNotFoundError, UnreadablePathError
from claims.model.problem import Problem, Reason
from claims.model.register import RegisterEntry
from claims.readers.registers.ftm import read_ftm_register
from claims.readers.registers.tables import read_csv_register, read_jsonl_register


class RegisterFormat(StrEnum):
    """The formats a register can have."""

    CSV = "csv"
    JSONL = "jsonl"
    FTM = "ftm"


READERS = {
    RegisterFormat.CSV: read_csv_register,
    RegisterFormat.JSONL: read_jsonl_register,
    RegisterFormat.FTM: read_ftm_register,
}


def read_register(path: str, chosen: RegisterFormat | None = None) -> list[RegisterEntry | Problem]:
    """Read a register.

    Args:
        path: The file.
        chosen: Its format; found out by name and content unless given.

    Raises:
        PathNotFoundError: There is no such file.
        UnreadablePathError: It may not be read, or is a folder.
    """
    try:
        raw = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise PathNotFoundError(path) from error
    except OSError as error:
        raise UnreadablePathError(path, error.strerror or "") from error
    return read_register_bytes(path, raw, chosen)


def read_register_bytes(
    path: str, raw: bytes, chosen: RegisterFormat | None = None
) -> list[RegisterEntry | Problem]:
    """Read a register that is in memory; `path` is how problems name it."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [Problem(path, Reason.BAD_ENCODING, str(error), line)]
    if not text.strip():
        return [Problem(path, Reason.EMPTY, "the file is empty")]
    return READERS[chosen or detect(path, text)](text.replace("\r\n", "\n"), path)


def detect(path: str, text: str) -> RegisterFormat:
    """The format of a register by its first signs."""
    if text.lstrip().startswith("{"):
        first = text.lstrip().split("\n", 1)[0]
        return RegisterFormat.FTM if '"schema"' in first else RegisterFormat.JSONL
    return RegisterFormat.JSONL if path.endswith((".jsonl", ".json")) else RegisterFormat.CSV
