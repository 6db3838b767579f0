"""Quotebank and GDELT's Global Quotation Graph: JSON lines, as their makers publish them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import IO

import orjson
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from claims.model.json import JsonObject
from claims.model.problem import Problem, Reason
from claims.model.quotation import ListedQuotation
from claims.readers.checked import BadField, check_fields
from claims.readers.jsonl import moment_of
from claims.readers.quotes.record import SHOWN, QuoteRecord, bad, make_quoted
from claims.text.clean import clean_line

QUOTEBANK = "quotebank/1"
GQG = "gqg/1"
LONGEST = 16 << 20
"""Bytes of a line; a longer one is a record of neither list."""

LANGUAGES: Mapping[str, str] = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "russian": "ru",
    "arabic": "ar", "chinese": "zh", "portuguese": "pt", "italian": "it", "turkish": "tr",
    "persian": "fa", "ukrainian": "uk", "polish": "pl", "japanese": "ja", "korean": "ko",
}  # fmt: skip
"""GDELT names languages in English; those not here are und, undetermined, as BCP 47 calls it."""

QUOTEBANK_NAMES = {"quote": "quotation", "id": "quoteID", "url": "urls"}
"""What Quotebank calls the fields of a quotation."""

ReadRecord = Callable[[JsonObject, str, bytes], Iterator[ListedQuotation | Problem]]


def read_quotebank(stream: IO[bytes], location: str) -> Iterator[ListedQuotation | Problem]:
    """The quotation of each line, with the speaker that Quotebank finds most likely."""
    return _read_lines(stream, location, _quotebank)


def read_gqg(stream: IO[bytes], location: str) -> Iterator[ListedQuotation | Problem]:
    """Each quotation of each article, with the words around it; nobody says who is quoted."""
    return _read_lines(stream, location, _gqg)


def _read_lines(
    stream: IO[bytes], location: str, read_record: ReadRecord
) -> Iterator[ListedQuotation | Problem]:
    number = 0
    while raw := stream.readline(LONGEST):
        number += 1
        line_location = f"{location}:{number}"
        if len(raw) == LONGEST and not raw.endswith(b"\n"):
            while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            detail = f"the line is longer than {LONGEST >> 20} MiB"
            yield bad(line_location, Reason.TOO_LARGE, detail)
        elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
            yield from _read_line(raw, line_location, read_record)


def _read_line(
    raw: bytes, location: str, read_record: ReadRecord
) -> Iterator[ListedQuotation | Problem]:
    shown = raw.decode(errors="replace")[:SHOWN]
    try:
        record = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        yield bad(location, Reason.BAD_JSON, str(error), value=shown)
        return
    if not isinstance(record, dict):
        yield bad(location, Reason.BAD_JSON, "the line is not a JSON object", value=shown)
        return
    yield from read_record(record, location, raw)


class Quotebank(BaseModel):
    """A line of Quotebank; other fields are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore")

    quotation: str
    quote_id: str = Field(alias="quoteID")
    speaker: str | None = None
    date: str | None = None
    urls: list[str] | None = None
    probas: JsonValue = None


class GraphArticle(BaseModel):
    """A line of the graph: an article with its quotations."""

    model_config = ConfigDict(strict=True, extra="ignore")

    url: str
    quotes: list[JsonValue]
    date: str | None = None
    title: str | None = None
    lang: str | None = None


class _Quote(BaseModel):
    """A quotation of an article, with the words before and after it."""

    model_config = ConfigDict(strict=True, extra="ignore")

    quote: str
    pre: str | None = None
    post: str | None = None


def _problems(bad_fields: Sequence[BadField], location: str, within: str = "") -> Iterator[Problem]:
    """The problems of a record's fields; the rest of it is read where it can be."""
    for bad_field in bad_fields:
        field = ".".join(filter(None, (within, bad_field.field))) or None
        value = None if bad_field.missing else str(bad_field.value)
        reason = Reason.MISSING_FIELD if bad_field.missing else Reason.BAD_FIELD
        yield bad(location, reason, clean_line(bad_field.detail)[:SHOWN], field=field, value=value)


def _quotebank(
    record: JsonObject, location: str, raw: bytes
) -> Iterator[ListedQuotation | Problem]:
    result = check_fields(Quotebank, record)
    yield from _problems(result.bad_fields, location)
    checked = result.record
    if checked is None:
        return
    published = _published(checked.date, location)
    if isinstance(published, Problem):
        yield published
        published = None
    quote = QuoteRecord(
        quote=checked.quotation,
        speaker=checked.speaker,
        id=checked.quote_id,
        url=next(iter(checked.urls or ()), None),
        published=published,
        score=_highest(checked.probas),
    )
    yield from make_quoted(quote, QUOTEBANK, location, raw, names=QUOTEBANK_NAMES)


def _highest(probas: JsonValue) -> float:
    """The greatest probability, written as {"proba": p} or as [name, "p"]; 0.5 if there is none."""
    probabilities = [0.0]
    for one in probas if isinstance(probas, list) else ():
        value = one
        if isinstance(one, dict):
            value = one.get("proba")
        elif isinstance(one, list):
            value = one[-1] if one else None
        if isinstance(value, str | int | float):
            try:
                probability = float(value)
            except (ValueError, OverflowError):
                continue
            if 0 <= probability <= 1:
                probabilities.append(probability)
    return max(probabilities) or 0.5


def _gqg(record: JsonObject, location: str, raw: bytes) -> Iterator[ListedQuotation | Problem]:
    result = check_fields(GraphArticle, record)
    yield from _problems(result.bad_fields, location)
    article = result.record
    if article is None:
        return
    published = _published(article.date, location)
    if isinstance(published, Problem):
        yield published
        published = None
    for number, one in enumerate(article.quotes):
        quoted = check_fields(_Quote, one)
        yield from _problems(quoted.bad_fields, location, f"quotes.{number}")
        quote = quoted.record
        if quote is None:
            continue
        read = QuoteRecord(
            quote=quote.quote,
            before=quote.pre or "",
            after=quote.post or "",
            url=article.url,
            title=article.title,
            published=published,
            language=LANGUAGES.get((article.lang or "").casefold(), "und"),
        )
        own = raw if len(article.quotes) == 1 else orjson.dumps(one)
        yield from make_quoted(read, GQG, location, own)


def _published(value: str | None, location: str) -> datetime | Problem | None:
    """When the article was published, or the problem with it; GDELT writes 20200101001500."""
    if not value:
        return None
    try:
        if value.isdecimal():
            return datetime.strptime(value, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return moment_of(value)
    except ValueError:
        detail = "a day is YYYY-MM-DD, a moment ISO 8601; the record is read without it"
        return bad(location, Reason.BAD_FIELD, detail, field="date", value=value)
