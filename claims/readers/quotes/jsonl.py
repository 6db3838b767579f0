"""Quotebank and GDELT's Global Quotation Graph: JSON lines, as their makers publish them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import IO

import orjson

from claims.model.json import Json, JsonObject
from claims.model.problem import Problem, Reason
from claims.model.quotation import ListedQuotation
from claims.readers.jsonl import moment_of
from claims.readers.quotes.record import SHOWN, QuoteRecord, bad, make_quoted

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


def _quotebank(
    record: JsonObject, location: str, raw: bytes
) -> Iterator[ListedQuotation | Problem]:
    words, number, urls = (record.get(name) for name in ("quotation", "quoteID", "urls"))
    if not isinstance(words, str):
        yield _missing("Quotebank", "quotation", record, location)
    elif not isinstance(number, str):
        yield _missing("Quotebank", "quoteID", record, location)
    elif not isinstance(urls, list | None):
        yield _missing("Quotebank", "urls", record, location)
    else:
        published = _published(record, location)
        if isinstance(published, Problem):
            yield published
            return
        speaker = record.get("speaker")
        quote = QuoteRecord(
            quote=words,
            speaker=speaker if isinstance(speaker, str) else None,
            id=number,
            url=next((url for url in urls or () if isinstance(url, str)), None),
            published=published,
            score=_highest(record.get("probas")),
        )
        yield make_quoted(quote, QUOTEBANK, location, raw)


def _missing(of: str, field: str, record: JsonObject, location: str) -> Problem:
    detail = f"a record of {of} has {field}"
    return bad(location, Reason.BAD_FIELD, detail, field=field, value=record.get(field))


def _highest(probas: Json) -> float:
    """The greatest probability, written as {"proba": p} or as [name, "p"]; 0.5 if there is none."""
    probabilities = [0.0]
    for one in probas if isinstance(probas, list) else ():
        value = one
        if isinstance(one, dict):
            value = one.get("proba")
        elif isinstance(one, list | str):
            value = one[-1] if one else None
        if isinstance(value, str | int | float):
            try:
                probabilities.append(float(value))
            except ValueError:
                continue
    return max(probabilities) or 0.5


def _gqg(record: JsonObject, location: str, raw: bytes) -> Iterator[ListedQuotation | Problem]:
    quotes, url = record.get("quotes"), record.get("url")
    if not isinstance(quotes, list) or not isinstance(url, str):
        field = "url" if isinstance(quotes, list) else "quotes"
        yield bad(location, Reason.BAD_FIELD, f"a record of the graph has {field}", field=field)
        return
    published = _published(record, location)
    if isinstance(published, Problem):
        yield published
        return
    language, title = str(record.get("lang") or "").casefold(), record.get("title")
    for one in quotes:
        words = one.get("quote") if isinstance(one, dict) else None
        if not isinstance(words, str):
            detail = "a quotation has quote"
            yield bad(location, Reason.BAD_FIELD, detail, field="quotes", value=one)
            continue
        quote = QuoteRecord(
            quote=words,
            before=str(one.get("pre") or ""),
            after=str(one.get("post") or ""),
            url=url,
            title=title if isinstance(title, str) else None,
            published=published,
            language=LANGUAGES.get(language, "und"),
        )
        yield make_quoted(quote, GQG, location, raw if len(quotes) == 1 else orjson.dumps(one))


def _published(record: JsonObject, location: str) -> datetime | Problem | None:
    """When the article was published, or the problem with it; GDELT writes 20200101001500."""
    value = record.get("date")
    if not value:
        return None
    try:
        if isinstance(value, str) and value.isdigit():
            return datetime.strptime(value, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return moment_of(str(value))
    except ValueError:
        detail = "a day is YYYY-MM-DD, a moment ISO 8601"
        return bad(location, Reason.BAD_FIELD, detail, field="date", value=value)
