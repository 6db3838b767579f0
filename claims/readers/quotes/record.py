"""A quotation of a list as a stub of an article, with the one claim it holds.

A claim stands in a text. Where only the quotation is known the text is the quotation, and the
words before and after it where the list gives them, each on a line of its own: nothing is made up.
The stub's address is the article's with a text fragment (`#:~:text=…`), so that it opens the page
at the words, and is never mistaken for the article when that is read some day.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from claims.model.article import Article
from claims.model.identity import derived_id
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
"""What lists write where they do not know the speaker."""


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """What a list says of a quotation, as it stands there.

    Attributes:
        id: Its id in the list.
        score: How sure the list is of the speaker; 0.5 where nobody said.
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
    stated: QuoteRecord, reader: str, place: str, raw: bytes
) -> ListedQuotation | Problem:
    """A stub with its claim, or what is wrong with it.

    Args:
        stated: What the list says.
        reader: The list's reader with its version.
        place: File and line, as `sheet.csv:7`.
        raw: The record as it was read.
    """
    words = clean_text(stated.quote).text.strip()
    if not words or len(words) > LONGEST:
        reason = Reason.TOO_LARGE if words else Reason.MISSING_TEXT
        detail = f"a quotation has 1 to {LONGEST} characters"
        return bad(place, reason, detail, field="quote", value=words)
    for field in ("id", "url", "outlet", "title", "speaker"):
        value = getattr(stated, field) or ""
        if len(value.encode(errors="replace")) > MOST_BYTES:
            detail = f"it is longer than {MOST_BYTES} bytes"
            return bad(place, Reason.TOO_LARGE, detail, field=field, value=value)
    before, after = (clean_text(part).text.strip() for part in (stated.before, stated.after))
    start = len(before) + 1 if before else 0
    speaker = clean_line(stated.speaker or "")
    voice = None if speaker.casefold() in NOBODY else speaker
    kind = stated.kind if voice else SourceKind.GROUP
    address = clean_line(stated.url or "").split("#")[0]
    known_by = stated.id or _own_id(stated, words)
    article = Article(
        text="\n".join(part for part in (before, words, after) if part),
        reader=reader,
        place=place,
        archived=raw,
        external_id=f"{reader.partition('/')[0]}:{known_by}",
        url=f"{address}#:~:text={quote(words[:FRAGMENT], safe='')}" if address else None,
        outlet=clean_line(stated.outlet or "") or None,
        title=clean_line(stated.title or "") or None,
        published_at=stated.published,
        language=stated.language,
    )
    proposal = Proposal(
        content=(Span(start, start + len(words)),),
        form=Form.QUOTE,
        chain=(Hop(voice, kind, (), ()),),
        score=min(max(stated.score, 0.0), 1.0),
        rule=reader.partition("/")[0],
    )
    return ListedQuotation(article, proposal)


def _own_id(stated: QuoteRecord, words: str) -> str:
    """An id for a list that has none: the same row always has the same."""
    day = stated.published.isoformat() if stated.published else ""
    parts = (stated.speaker or "", stated.outlet or "", day, stated.url or "", words)
    return str(derived_id("quoted", *(part.encode(errors="replace").decode() for part in parts)))


def bad(
    place: str, reason: Reason, detail: str, *, field: str | None = None, value: object = None
) -> Problem:
    """The problem of a record at `file:line`."""
    file, _, line = place.rpartition(":")
    shown = None if value is None else clean_text(str(value)).text[:SHOWN]
    return Problem(file, reason, detail, int(line), field, shown)
