"""What an article says of itself in its own text: that it was corrected, withdrawn or is embargoed.

Precise before complete: an article about somebody's correction must not pass for a corrected one.
So a paragraph counts only if it begins with a label ("Correction:"), or speaks of "this article"
and says what was wrong. English only.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from claims.model.article import Article, ReaderRecord
from claims.model.notice import Notice, NoticeKind
from claims.model.problem import Problem, Reason
from claims.model.span import Span
from claims.readers.embargo import printed_embargo

WIRES = ("ninjs", "newsml", "nitf")
HEAD_LINES = 3
"""Lines at the top among which a wire's slug may stand."""
SHOWN = 200
LINE = re.compile(r"\S[^\n]*")

WORK = (
    r"(?:article|story|report|post|column|piece|page|review|essay|interview|obituary|editorial"
    r"|analysis|headline|caption|item|dispatch|transcript|podcast|episode|version)"
)
BEGINNING = r"^[\s*_#>•\-–—(\[]*"
"""Signs that may stand before a paragraph; no quotation marks, which make it somebody's words."""
WRONG = (
    r"\b(?:incorrect(?:ly)?|wrong(?:ly)?|misstat\w+|mistaken(?:ly)?|misidentif\w+|misspell\w+"
    r"|misspelt|misattribut\w+|misquot\w+|misreport\w+|mischaracteri\w+|erroneous(?:ly)?|errors?"
    r"|inaccura\w+|in error|(?:has|have) been corrected|was corrected|omitted|misnamed)\b"
)
LABELLED = re.compile(
    BEGINNING + r"(?:corrections?|clarifications?|corrected|erratum|errata)"
    r"(?:\s+and\s+(?:corrections?|clarifications?))?"
    r"(?:\s*[(\[][^)\]\n]{1,60}[)\]]|\s*,?\s+(?:on\s+)?[^:.\n]{0,12}\d[^:\n]{0,20})?"
    r"[*_\s]*(?::|\s[–—]\s|$)",
    re.IGNORECASE,
)
EARLIER = re.compile(
    BEGINNING + r"(?:an?|the)\s+(?:earlier|previous|original|prior)\s+version\s+of\s+"
    rf"(?:this|the)\s+{WORK}\b.*{WRONG}",
    re.IGNORECASE,
)
THIS_CORRECTED = re.compile(
    BEGINNING + rf"(?:the\s+{WORK}\s+(?:of|in|to)\s+)?(?:this|our)\s+{WORK}\s+"
    r"(?:has\s+been|was|is)\s+(?:since\s+|later\s+)?"
    r"(?:corrected|amended|clarified|(?:updated|revised|changed|edited)\s+to\s+"
    r"(?:correct|clarify|fix))\b(?!\s+by\b)",
    re.IGNORECASE,
)
THIS_WITHDRAWN = re.compile(
    BEGINNING + rf"(?:this|our)\s+{WORK}\s+(?:has\s+been|was|is)\s+"
    r"(?:withdrawn|retracted|removed|taken\s+down|unpublished)\b",
    re.IGNORECASE,
)
NOTE = re.compile(
    BEGINNING + r"(?:editor(?:[’']?s|s[’'])?|publisher[’']?s)\s+note\s*(?:\([^)\n]{1,60}\))?"
    r"\s*[:–—-]",
    re.IGNORECASE,
)
NOTE_WITHDRAWN = re.compile(
    r"\b(?:retract(?:ed|s|ion|ing)|withdrawn|withdraws|withdrew)\b", re.IGNORECASE
)
NOTE_CORRECTED = re.compile(
    rf"{WRONG}|\b(?:corrected|correction|clarified|amended)\b", re.IGNORECASE
)
PARAGRAPHS = (
    (LABELLED, NoticeKind.CORRECT),
    (EARLIER, NoticeKind.CORRECT),
    (THIS_CORRECTED, NoticeKind.CORRECT),
    (THIS_WITHDRAWN, NoticeKind.WITHDRAW),
)
SLUGS = (
    (NoticeKind.KILL, re.compile(
        r"^\W*(?:[A-Z]{2}-\S.*,\s*)?(?:MANDATORY\s+)?KILL(?:\s+(?:ADVISORY|NOTICE))?"
        r"\s*(?:[:–—]|-(?!\w)|$)")),
    (NoticeKind.WITHDRAW, re.compile(
        r"^\W*(?:STORY\s+|ARTICLE\s+)?(?:WITHDRAWN|WITHDRAWAL|RETRACTED|RETRACTION)\s*(?:[:–—]|-(?!\w)|$)")),
    (NoticeKind.CORRECT, re.compile(
        r"^\W*(?:CORRECTS|CORRECTED|CORRECTING|CORRECTIVE|CORRECTION|CORR)(?:\s*[:–—]|-\w)")),
)  # fmt: skip
"""Labels of wires, in capitals, at the head of a story or in its headline."""


def read_printed(article: Article) -> Iterator[ReaderRecord]:
    """The article with what its text says of it, and the problem with an embargo without an end."""
    embargo = article.embargo or printed_embargo(_head(article))
    yield replace(article, embargo=embargo, notices=(*article.notices, *_notices(article)))
    if embargo and embargo.words and embargo.until is None:
        yield Problem(
            article.place,
            Reason.BAD_DATE,
            "when the embargo ends cannot be read; it holds until a person lifts it",
            field="embargo",
            value=embargo.words[:SHOWN],
        )


def _head(article: Article) -> Iterator[str]:
    """The headline, and the lines below it."""
    yield from filter(None, (article.title,))
    yield from article.text.split("\n", 20)[:20]


def _notices(article: Article) -> Iterator[Notice]:
    kinds = {notice.kind for notice in article.notices}
    for notice in (*_slug(article), *_paragraphs(article)):
        # A field of the item, or a paragraph before this one, has said so already.
        if notice.kind not in kinds or notice.signal == "correction-paragraph":
            kinds.add(notice.kind)
            yield notice


def _slug(article: Article) -> Iterator[Notice]:
    """The first slug: of a wire's format an order, of any other a proposal."""
    wire = article.reader.split("/")[0] in WIRES
    lines = [(article.title or "", None), *islice(_lines(article.text), HEAD_LINES)]
    for line, start in lines:
        kind = next((kind for kind, pattern in SLUGS if pattern.search(line)), None)
        if kind is None and start is None and LABELLED.match(line):
            # A headline such as "Correction: Harbour bridge".
            kind = NoticeKind.CORRECT
        if kind:
            ordered = kind is not NoticeKind.KILL or wire
            proposed = kind if ordered else NoticeKind.WITHDRAW
            yield _notice(article, proposed, "wire-slug", line, start=start)
            return


def _paragraphs(article: Article) -> Iterator[Notice]:
    lines = list(_lines(article.text))
    for number, (line, start) in enumerate(lines):
        kind = _kind(line)
        if kind is None:
            continue
        words = line
        if LABELLED.fullmatch(line) and number + 1 < len(lines):
            # The label stands alone above its paragraph.
            following, at = lines[number + 1]
            words = article.text[start : at + len(following)]
        yield _notice(article, kind, "correction-paragraph", words, start=start)


def _kind(line: str) -> NoticeKind | None:
    if NOTE.match(line):
        if NOTE_WITHDRAWN.search(line):
            return NoticeKind.WITHDRAW
        return NoticeKind.CORRECT if NOTE_CORRECTED.search(line) else None
    return next((kind for pattern, kind in PARAGRAPHS if pattern.match(line)), None)


def _notice(
    article: Article, kind: NoticeKind, signal: str, words: str, *, start: int | None
) -> Notice:
    spans = () if start is None else (Span(start, start + len(words)),)
    return Notice(
        kind=kind,
        signal=signal,
        words=words.strip(),
        place=article.place,
        spans=spans,
        url=article.url,
        external_id=article.external_id,
        outlet=article.outlet,
        issued_at=article.publisher_time,
    )


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Each line that is not blank, from its first letter, with where that is."""
    return ((line[0], line.start()) for line in LINE.finditer(text))
