"""Quotebank and GDELT's Global Quotation Graph: JSON lines, as their makers publish them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import IO, Any

import orjson

from claims.model.problem import Problem, Reason
from claims.model.quotation import ListedQuotation
from claims.readers.jsonl import moment_of
from claims.readers.quotes.record import SHOWN, QuoteRecord, bad, make_quoted

QUOTEBANK = "quotebank/1"
GQG = "gqg/1"
LONGEST = 16 << 20
"""Bytes of a line; one that is longer is a record of neither."""

LANGUAGES: Mapping[str, str] = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "russian": "ru",
    "arabic": "ar", "chinese": "zh", "portuguese": "pt", "italian": "it", "turkish": "tr",
    "persian": "fa", "ukrainian": "uk", "polish": "pl", "japanese": "ja", "korean": "ko",
}  # fmt: skip
"""GDELT names languages in English; those not here are und, undetermined, as BCP 47 calls it."""

Read = Callable[[Mapping[str, Any], str, bytes], Iterator[ListedQuotation | Problem]]


def read_quotebank(stream: IO[bytes], place: str) -> Iterator[ListedQuotation | Problem]:
    """The quotation of each line, with the speaker that Quotebank finds likeliest."""
    return _read_lines(stream, place, _quotebank)


def read_gqg(stream: IO[bytes], place: str) -> Iterator[ListedQuotation | Problem]:
    """Each quotation of each article, with the words around it; nobody says who is quoted."""
    return _read_lines(stream, place, _gqg)


def _read_lines(stream: IO[bytes], place: str, read: Read) -> Iterator[ListedQuotation | Problem]:
    number = 0
    while raw := stream.readline(LONGEST):
        number += 1
        at = f"{place}:{number}"
        if len(raw) == LONGEST and not raw.endswith(b"\n"):
            while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            yield bad(at, Reason.TOO_LARGE, f"the line is longer than {LONGEST >> 20} MiB")
        elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
            yield from _read_line(raw, at, read)


def _read_line(raw: bytes, at: str, read: Read) -> Iterator[ListedQuotation | Problem]:
    shown = raw.decode(errors="replace")[:SHOWN]
    try:
        record = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        yield bad(at, Reason.BAD_JSON, str(error), value=shown)
        return
    if not isinstance(record, dict):
        yield bad(at, Reason.BAD_JSON, "the line is no JSON object", value=shown)
        return
    yield from read(record, at, raw)


def _quotebank(
    record: Mapping[str, Any], at: str, raw: bytes
) -> Iterator[ListedQuotation | Problem]:
    for field, kinds in (("quotation", str), ("quoteID", str), ("urls", list | None)):
        if not isinstance(record.get(field), kinds):
            detail = f"a record of Quotebank has {field}"
            yield bad(at, Reason.BAD_FIELD, detail, field=field, value=record.get(field))
            return
    published = _moment(record.get("date"))
    if isinstance(published, str):
        yield bad(at, Reason.BAD_FIELD, published, field="date", value=record.get("date"))
        return
    urls = [url for url in record.get("urls") or () if isinstance(url, str)]
    speaker = record.get("speaker")
    stated = QuoteRecord(
        quote=record["quotation"],
        speaker=speaker if isinstance(speaker, str) else None,
        id=record["quoteID"],
        url=urls[0] if urls else None,
        published=published,
        score=_likeliest(record.get("probas")),
    )
    yield make_quoted(stated, QUOTEBANK, at, raw)


def _likeliest(probas: object) -> float:
    """The greatest probability, whether written as {"proba": p} or as [name, "p"]."""
    found = [0.0]
    for one in probas if isinstance(probas, list) else ():
        told = one.get("proba") if isinstance(one, dict) else one[-1] if one else None
        try:
            found.append(float(told))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            continue
    return max(found) or 0.5


def _gqg(record: Mapping[str, Any], at: str, raw: bytes) -> Iterator[ListedQuotation | Problem]:
    quotes = record.get("quotes")
    if not isinstance(quotes, list) or not isinstance(record.get("url"), str):
        field = "url" if isinstance(quotes, list) else "quotes"
        yield bad(at, Reason.BAD_FIELD, f"a record of the graph has {field}", field=field)
        return
    published = _moment(record.get("date"))
    if isinstance(published, str):
        yield bad(at, Reason.BAD_FIELD, published, field="date", value=record.get("date"))
        return
    lang = str(record.get("lang") or "").casefold()
    title = record.get("title")
    for one in quotes:
        if not isinstance(one, dict) or not isinstance(one.get("quote"), str):
            yield bad(at, Reason.BAD_FIELD, "a quotation has quote", field="quotes", value=one)
            continue
        stated = QuoteRecord(
            quote=one["quote"],
            before=str(one.get("pre") or ""),
            after=str(one.get("post") or ""),
            url=record["url"],
            title=title if isinstance(title, str) else None,
            published=published,
            language=LANGUAGES.get(lang, "und"),
        )
        yield make_quoted(stated, GQG, at, raw if len(quotes) == 1 else orjson.dumps(one))


def _moment(stated: object) -> datetime | str | None:
    """When, or what is wrong with it; GDELT also writes 20200101001500."""
    if not stated:
        return None
    try:
        if isinstance(stated, str) and stated.isdigit():
            return datetime.strptime(stated, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return moment_of(str(stated))
    except ValueError:
        return "a day is YYYY-MM-DD, a moment ISO 8601"
