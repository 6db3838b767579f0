"""Article JSON lines: one JSON object a line, with at least its text."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import IO

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.readers.options import ReadOptions, midnight
from claims.readers.plain import decode
from claims.text.clean import clean_line, clean_text

READER = "jsonl/1"
LONGEST_LINE = 64 * 1024 * 1024
SHOWN = 200


class Record(BaseModel):
    """One line as it comes from outside; fields it does not know are left alone."""

    model_config = ConfigDict(strict=True, extra="ignore")

    text: str
    doc_id: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None

    @field_validator("published")
    @classmethod
    def _is_a_day_or_moment(cls, value: str | None) -> str | None:
        if value:
            moment_of(value)
        return value


def moment_of(value: str) -> datetime:
    """A day or moment in ISO 8601; without a zone it is taken as UTC.

    Raises:
        ValueError: It is neither.
    """
    if len(value) == len("2026-01-01"):
        return midnight(date.fromisoformat(value))
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_jsonl(place: str, lines: IO[bytes], stated: ReadOptions) -> Iterator[Article | Problem]:
    """An article or a problem for each line; blank lines are passed over."""
    number, seen = 0, False
    while raw := lines.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            seen = True
            while rest := lines.readline(LONGEST_LINE):
                if rest.endswith(b"\n"):
                    break
            detail = f"the line is longer than {LONGEST_LINE >> 20} MiB"
            yield Problem(place, Reason.TOO_LARGE, detail, line=number)
        elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
            seen = True
            yield read_line(place, number, raw, stated)
    if not seen:
        yield Problem(place, Reason.EMPTY, "no line in it")


def read_line(place: str, number: int, raw: bytes, stated: ReadOptions) -> Article | Problem:
    """The article of one line, or what is wrong with it."""
    text = decode(place, raw.removeprefix(b"\xef\xbb\xbf"), number)
    if isinstance(text, Problem):
        return text
    try:
        fields = _parse(text)
        record = Record.model_validate(fields)
    except ValidationError as error:
        return _field_problem(place, number, error)
    # orjson raises JSONDecodeError for deep nesting too; json, asked second, RecursionError.
    except (ValueError, RecursionError) as error:
        return Problem(
            place, Reason.BAD_JSON, _one_line(error), line=number, value=_shown(text.strip())
        )
    cleaned = clean_text(record.text).text
    if not cleaned.strip():
        return Problem(place, Reason.MISSING_TEXT, "the text is empty", line=number, field="text")
    return _article(f"{place}:{number}", raw, cleaned, record=record, stated=stated)


def _parse(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        # orjson refuses escaped lone surrogates, which clean_text knows how to replace.
        return json.loads(text)


def _article(place: str, raw: bytes, text: str, *, record: Record, stated: ReadOptions) -> Article:
    published = moment_of(record.published) if record.published else stated.published_at
    return Article(
        text=text,
        reader=READER,
        place=place,
        archived=raw,
        external_id=_line(record.doc_id),
        url=_line(record.url) or stated.url,
        outlet=_line(record.outlet) or stated.outlet,
        title=_line(record.title) or stated.title,
        byline=_line(record.byline),
        published_at=published,
        language=_line(record.language) or "en",
    )


def _line(value: str | None) -> str | None:
    """A short field, cleaned and on one line; None if nothing is left."""
    return clean_line(value or "") or None


def _field_problem(place: str, number: int, error: ValidationError) -> Problem:
    first = error.errors(include_url=False)[0]
    field = ".".join(map(str, first["loc"])) or None
    missing = first["type"] == "missing" and field == "text"
    return Problem(
        place,
        Reason.MISSING_TEXT if missing else Reason.BAD_FIELD,
        _one_line(first["msg"]),
        line=number,
        field=field,
        value=None if missing else _shown(repr(first["input"])),
    )


def _shown(value: str) -> str:
    return clean_text(value).text[:SHOWN]


def _one_line(error: object) -> str:
    return clean_line(str(error))[:SHOWN]
