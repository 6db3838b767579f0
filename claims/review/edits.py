"""Edits of a claim as a reviewer makes them: pure functions from a state to the edited state."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from claims.extraction.form import form_of
from claims.model.claim import ClaimState, HopState
from claims.model.kinds import Form, Mode
from claims.model.span import Span, join_spans, words_at
from claims.review.errors import BadChangeError, QuoteDiffersError
from claims.review.quotes import WORD, difference, words_of

HopPart = Literal["mention", "cue", "capacity"]
"""The parts of a hop that stand in the article."""

MARKS, MARKS_BEFORE = re.compile(r"[^\w\s]*"), re.compile(r"[^\w\s]*$")
CLOSES, OPENS = re.compile(r"[,.;:!?]?[\"”]"), re.compile(r"[\"“]$")

NEAR = 400
"""Code points around a claim in which a reviewer's words for it are looked for."""


def set_source(
    state: ClaimState, position: int, source: uuid.UUID | None, score: float | None = None
) -> ClaimState:
    """Set who a hop of the chain is; None if nobody knows.

    Args:
        state: The claim.
        position: The hop's place in the chain, from 1, the voice.
        source: Who.
        score: What the program gave the candidate that was chosen, if it was one.

    Raises:
        BadChangeError: The chain has no such position.
    """
    return _with_hop(state, position, link_by_person(_hop(state, position), source, score))


def link_by_person(hop: HopState, source: uuid.UUID | None, score: float | None = None) -> HopState:
    """A hop whose source a person has set."""
    if source is None:
        return replace(hop, source=None, link_rule=None, link_score=None, link_reason=None)
    chosen = "said by a person"
    if score is not None:
        chosen = f"chosen by a person; the program's score was {score:.2f}"
    return replace(hop, source=source, link_rule="person", link_score=1.0, link_reason=chosen)


def set_words(
    article: str, state: ClaimState, position: int, *, name: HopPart, words: str
) -> ClaimState:
    """Set which words are a hop's mention, cue or capacity: where they stand nearest to the claim.

    Args:
        article: The whole text.
        state: The claim.
        position: The hop's place in the chain, from 1.
        name: Which part of the hop.
        words: As printed; empty for none.

    Raises:
        BadChangeError: The chain has no such position.
        QuoteDiffersError: The article does not have the words.
    """
    hop = _hop(state, position)
    near = state.content[0].start
    spans = (_nearest(article, words, near),) if words.strip() else ()
    if name == "mention":
        return _with_hop(state, position, replace(hop, mention=spans))
    if name == "cue":
        return _with_hop(state, position, replace(hop, cue=spans))
    return _with_hop(state, position, replace(hop, capacity=spans))


def set_mode(state: ClaimState, position: int, mode: Mode) -> ClaimState:
    """Set what a hop does with the content: says, denies, expects, asks, promises, believes."""
    return _with_hop(state, position, replace(_hop(state, position), mode=mode))


def drop_hop(state: ClaimState, position: int) -> ClaimState:
    """Take a hop out of the chain; the only one cannot go."""
    if len(state.chain) == 1:
        raise BadChangeError("the chain", "its only hop cannot be taken out: say who it is instead")
    _hop(state, position)
    return _without(state, position)


def move_hop(state: ClaimState, position: int, to: int) -> ClaimState:
    """Move a hop to another position of the chain."""
    hop = _hop(state, position)
    _hop(state, to)
    return insert_hop(_without(state, position), to, hop)


def insert_hop(state: ClaimState, position: int, hop: HopState) -> ClaimState:
    """Put a hop into the chain so that it stands at a position, one past the last at most."""
    if not 1 <= position <= len(state.chain) + 1:
        raise _no_hop(state, position)
    at = position - 1
    return replace(state, chain=(*state.chain[:at], hop, *state.chain[at:]))


def set_content(article: str, state: ClaimState, spans: Iterable[tuple[int, int]]) -> ClaimState:
    """Set where the words stand: content, the words, and the form counted from quotation marks.

    Raises:
        BadChangeError: Nothing is left, or the spans lie outside the article.
    """
    joined = join_spans(spans)
    if not joined or joined[0].start < 0 or joined[-1].end > len(article):
        raise BadChangeError("the content", f"it must lie inside the article's {len(article)}")
    words = words_at(article, joined)
    if not words_of(words):
        raise BadChangeError("the content", "no word is left")
    return replace(state, content=joined, text=words, form=form_of(article, joined))


def set_form(state: ClaimState, form: Form) -> ClaimState:
    """Set how much of the content is quoted, for when the marks do not show it."""
    return replace(state, form=form)


def move_edge(
    article: str, state: ClaimState, *, end: bool, words: int = 0, characters: int = 0
) -> ClaimState:
    """Move the beginning or end of the content by words or characters, negative to the left.

    Raises:
        BadChangeError: Nothing would be left, or the article ends there.
    """
    spans = list(state.content)
    index = -1 if end else 0
    start, stop = spans[index]
    offset = stop if end else start
    offset = _by_words(article, offset, words, end=end) if words else offset + characters
    if not 0 <= offset <= len(article):
        raise BadChangeError("the content", "the article ends there")
    moved = Span(start, offset) if end else Span(offset, stop)
    spans[index] = _with_its_mark(article, moved, end=end) if words else moved
    return set_content(article, state, [span for span in spans if span.start < span.end])


def find_words(article: str, state: ClaimState, words: str) -> ClaimState:
    """Set the content to these words, at or near where the claim stands.

    Raises:
        QuoteDiffersError: The article does not have them there; the message shows the difference.
    """
    near = state.content[0].start
    offset = max(near - NEAR, 0)
    spans: list[Span] = []
    for part in (part for part in words.split("…") if part.strip()):
        spans.append(_nearest(article, part, near, offset))
        offset = spans[-1].end
    return set_content(article, state, spans)


def _hop(state: ClaimState, position: int) -> HopState:
    if not 1 <= position <= len(state.chain):
        raise _no_hop(state, position)
    return state.chain[position - 1]


def _no_hop(state: ClaimState, position: int) -> BadChangeError:
    return BadChangeError("the chain", f"it has {len(state.chain)} hops, none at {position}")


def _with_hop(state: ClaimState, position: int, hop: HopState) -> ClaimState:
    at = position - 1
    return replace(state, chain=(*state.chain[:at], hop, *state.chain[at + 1 :]))


def _without(state: ClaimState, position: int) -> ClaimState:
    return replace(state, chain=state.chain[: position - 1] + state.chain[position:])


def _by_words(article: str, offset: int, words: int, *, end: bool) -> int:
    """An offset moved over words; the marks beside them do not count."""
    offset = word_edge(article, offset, end=end)
    edges = [match.end() if end else match.start() for match in WORD.finditer(article)]
    if words > 0:
        beyond = [edge for edge in edges if edge > offset]
        return beyond[min(words, len(beyond)) - 1] if beyond else offset
    before = [edge for edge in edges if edge < offset]
    return before[max(len(before) + words, 0)] if before else offset


def word_edge(article: str, offset: int, *, end: bool) -> int:
    """Where the word before an offset ends, or the one after it begins; marks are left out."""
    marks = MARKS_BEFORE.search(article, 0, offset) if end else MARKS.match(article, offset)
    assert marks is not None, "both match the empty text"  # noqa: S101 - for the type checker
    return marks.start() if end else marks.end()


def _with_its_mark(article: str, span: Span, *, end: bool) -> Span:
    """A span whose moved edge takes the quotation mark beside it along, if it lacks just that."""
    words = article[slice(*span)]
    if words.count('"') % 2 == 0 and words.count("“") == words.count("”"):
        return span
    mark = CLOSES.match(article, span.end) if end else OPENS.search(article, 0, span.start)
    if mark is None:
        return span
    return Span(span.start, mark.end()) if end else Span(mark.start(), span.end)


def find_part(article: str, words: str, *, near: int = 0, alone: bool = False) -> Span:
    """Where words stand in a whole article, after an offset; spacing and marks do not count.

    Args:
        article: The whole text.
        words: As printed.
        near: Nothing before this offset counts.
        alone: Whether the words must stand in one place only.

    Raises:
        QuoteDiffersError: The article does not have them; the message shows the difference.
        BadChangeError: They stand in several places.
    """
    pattern = r"\s+".join(_loosely(word) for word in words.split())
    matches = [Span(*match.span()) for match in re.finditer(pattern, article)]
    there = [match for match in matches if match.start >= near]
    if not there:
        raise QuoteDiffersError("the article", difference(words, article))
    if alone and len(there) > 1:
        detail = f"the words stand in {len(there)} places: quote more of them"
        raise BadChangeError("the content", detail)
    return there[0]


def _nearest(article: str, words: str, near: int, after: int = 0) -> Span:
    """Where words stand nearest to an offset; spacing and the shape of marks do not count."""
    pattern = r"\s+".join(_loosely(word) for word in words.split())
    matches = [Span(*m.span()) for m in re.finditer(pattern, article) if m.start() >= after]
    if not matches:
        around = article[max(near - NEAR, 0) : near + len(words) + NEAR]
        raise QuoteDiffersError("the article", difference(words, around))
    return min(matches, key=lambda span: abs(span.start - near))


def _loosely(word: str) -> str:
    escaped = re.escape(word)
    escaped = re.sub(r"[\"“”„«»]", '["“”„«»]', escaped)
    return re.sub(r"['’‘]", "['’‘]", escaped)
