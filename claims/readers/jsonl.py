"""Article JSON lines: one JSON object a line, with at least its text."""

import json
import reprlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Protocol

import orjson
from pydantic import BaseModel, ConfigDict, field_validator

from claims.model.article import Article, ReaderRecord
from claims.model.json import Json
from claims.model.problem import Problem, Reason
from claims.readers.checked import BadField, check_fields
from claims.readers.credit import credit_of
from claims.readers.detect import detect_object
from claims.readers.formats import FORMATS
from claims.readers.options import ReadOptions, midnight
from claims.readers.plain import decode
from claims.text.clean import clean_line, clean_text

READER = "jsonl/1"
LONGEST_LINE = 16 * 1024 * 1024
MOST_VALUES = 1_000_000
"""Arrays and objects of one JSON text. Each empty one of two bytes takes 64 in memory."""
SHOWN = 200


class Record(BaseModel):
    """One line as it comes from outside; other fields are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore")

    text: str
    doc_id: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    credit: str | None = None

    @field_validator("published")
    @classmethod
    def _is_a_day_or_moment(cls, value: str | None) -> str | None:
        if value:
            try:
                moment_of(value)
            except ValueError as error:
                raise ValueError("a day is YYYY-MM-DD, a moment ISO 8601") from error
        return value


def moment_of(value: str) -> datetime:
    """Parse a day or a moment in ISO 8601; without a zone it is UTC.

    Raises:
        ValueError: It is neither.
    """
    if len(value) == len("2026-01-01"):
        return midnight(date.fromisoformat(value))
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Lines(Protocol):
    """What lines are read from."""

    def readline(self, limit: int, /) -> bytes:
        """The next line, at most so many bytes of it; empty at the end."""


def read_jsonl(location: str, lines: Lines, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The records of each line, one article or problem of most; blank lines are skipped."""
    number, seen = 0, False
    while raw := lines.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            seen = True
            while rest := lines.readline(LONGEST_LINE):
                if rest.endswith(b"\n"):
                    break
            detail = f"the line is longer than {LONGEST_LINE >> 20} MiB"
            yield Problem(location, Reason.TOO_LARGE, detail, line=number)
        elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
            seen = True
            yield from _read_line(location, number, raw, options)
    if not seen:
        yield Problem(location, Reason.EMPTY, "no line in it")


def _read_line(
    location: str, number: int, raw: bytes, options: ReadOptions
) -> Iterator[ReaderRecord]:
    text = decode(location, raw.removeprefix(b"\xef\xbb\xbf"), number)
    if isinstance(text, Problem):
        yield text
        return
    try:
        fields = parse_json(text)
    except ValueError as error:
        yield bad_json(location, error, number, text)
    else:
        yield from read_object(location, number, raw, fields, options=options)


def read_object(
    location: str, number: int, raw: bytes, fields: Json, *, options: ReadOptions
) -> Iterator[ReaderRecord]:
    """The records of one JSON object: of its own format if it has one, else the article it is.

    Args:
        location: The file it is from.
        number: The line on which it begins.
        raw: Its bytes as they came.
        fields: The same, parsed.
        options: What the command line says of the articles.
    """
    form = detect_object(fields) if isinstance(fields, Mapping) else None
    if form is None:
        yield from _read_record(location, number, raw, fields, options=options)
    else:
        at = location if number == 1 else f"{location}:{number}"
        yield from FORMATS[form].read_bytes(at, raw, options)


def _read_record(
    location: str, number: int, raw: bytes, fields: Json, *, options: ReadOptions
) -> Iterator[Article | Problem]:
    checked = check_fields(Record, fields)
    for bad_field in checked.bad_fields:
        yield _field_problem(location, number, bad_field)
    if checked.record is None:
        return
    text = clean_text(checked.record.text).text
    if not text.strip():
        detail = "the text is empty"
        yield Problem(location, Reason.MISSING_TEXT, detail, line=number, field="text")
        return
    yield _article(f"{location}:{number}", raw, text, record=checked.record, options=options)


def bad_json(location: str, error: ValueError, number: int, text: str) -> Problem:
    """The problem with text that is not JSON."""
    detail, shown = _one_line(str(error)), _shown(text[: 2 * SHOWN].strip())
    return Problem(location, Reason.BAD_JSON, detail, line=number, value=shown)


def parse_json(text: str) -> Json:
    """Parse JSON.

    Raises:
        ValueError: It is not JSON, too deeply nested, or of more than MOST_VALUES.
    """
    require_few_values(text)
    try:
        # For deep nesting too orjson raises JSONDecodeError; json, asked second, RecursionError.
        document: Json = orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            # orjson refuses escaped lone surrogates, which clean_text replaces.
            document = json.loads(text)
        except RecursionError as error:
            raise ValueError(str(error)) from error
    return document


def require_few_values(text: str) -> None:
    """Refuse JSON of more than MOST_VALUES.

    Raises:
        ValueError: It has more.
    """
    if text.count("[") + text.count("{") > MOST_VALUES:
        raise ValueError(f"more than {MOST_VALUES:,} arrays and objects")


def _article(
    location: str, raw: bytes, text: str, *, record: Record, options: ReadOptions
) -> Article:
    published = moment_of(record.published) if record.published else options.published_at
    outlet = _line(record.outlet) or options.outlet
    return Article(
        text=text,
        reader=READER,
        place=location,
        archived=raw,
        external_id=_line(record.doc_id),
        url=_line(record.url) or options.url,
        outlet=outlet,
        title=_line(record.title) or options.title,
        byline=_line(record.byline),
        published_at=published,
        language=_line(record.language) or "en",
        credit=credit_of([record.credit], outlet),
        raw_text=None if record.text == text else record.text,
    )


def _line(value: str | None) -> str | None:
    """A short field, cleaned and on one line; None if nothing is left."""
    return clean_line(value or "") or None


def _field_problem(location: str, number: int, bad_field: BadField) -> Problem:
    return Problem(
        location,
        Reason.MISSING_TEXT if bad_field.missing else Reason.BAD_FIELD,
        _one_line(bad_field.detail),
        line=number,
        field=bad_field.field,
        value=None if bad_field.missing else _shown(reprlib.repr(bad_field.value)),
    )


def _shown(value: str) -> str:
    return clean_text(value[: 2 * SHOWN]).text[:SHOWN]


def _one_line(message: str) -> str:
    return clean_line(message[: 2 * SHOWN])[:SHOWN]
