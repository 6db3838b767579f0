"""The fewest keys that mark the words of a claim that was missed, for bench.review.additions."""

from collections import deque
from collections.abc import Iterator

from bench.review.keys import Truth
from claims.model.span import Span
from claims.review import edits
from claims.review.addition import blank_state
from claims.review.card import Card, PlacedReport
from claims.review.errors import BadChangeError
from claims.review.quotes import WORD
from claims.terminal import adding
from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import words_in
from claims.terminal.screen.sentences import sentence_of
from claims.terminal.state import State
from claims.terminal.words import words_to_clause

SIZE = 100, 30
"""Columns and lines of the screen that the letters have to be seen on."""


def addition_keys(card: Card, truth: Truth, claimed: list[tuple[Span, ...]]) -> list[str]:
    """`A`, then the fewest keys to the words: by letters that are seen, missed parts, and edges."""
    article = card.article
    words = [match.span() for match in WORD.finditer(article)]
    assert truth.first is not None
    assert truth.last is not None
    goal = sentence_of(article, (Span(words[truth.first][0], words[truth.last][1]),))
    home = sentence_of(article, card.state.content)
    start = adding.first_missed(article, card.state.content, claimed)
    first = start or _part_of(article, adding.neighbour(article, home, 1) or home, claimed)
    ways: dict[Span, list[str]] = {first: []}
    waiting = deque([first])
    best: list[str] | None = None
    while waiting and (best is None or len(ways[waiting[0]]) < len(best)):
        now = waiting.popleft()
        if now.start < goal.end and goal.start < now.end:
            keys = ways[now] + mark_keys(truth, now)
            best = keys if best is None or len(keys) < len(best) else best
        for key, then in (*_moves(article, now, claimed), *_letters(card, now, claimed)):
            if then is not None and then not in ways:
                ways[then] = [*ways[now], key]
                waiting.append(then)
    assert best is not None
    return ["A", *best]


def _part_of(article: str, sentence: Span, claimed: list[tuple[Span, ...]]) -> Span:
    return adding.likeliest_part(article, sentence, claimed)


def _moves(
    article: str, now: Span, claimed: list[tuple[Span, ...]]
) -> Iterator[tuple[str, Span | None]]:
    sentence = sentence_of(article, (now,))
    for key, there in (
        ("down", adding.neighbour(article, sentence, 1)),
        ("up", adding.neighbour(article, sentence, -1)),
        ("pagedown", adding.neighbour_paragraph(article, sentence, 1)),
        ("pageup", adding.neighbour_paragraph(article, sentence, -1)),
    ):
        yield key, None if there is None else _part_of(article, there, claimed)
    yield "space", adding.next_missed(article, now.start, claimed)
    yield "tab", adding.part_after(article, now)


def _letters(
    card: Card, now: Span, claimed: list[tuple[Span, ...]]
) -> Iterator[tuple[str, Span | None]]:
    """Of the letters only those that the screen shows."""
    reports = tuple(PlacedReport(one, None, (), settled=False) for one in claimed)
    state = State(ready=True, card=card, mode=InputMode.ADD, sentence=(now,), reports=reports,
                  new_name="x")  # fmt: skip
    screen = "\n".join(words_in(line) for line in draw_screen(state, DEFAULT_KEYMAP, *SIZE))
    for letter, parts in state.lettered.items():
        if f"{{{letter}}}" in screen:
            at = parts.index(now) + 1 if now in parts else 0
            yield letter, parts[at % len(parts)]


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
