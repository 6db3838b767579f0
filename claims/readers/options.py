"""What the user says about a document, its limits, and how both meet what the document says."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.text.clean import clean_text
from claims.text.decode import find_bad_byte

MAX_BYTES = 16 * 1024 * 1024
"""Longest record that is read, in bytes. The longest novels are a fifth of it."""

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user stated on the command line.

    In a format that holds one document (plain text, HTML) it goes before what the document says of
    itself; in JSON lines, where it cannot be meant for one record, it fills what a record leaves
    out.

    Attributes:
        outlet: Who published it.
        url: Its canonical address.
        published: When; a day means its midnight UTC, a time without a zone is UTC.
        title: Its headline.
    """

    outlet: str | None = None
    url: str | None = None
    published: date | datetime | None = None
    title: str | None = None

    def over(self, article: Article) -> Article:
        """The article with what the user stated in place of its own."""
        return replace(
            article,
            outlet=self.outlet or article.outlet,
            url=self.url or article.url,
            title=self.title or article.title,
            published_at=self._published_at() or article.published_at,
        )

    def under(self, article: Article) -> Article:
        """The article with what the user stated where it says nothing itself."""
        return replace(
            article,
            outlet=article.outlet or self.outlet,
            url=article.url or self.url,
            title=article.title or self.title,
            published_at=article.published_at or self._published_at(),
        )

    def _published_at(self) -> datetime | None:
        return None if self.published is None else moment(self.published)


def moment(value: date | datetime) -> datetime:
    """A day's midnight UTC, or a time in UTC; a time without a zone is taken as UTC.

    Raises:
        OverflowError: In UTC the time falls outside the years 1 to 9999.
    """
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value.astimezone(UTC)


def show_value(value: str) -> str:
    """The start of an offending value, as a problem keeps it."""
    return clean_text(value[:_SHOWN]).text[:_SHOWN]


def report_bad_bytes(place: str, error: UnicodeDecodeError, line: int | None = None) -> Problem:
    """The problem of bytes that are not text.

    Args:
        place: Where they were read.
        error: What the decoder said.
        line: The record's line, where a line is a record; None where the file is the record.
    """
    bad = find_bad_byte(error)
    at = f"byte {bad.column}" if line is not None else f"line {bad.line}, byte {bad.column}"
    return Problem(
        place,
        Reason.BAD_ENCODING,
        f"{bad.value} at {at} is not {bad.encoding.upper()}",
        line=line,
        value=bad.value,
    )


def report_too_large(place: str, line: int | None = None) -> Problem:
    """The problem of a record over `MAX_BYTES`."""
    return Problem(place, Reason.TOO_LARGE, f"it is longer than {MAX_BYTES:,} bytes", line=line)
