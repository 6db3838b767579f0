"""Article JSON lines: one object a line, read a line at a time."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, BinaryIO, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.readers.options import (
    MAX_BYTES,
    ReadOptions,
    moment,
    report_bad_bytes,
    report_too_large,
    show_value,
)
from claims.text.clean import clean_line, clean_text
from claims.text.decode import decode_text

READER = "jsonl/1"

_MAX_BRACKETS = 1_000_000
"""An empty list is two bytes in JSON and 64 in memory: a line of nothing else would take 500 MB."""

_MAX_NAME_BYTES = 2000
"""Longest id, URL or outlet. They are indexed, and a PostgreSQL index row ends at 2,704 bytes."""

_WEB_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def _line(value: str) -> str | None:
    return clean_line(value) or None


def _name(value: str) -> str | None:
    name = clean_line(value)
    if len(name.encode()) > _MAX_NAME_BYTES:
        raise ValueError(f"longer than {_MAX_NAME_BYTES} bytes")
    return name or None


def _address(value: str | None) -> str | None:
    if value is not None and not _WEB_ADDRESS.match(value):
        raise ValueError("no web address (http:// or https://)")
    return value


def _language(value: str | None) -> str | None:
    if value is not None and not _LANGUAGE.fullmatch(value):
        raise ValueError("no language tag such as en or pt-BR")
    return value


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError("no string with a date")  # noqa: TRY004 - pydantic reports ValueError only
    try:
        return _parse_moment(value.strip())
    except (ValueError, OverflowError) as error:
        raise ValueError("no date or time such as 2018-07-14 or 2018-07-14T09:30:00Z") from error


def _parse_moment(value: str) -> datetime:
    try:
        return moment(date.fromisoformat(value))
    except ValueError:
        return moment(datetime.fromisoformat(value))


_Line = Annotated[str, AfterValidator(_line)]
_Name = Annotated[str, AfterValidator(_name)]


class _Record(BaseModel):
    """A line's object; fields not named here are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    text: str | None = None
    doc_id: _Name | None = None
    url: Annotated[_Name | None, AfterValidator(_address)] = None
    title: _Line | None = None
    published: Annotated[datetime | None, BeforeValidator(_moment)] = None
    outlet: _Name | None = None
    language: Annotated[_Line | None, AfterValidator(_language)] = None


class _RawLine(NamedTuple):
    number: int
    raw: bytes | None


def read_jsonl(place: str, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Problem]:
    """Read articles, one JSON object a line; what is wrong with a line concerns that line only.

    Fields, all but `text` optional: `text`, `doc_id`, `url`, `title`, `published` (a day, or a time
    in ISO 8601), `outlet`, `language`. Blank lines are skipped. Memory is bounded by the longest
    line that is read, whatever the length of the file.

    Args:
        place: Where the stream is from; an article's place is `place:line`.
        stream: UTF-8.
        options: What the user stated; it fills what a record leaves out.
    """
    for number, raw in _lines(stream):
        if raw is None:
            yield report_too_large(place, number)
        else:
            yield _read_record(place, number, raw, options)


def _lines(stream: BinaryIO) -> Iterator[_RawLine]:
    """The lines that are not blank, without their end; None for one that is too long to keep."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_BYTES)
            yield _RawLine(number, None)
        elif raw := line.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n"):
            yield _RawLine(number, raw)


def _read_record(place: str, number: int, raw: bytes, options: ReadOptions) -> Article | Problem:
    parsed = _parse(place, number, raw)
    if isinstance(parsed, Problem):
        return parsed
    try:
        record = _Record.model_validate(parsed)
    except ValidationError as error:
        return _bad_field(place, number, error)
    text = clean_text(record.text or "").text
    if not text.strip():
        return Problem(place, Reason.MISSING_TEXT, "it has no text", line=number, field="text")
    return options.under(
        Article(
            text=text,
            reader=READER,
            place=f"{place}:{number}",
            archived=raw,
            external_id=record.doc_id,
            url=record.url,
            outlet=record.outlet,
            title=record.title,
            published_at=record.published,
            language=record.language or "en",
        )
    )


def _parse(place: str, number: int, raw: bytes) -> dict[str, object] | Problem:
    if raw.count(b"[") + raw.count(b"{") > _MAX_BRACKETS:
        detail = f"it has more than {_MAX_BRACKETS:,} lists and objects"
        return Problem(place, Reason.TOO_LARGE, detail, line=number)
    try:
        line = decode_text(raw)
    except UnicodeDecodeError as error:
        return report_bad_bytes(place, error, number)
    try:
        # The standard library's parser, for it takes lone surrogates: cleaning replaces them.
        parsed = json.loads(line)
    except json.JSONDecodeError as error:
        return _bad_json(place, number, line, f"{error.msg} at column {error.colno}")
    except RecursionError:
        return _bad_json(place, number, line, "it is nested too deeply")
    except ValueError:
        return _bad_json(place, number, line, "a number in it is too long")
    if not isinstance(parsed, dict):
        return _bad_json(place, number, line, "it is no object")
    return parsed


def _bad_json(place: str, number: int, line: str, detail: str) -> Problem:
    return Problem(place, Reason.BAD_JSON, detail, line=number, value=show_value(line))


def _bad_field(place: str, number: int, error: ValidationError) -> Problem:
    """The first fault; mending it shows the next."""
    fault = error.errors(include_url=False, include_context=False)[0]
    value = fault["input"]
    return Problem(
        place,
        Reason.BAD_FIELD,
        fault["msg"].removeprefix("Value error, "),
        line=number,
        field=str(fault["loc"][0]),
        value=show_value(value if isinstance(value, str) else json.dumps(value)),
    )
