"""Finds who passed words on beside the cue: "through an aide", "in a letter seen by the Post"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from claims.extraction.cue import Cue
from claims.extraction.lexicon import ORGANISATION_WORDS, PERSON_WORDS
from claims.extraction.report import Report
from claims.extraction.syntax import NOUNS, PROPER, agent_of, first_child, sentence_of, span_of
from claims.model.span import Span

THROUGH = frozenset({"through", "via"})
READ = frozenset({"read", "issued", "released", "relayed", "delivered", "conveyed", "shared"})
"""What somebody does with the statement of another."""

SEEN = frozenset({"seen", "reviewed", "obtained", "viewed", "published", "verified", "examined"})
"""What an outlet does with a document that it quotes."""

DOCUMENTS = frozenset(
    ["letter", "letters", "email", "emails", "e-mail", "memo", "document", "documents", "report",
     "statement", "message", "messages", "filing", "filings", "recording", "transcript", "note",
     "notes", "draft", "text", "texts", "copy", "affidavit", "video", "papers", "records", "file"]
)  # fmt: skip

SEEN_AFTER = re.compile(
    r",? (?:in|according to) (?:an? |the |some )?(?:[\w-]+ ){0,3}"
    rf"(?:{'|'.join(sorted(DOCUMENTS))}) (?:{'|'.join(sorted(SEEN))}) by [^,.;]{{2,60}}$"
)
"""Words at the end of a clause that say where its words were read."""


class Carrier(NamedTuple):
    """Who passed on a report: the noun that names them, and the word that says so."""

    head: Token
    cue: Token


def carriers_near(report: Report) -> Iterator[Carrier]:
    """Who carried a report's words by what stands around its cue, nearest to the voice first."""
    around = [token for token in _around(report.cue) if not _is_inside(token, report)]
    yield from filter(None, (_through(token) or _read_by(token) for token in around))
    seen = [carrier for token in _around(report.cue) if (carrier := _seen_by(token)) is not None]
    yield from (c for c in seen if not _is_inside(c.cue, report) or _ends(c, report))


def without_place_of_reading(text: str, span: Span) -> Span:
    """A clause without ", in a letter seen by the Post" at its end."""
    match = SEEN_AFTER.search(text, max(span.start, span.end - 160), span.end)
    return Span(span.start, match.start()) if match and match.start() > span.start else span


def _around(cue: Cue) -> Iterator[Token]:
    """The words of a cue's sentence that belong to it or to its source."""
    for token in sentence_of(cue.token):
        if token.lower_ in THROUGH | READ | SEEN and _belongs(token, cue):
            yield token


def _belongs(token: Token, cue: Cue) -> bool:
    above = {cue.token, cue.head}
    return any(one in above for one in token.ancestors)


def _is_inside(token: Token, report: Report) -> bool:
    return any(start <= token.idx < end for start, end in report.content)


def _ends(carrier: Carrier, report: Report) -> bool:
    """Whether a carrier is the last thing that a report's content names."""
    return 0 <= report.content[-1].end - (carrier.head.idx + len(carrier.head)) <= 1


def _through(token: Token) -> Carrier | None:
    """As in "through an aide", "speaking through her lawyer"."""
    head = first_child(token, "pobj") if token.lower_ in THROUGH else None
    if head is None or head.lower_ not in PERSON_WORDS:
        return None
    return Carrier(head, token)


def _read_by(token: Token) -> Carrier | None:
    """As in "in a statement read by her lawyer"."""
    if token.lower_ not in READ or token.head.lower_ not in DOCUMENTS:
        return None
    head = agent_of(token)
    if head is None or not (head.lower_ in PERSON_WORDS | ORGANISATION_WORDS or _is_name(head)):
        return None
    return Carrier(head, token)


def _seen_by(token: Token) -> Carrier | None:
    """As in "in a letter seen by the Post"."""
    if token.lower_ not in SEEN or token.head.lower_ not in DOCUMENTS:
        return None
    head = agent_of(token)
    return Carrier(head, token) if head is not None and _is_name(head) else None


def _is_name(head: Token) -> bool:
    return head.tag_ in PROPER and head.tag_ in NOUNS


def words_of_cue(carrier: Carrier) -> Span:
    """Where the word stands that says how the carrier passed the words on."""
    return span_of(carrier.cue, carrier.cue)
