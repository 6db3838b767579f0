"""What schema.org's `correction` and `creativeWorkStatus` say of an article, as notices."""

import re
from collections.abc import Iterator, Sequence

from claims.model.notice import Notice, NoticeKind
from claims.model.span import Span, Spans
from claims.readers.html_dates import read_date
from claims.readers.structured import Node, listed, text_of
from claims.text.clean import clean_line

STATUSES = {
    "corrected": NoticeKind.CORRECT,
    "withdrawn": NoticeKind.WITHDRAW,
    "retracted": NoticeKind.WITHDRAW,
    "removed": NoticeKind.WITHDRAW,
}
"""Values of `creativeWorkStatus` that say something of an article that was published."""


def notices_of(nodes: Sequence[Node], text: str, place: str) -> Iterator[Notice]:
    """The notices in descriptions of an article.

    Args:
        nodes: In schema.org's words.
        text: The article's cleaned text, in which the words may stand.
        place: Where the page was read.
    """
    seen = set()
    for node in nodes:
        for one in listed(node.get("correction")):
            words = clean_line(text_of(one, "text", "description", "name") or "")
            issued = text_of(one.get("datePublished")) if isinstance(one, dict) else None
            if words and words not in seen:
                seen.add(words)
                yield Notice(
                    NoticeKind.CORRECT,
                    "schema-org-correction",
                    words,
                    place,
                    spans=_spans(words, text),
                    issued_at=read_date(issued or ""),
                )
        status = clean_line(text_of(node.get("creativeWorkStatus"), "name") or "")
        kind = STATUSES.get(status.lower().rpartition("/")[2])
        if kind and status not in seen:
            seen.add(status)
            yield Notice(kind, "schema-org-status", status, place)


def _spans(words: str, text: str) -> Spans:
    """Where words stand in a text, however its white space runs."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    match = re.search(pattern, text)
    return (Span(match.start(), match.end()),) if match else ()
