"""A quotation of a list as a stub of an article, with the one claim it holds.

A claim stands in a text. If only the quotation is known, the text is the quotation, with the words
before and after it if the list has them, each on a line of its own: nothing is invented.
The stub's address is the article's with a text fragment (`#:~:text=…`): it opens the page at the
words, and is not mistaken for the article if that is read one day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from urllib.parse import quote

from claims.model.article import Article
from claims.model.identity import derived_id
from claims.model.json import Json
from claims.model.kinds import Form, SourceKind
from claims.model.problem import Problem, Reason
from claims.model.proposal import Hop, Proposal
from claims.model.quotation import ListedQuotation
from claims.model.span import Span
from claims.readers.limits import is_storable_address, is_storable_moment
from claims.text.clean import clean_line, clean_text

SHOWN = 200
FRAGMENT = 100
"""Code points of a quotation that its address repeats."""

LONGEST = 100_000
"""Code points of a quotation; a list that has a longer one is damaged."""

MOST_BYTES = 1000
"""Bytes of a short field in UTF-8: an index of PostgreSQL's takes 2,700, and an address grows."""

NOBODY = frozenset({"", "none", "unknown", "n/a", "-"})
"""What lists write if they do not know the speaker."""

NO_NAMES: Mapping[str, str] = MappingProxyType({})
SIDE_FIELDS = ("url", "outlet", "title")
"""Fields that a quotation can do without."""


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """A quotation as a list has it.

    Attributes:
        id: Its id in the list.
        day: What the list has in place of a day in ISO 8601; part of the id of a quotation without
            one, so that it stays the same when the day can be read one day.
        form: As the list says; no quotation marks are in the text.
        score: How sure the list is of the speaker, 0 to 1; 0.5 if it does not say.
    """

    quote: str
    speaker: str | None = None
    before: str = ""
    after: str = ""
    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: datetime | None = None
    day: str = ""
    language: str = "en"
    kind: SourceKind = SourceKind.PERSON
    form: Form = Form.QUOTE
    score: float = 0.5


def make_quoted(
    record: QuoteRecord,
    reader: str,
    location: str,
    raw: bytes,
    *,
    names: Mapping[str, str] = NO_NAMES,
) -> Iterator[ListedQuotation | Problem]:
    """A stub with its claim, after a problem for each field that it had to be read without.

    Args:
        record: The quotation as the list has it.
        reader: The list's reader with its version.
        location: File and line, as `sheet.csv:7`.
        raw: The record as it was read.
        names: What the list calls the fields of a `QuoteRecord`, if it calls them otherwise.

    Yields:
        The problems, then the quotation; without its words or its id there is none.
    """
    words = clean_text(record.quote).text.strip()
    problems = dict(_find_problems(record, words, location, names))
    yield from problems.values()
    if problems.keys() & {"quote", "speaker", "id"}:
        return
    storable = replace(
        record,
        url=None if "url" in problems else record.url,
        outlet=None if "outlet" in problems else record.outlet,
        title=None if "title" in problems else record.title,
        published=None if "published" in problems else record.published,
    )
    article, content = _stub(storable, words, reader, (location, raw))
    speaker = clean_line(record.speaker or "")
    voice = None if speaker.casefold() in NOBODY else speaker
    proposal = Proposal(
        content=(content,),
        form=record.form,
        chain=(Hop(voice, record.kind if voice else SourceKind.GROUP, (), ()),),
        score=min(max(record.score, 0.0), 1.0),
        rule=reader.partition("/")[0],
    )
    yield ListedQuotation(article, proposal)


def _find_problems(
    record: QuoteRecord, words: str, location: str, names: Mapping[str, str]
) -> Iterator[tuple[str, Problem]]:
    """Each field that cannot be stored, with the problem."""

    def problem(field: str, reason: Reason, detail: str, value: Json) -> tuple[str, Problem]:
        named = names.get(field, field)
        return field, bad(location, reason, detail, field=named, value=value)

    if not words:
        yield problem("quote", Reason.MISSING_FIELD, "there are no words in it", None)
    elif len(words) > LONGEST:
        yield problem("quote", Reason.TOO_LARGE, f"it has more than {LONGEST} characters", words)
    for field in ("id", "speaker", *SIDE_FIELDS):
        value = getattr(record, field) or ""
        if len(value.encode(errors="replace")) > MOST_BYTES:
            without = "; the record was read without it" if field in SIDE_FIELDS else ""
            detail = f"it is longer than {MOST_BYTES} bytes{without}"
            yield problem(field, Reason.TOO_LARGE, detail, value)
        elif field == "url" and not is_storable_address(value):
            detail = "no program can follow it; the record was read without it"
            yield problem(field, Reason.BAD_FIELD, detail, value)
    if record.published and not is_storable_moment(record.published):
        day = record.published.isoformat()
        yield "published", problem("date", Reason.BAD_FIELD, "no newspaper has that year", day)[1]


def _stub(
    record: QuoteRecord, words: str, reader: str, source: tuple[str, bytes]
) -> tuple[Article, Span]:
    """The stub of a quotation, and where its words stand in it."""
    location, raw = source
    before, after = (clean_text(part).text.strip() for part in (record.before, record.after))
    start = len(before) + 1 if before else 0
    address = clean_line(record.url or "").split("#")[0]
    external_id = clean_line(record.id or "") or _own_id(record, words)
    article = Article(
        text="\n".join(part for part in (before, words, after) if part),
        reader=reader,
        place=location,
        archived=raw,
        external_id=f"{reader.partition('/')[0]}:{external_id}",
        url=f"{address}#:~:text={quote(words[:FRAGMENT], safe='')}" if address else None,
        outlet=clean_line(record.outlet or "") or None,
        title=clean_line(record.title or "") or None,
        published_at=record.published,
        language=record.language,
    )
    return article, Span(start, start + len(words))


def _own_id(record: QuoteRecord, words: str) -> str:
    """An id for a list without ids: the same row always gets the same one."""
    day = record.day or (record.published.isoformat() if record.published else "")
    parts = (record.speaker or "", record.outlet or "", day, record.url or "", words)
    return str(derived_id("quoted", *(part.encode(errors="replace").decode() for part in parts)))


def bad(
    location: str, reason: Reason, detail: str, *, field: str | None = None, value: Json = None
) -> Problem:
    """The problem of a record at `file:line`."""
    file, _, line = location.rpartition(":")
    shown = None if value is None else clean_text(str(value)).text[:SHOWN]
    return Problem(file, reason, detail, int(line), field, shown)
