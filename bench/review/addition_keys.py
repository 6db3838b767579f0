"""The fewest keys that mark the words of a claim that was missed, for bench.review.additions."""

from collections import deque
from collections.abc import Iterator

from bench.review.keys import Truth
from claims.model.span import Span
from claims.review import edits
from claims.review.addition import blank_state
from claims.review.card import Card
from claims.review.errors import BadChangeError
from claims.review.quotes import WORD
from claims.terminal import adding
from claims.terminal.reported_part import reported_parts
from claims.terminal.screen.sentences import sentence_of
from claims.terminal.words import words_to_clause


def addition_keys(card: Card, truth: Truth, claimed: list[tuple[Span, ...]]) -> list[str]:
    """`A`, to the sentence, to the part of it, and to its edges."""
    words = [match.span() for match in WORD.finditer(card.article)]
    assert truth.first is not None
    assert truth.last is not None
    goal = sentence_of(card.article, (Span(words[truth.first][0], words[truth.last][1]),))
    parts = list(reported_parts(card.article, goal))
    first = next((n for n, part in enumerate(parts) if (part,) not in claimed), len(parts) - 1)
    ways = [
        ["tab"] * ((n - first) % len(parts)) + mark_keys(truth, part)
        for n, part in enumerate(parts)
    ]
    return ["A", *sentence_keys(card, goal, claimed), *min(ways, key=len)]


def sentence_keys(card: Card, goal: Span, claimed: list[tuple[Span, ...]]) -> list[str]:
    """From where `A` begins to a sentence."""
    home = sentence_of(card.article, card.state.content)
    missed = adding.next_missed(card.article, home, claimed)
    start = missed or adding.neighbour(card.article, home, 1) or home
    keys: dict[int, list[str]] = {start.start: []}
    waiting = deque([start])
    while goal.start not in keys:
        now = waiting.popleft()
        for key, then in _moves(card.article, now, claimed):
            if then is not None and then.start not in keys:
                keys[then.start] = [*keys[now.start], key]
                waiting.append(then)
    return keys[goal.start]


def _moves(
    article: str, sentence: Span, claimed: list[tuple[Span, ...]]
) -> Iterator[tuple[str, Span | None]]:
    yield "down", adding.neighbour(article, sentence, 1)
    yield "up", adding.neighbour(article, sentence, -1)
    missed = adding.next_missed(article, sentence, claimed)
    yield "space", missed or adding.next_missed(article, adding.BEGINNING, claimed)
    yield "pagedown", adding.neighbour_paragraph(article, sentence, 1)
    yield "pageup", adding.neighbour_paragraph(article, sentence, -1)


def mark_keys(truth: Truth, part: Span) -> list[str]:
    """The fewest keys that move the edges of marked words: neither has to be chosen first."""
    assert truth.first is not None
    assert truth.last is not None
    at_end, marked = _one_edge(truth.article, part, truth.last, end=True)
    at_beginning, _ = _one_edge(truth.article, marked, truth.first, end=False)
    return at_end + at_beginning


def _one_edge(article: str, marked: Span, goal: int, *, end: bool) -> tuple[list[str], Span]:
    """By clauses until it is near, then by words; and what is marked then."""
    best = _by_words(article, marked, goal, end=end)
    for step in (1, -1):
        key = {(True, 1): "}", (True, -1): "{", (False, 1): "]", (False, -1): "["}[end, step]
        jumps: list[str] = []
        at = _jump(article, marked, step, end=end)
        while at is not None and len(jumps) < len(best[0]):
            jumps.append(key)
            keys, there = _by_words(article, at, goal, end=end)
            at = _jump(article, at, step, end=end)
            best = min(best, ([*jumps, *keys], there), key=lambda way: len(way[0]))
    return best


def _by_words(article: str, marked: Span, goal: int, *, end: bool) -> tuple[list[str], Span]:
    inside = [
        number
        for number, word in enumerate(WORD.finditer(article))
        if marked.start < word.end() and word.start() < marked.end
    ]
    words = goal - inside[-1 if end else 0]
    key = ("" if end else "shift+") + ("right" if words > 0 else "left")
    return [key] * abs(words), _moved(article, marked, words, end=end) or marked


def _jump(article: str, marked: Span, step: int, *, end: bool) -> Span | None:
    words = words_to_clause(article, marked.end if end else marked.start, step, end=end)
    return _moved(article, marked, words, end=end) if words else None


def _moved(article: str, marked: Span, words: int, *, end: bool) -> Span | None:
    """What is marked once an edge was moved; None if no word would be left."""
    try:
        moved = edits.move_edge(article, blank_state(article, (marked,)), end=end, words=words)
    except BadChangeError:
        return None
    return moved.content[0]
