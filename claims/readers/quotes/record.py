"""A quotation of a list as a stub of an article, with the one claim it holds.

A claim stands in a text. If only the quotation is known, the text is the quotation, with the words
before and after it if the list has them, each on a line of its own: nothing is invented.
The stub's address is the article's with a text fragment (`#:~:text=…`): it opens the page at the
words, and is not mistaken for the article if that is read one day.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from claims.model.article import Article
from claims.model.identity import derived_id
from claims.model.json import Json
from claims.model.kinds import Form, SourceKind
from claims.model.problem import Problem, Reason
from claims.model.proposal import Hop, Proposal
from claims.model.quotation import ListedQuotation
from claims.model.span import Span
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


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """A quotation as a list has it.

    Attributes:
        id: Its id in the list.
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
    language: str = "en"
    kind: SourceKind = SourceKind.PERSON
    score: float = 0.5


def make_quoted(
    record: QuoteRecord, reader: str, location: str, raw: bytes
) -> ListedQuotation | Problem:
    """A stub with its claim, or the problem with it.

    Args:
        record: The quotation as the list has it.
        reader: The list's reader with its version.
        location: File and line, as `sheet.csv:7`.
        raw: The record as it was read.
    """
    words = clean_text(record.quote).text.strip()
    if not words or len(words) > LONGEST:
        reason = Reason.TOO_LARGE if words else Reason.MISSING_TEXT
        detail = f"a quotation has 1 to {LONGEST} characters"
        return bad(location, reason, detail, field="quote", value=words)
    for field in ("id", "url", "outlet", "title", "speaker"):
        value = getattr(record, field) or ""
        if len(value.encode(errors="replace")) > MOST_BYTES:
            detail = f"it is longer than {MOST_BYTES} bytes"
            return bad(location, Reason.TOO_LARGE, detail, field=field, value=value)
    before, after = (clean_text(part).text.strip() for part in (record.before, record.after))
    start = len(before) + 1 if before else 0
    speaker = clean_line(record.speaker or "")
    voice = None if speaker.casefold() in NOBODY else speaker
    kind = record.kind if voice else SourceKind.GROUP
    address = clean_line(record.url or "").split("#")[0]
    external_id = record.id or _own_id(record, words)
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
    proposal = Proposal(
        content=(Span(start, start + len(words)),),
        form=Form.QUOTE,
        chain=(Hop(voice, kind, (), ()),),
        score=min(max(record.score, 0.0), 1.0),
        rule=reader.partition("/")[0],
    )
    return ListedQuotation(article, proposal)


def _own_id(record: QuoteRecord, words: str) -> str:
    """An id for a list without ids: the same row always gets the same one."""
    day = record.published.isoformat() if record.published else ""
    parts = (record.speaker or "", record.outlet or "", day, record.url or "", words)
    return str(derived_id("quoted", *(part.encode(errors="replace").decode() for part in parts)))


def bad(
    location: str, reason: Reason, detail: str, *, field: str | None = None, value: Json = None
) -> Problem:
    """The problem of a record at `file:line`."""
    file, _, line = location.rpartition(":")
    shown = None if value is None else clean_text(str(value)).text[:SHOWN]
    return Problem(file, reason, detail, int(line), field, shown)
