"""Changes to a claim's fields, as a reviewer makes them: pure functions from fields to changes.

A change is a mapping with the fields it names, as decisions write them; several are put together
with `{**one, **other}`, each made from the fields that the one before it left.
"""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claims.extraction.form import form_of
from claims.model.kinds import Form, Mode
from claims.model.span import Span, Spans, join_spans, words_at
from claims.review.errors import BadChangeError, QuoteDiffersError
from claims.review.quotes import WORD, difference, words_of

Changes = Mapping[str, object]
HopFields = dict[str, Any]

MARKS, MARKS_BEFORE = re.compile(r"[^\w\s]*"), re.compile(r"[^\w\s]*$")
CLOSES, OPENS = re.compile(r"[,.;:!?]?[\"”]"), re.compile(r"[\"“]$")

NEAR = 400
"""Code points around a claim in which a reviewer's words for it are looked for."""


def spans_in(value: object) -> Spans:
    """Spans as decisions write them, as spans."""
    assert isinstance(value, Sequence), "decisions write spans as lists"  # noqa: S101
    return tuple(Span(start, end) for start, end in value)


def as_lists(spans: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Spans as decisions write them."""
    return [[start, end] for start, end in spans]


def hops_in(fields: Changes) -> list[HopFields]:
    """The chain's hops, as copies."""
    chain = fields["chain"]
    assert isinstance(chain, Sequence), "decisions write a chain as a list"  # noqa: S101
    return [dict(hop) for hop in chain]


def set_source(
    fields: Changes, position: int, source: uuid.UUID | None, score: float | None = None
) -> Changes:
    """Say whose the mention at a position of the chain is; None for "nobody knows".

    Args:
        fields: The claim's fields.
        position: From 1, the voice.
        source: Who.
        score: What the program gave the candidate that was chosen, if it was one.

    Raises:
        BadChangeError: The chain has no such position.
    """
    hops = hops_in(fields)
    hop = hops[_index(hops, position)]
    chosen = None if score is None else f"chosen by a person; the program's score was {score:.2f}"
    hop |= {
        "source": str(source) if source else None,
        "link_rule": "person" if source else None,
        "link_score": 1.0 if source else None,
        "link_reason": (chosen or "said by a person") if source else None,
    }
    return {"chain": hops}


def set_words(article: str, fields: Changes, position: int, *, name: str, words: str) -> Changes:
    """Say which words are a hop's mention, cue or capacity: their place nearest to the claim.

    Args:
        article: The whole text.
        fields: The claim's fields.
        position: The hop's.
        name: `mention`, `cue` or `capacity`.
        words: As printed; empty for none.

    Raises:
        QuoteDiffersError: The article does not have them.
    """
    hops = hops_in(fields)
    hop = hops[_index(hops, position)]
    near = spans_in(fields["content"])[0].start
    hop[name] = as_lists([_nearest(article, words, near)]) if words.strip() else []
    return {"chain": hops}


def set_mode(fields: Changes, position: int, mode: Mode) -> Changes:
    """Say what a hop does with the content: says, denies, expects, asks, promises."""
    hops = hops_in(fields)
    hops[_index(hops, position)]["mode"] = mode.value
    return {"chain": hops}


def drop_hop(fields: Changes, position: int) -> Changes:
    """Take a hop out of the chain; the only one cannot go."""
    hops = hops_in(fields)
    if len(hops) == 1:
        raise BadChangeError("the chain", "its only hop cannot be taken out: say who it is instead")
    del hops[_index(hops, position)]
    return {"chain": hops}


def move_hop(fields: Changes, position: int, to: int) -> Changes:
    """Put a hop at another place of the chain."""
    hops = hops_in(fields)
    target = _index(hops, to)
    hops.insert(target, hops.pop(_index(hops, position)))
    return {"chain": hops}


def new_hop(source: uuid.UUID | None = None) -> HopFields:
    """A hop that a person puts in: nothing printed of it as yet."""
    made: HopFields = {"source": None, "mention": [], "cue": [], "capacity": [], "mode": "says"}
    made |= {"link_rule": None, "link_score": None, "link_reason": None}
    return hops_in(set_source({"chain": [made]}, 1, source))[0]


def insert_hop(fields: Changes, position: int, hop: HopFields) -> Changes:
    """Put a hop into the chain so that it stands at a position, one past the last at most."""
    hops = hops_in(fields)
    if not 1 <= position <= len(hops) + 1:
        raise BadChangeError("the chain", f"it has {len(hops)} hops, none at {position}")
    hops.insert(position - 1, hop)
    return {"chain": hops}


def set_content(article: str, spans: Iterable[tuple[int, int]]) -> Changes:
    """Say where the words stand: content, the words, and the form counted from quotation marks.

    Raises:
        BadChangeError: Nothing is left, or the spans lie outside the article.
    """
    joined = join_spans(spans)
    if not joined or joined[0].start < 0 or joined[-1].end > len(article):
        raise BadChangeError("the content", f"it must lie inside the article's {len(article)}")
    words = words_at(article, joined)
    if not words_of(words):
        raise BadChangeError("the content", "no word is left")
    return {"content": as_lists(joined), "text": words, "form": form_of(article, joined).value}


def set_form(form: Form) -> Changes:
    """Say how much of the content is quoted, where the marks do not tell."""
    return {"form": form.value}


def move_edge(
    article: str, fields: Changes, *, end: bool, words: int = 0, characters: int = 0
) -> Changes:
    """Move the beginning or end of the content by words or characters, negative to the left.

    Raises:
        BadChangeError: Nothing would be left, or the article ends there.
    """
    spans = list(spans_in(fields["content"]))
    index = -1 if end else 0
    start, stop = spans[index]
    place = stop if end else start
    place = _by_words(article, place, words, end=end) if words else place + characters
    if not 0 <= place <= len(article):
        raise BadChangeError("the content", "the article ends there")
    moved = Span(start, place) if end else Span(place, stop)
    spans[index] = _with_its_mark(article, moved, end=end) if words else moved
    spans = [span for span in spans if span.start < span.end]
    return set_content(article, spans)


def find_words(article: str, fields: Changes, words: str) -> Changes:
    """The content that has just these words, at or near where the claim stands.

    Raises:
        QuoteDiffersError: The article does not have them there; tells the difference.
    """
    near = spans_in(fields["content"])
    parts = [part for part in words.split("…") if part.strip()]
    found, place = [], max(near[0].start - NEAR, 0)
    for part in parts:
        span = _nearest(article, part, near[0].start, place)
        found.append(span)
        place = span.end
    return set_content(article, found)


def _index(hops: Sequence[object], position: int) -> int:
    if not 1 <= position <= len(hops):
        raise BadChangeError("the chain", f"it has {len(hops)} hops, none at {position}")
    return position - 1


def _by_words(article: str, place: int, words: int, *, end: bool) -> int:
    """A place moved over words, marks beside them not counted."""
    place = word_edge(article, place, end=end)
    edges = [match.end() if end else match.start() for match in WORD.finditer(article)]
    if words > 0:
        beyond = [edge for edge in edges if edge > place]
        return beyond[min(words, len(beyond)) - 1] if beyond else place
    before = [edge for edge in edges if edge < place]
    return before[max(len(before) + words, 0)] if before else place


def word_edge(article: str, place: int, *, end: bool) -> int:
    """The end of the word that ends at a place but for marks, or the beginning of the one there."""
    marks = MARKS_BEFORE.search(article, 0, place) if end else MARKS.match(article, place)
    assert marks is not None, "both match the empty text"  # noqa: S101
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


def _nearest(article: str, words: str, near: int, after: int = 0) -> Span:
    """Where words stand, spacing and the shape of marks aside, nearest to a place."""
    pattern = r"\s+".join(_loosely(word) for word in words.split())
    found = [Span(*m.span()) for m in re.finditer(pattern, article) if m.start() >= after]
    if not found:
        around = article[max(near - NEAR, 0) : near + len(words) + NEAR]
        raise QuoteDiffersError("the article", difference(words, around))
    return min(found, key=lambda span: abs(span.start - near))


def _loosely(word: str) -> str:
    escaped = re.escape(word)
    escaped = re.sub(r"[\"“”„«»]", '["“”„«»]', escaped)
    return re.sub(r"['’‘]", "['’‘]", escaped)
