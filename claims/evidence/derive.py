"""Derives a text again from the bytes it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from claims.evidence.stored import StoredVersion
from claims.model.article import Article, ReaderRecord
from claims.model.problem import Problem
from claims.readers.formats import FORMATS, Format
from claims.readers.http_body import content_type
from claims.readers.options import ReadOptions

READERS: Mapping[str, Format] = {"jsonl": Format.JSON}
"""Formats of those readers that are not called like theirs: one line of JSON lines is JSON."""

CLEANING_READERS: Mapping[str, Format] = {"plain": Format.PLAIN, "jsonl": Format.JSON}
"""Readers that do nothing to a text but clean it."""


class Result(StrEnum):
    """What came of it."""

    SAME = "same"
    OTHER_READER = "other-reader"
    """The text differs, and the reader is another version than the one that was recorded."""
    DIFFERENT = "different"
    """The text differs, and the reader is the same."""
    NO_READER = "no-reader"
    """No reader of this program reads these bytes by themselves."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """A text derived again.

    Attributes:
        result: Whether it is the stored one.
        reader: The reader that derived it; None if there is none.
        detail: What happened, for people.
    """

    result: Result
    reader: str | None
    detail: str


def raw_text_of(version: StoredVersion) -> str | None:
    """A version's text before it was cleaned, if that and nothing else was done to it."""
    name = version.reader.partition("/")[0]
    if name not in CLEANING_READERS:
        return None
    articles = [one for one in _read(version, CLEANING_READERS[name]) if isinstance(one, Article)]
    return next((one.raw_text for one in articles if one.text == version.text), None)


def derive(version: StoredVersion) -> Derivation:
    """Read a version's bytes again with the reader that made its text."""
    name = version.reader.partition("/")[0]
    chosen = READERS.get(name) or (Format(name) if name in set(Format) else None)
    if chosen is None:
        detail = f"not tried, {version.reader} reads lists"
        return Derivation(Result.NO_READER, None, detail)
    records = _read(version, chosen)
    articles = [article for article in records if isinstance(article, Article)]
    parts = [article for article in articles if article.part == version.part] or articles
    for article in parts:
        if article.text == version.text:
            by = "" if article.reader == version.reader else f", by {article.reader}"
            return Derivation(Result.SAME, article.reader, f"the same{by}")
    if parts and parts[0].reader != version.reader:
        detail = f"another text, by {parts[0].reader}"
        return Derivation(Result.OTHER_READER, parts[0].reader, detail)
    if parts:
        detail = "ANOTHER TEXT, although the reader is the same"
        return Derivation(Result.DIFFERENT, parts[0].reader, detail)
    problems = [str(problem.detail) for problem in records if isinstance(problem, Problem)]
    detail = f"no article now: {', '.join(problems) or 'nothing is in them'}"
    return Derivation(Result.OTHER_READER, None, detail)


def _read(version: StoredVersion, chosen: Format) -> list[ReaderRecord]:
    record = version.record
    options = ReadOptions(charset=content_type(record.http_headers)[1])
    return list(FORMATS[chosen].read_bytes(str(version.id), record.payload, options))
