"""Adding a claim that the machine missed: its sentence is chosen, or its words are typed."""

from dataclasses import replace

from claims.model.span import Span, Spans
from claims.review.addition import find_quote
from claims.review.session import ReviewSession
from claims.terminal.deciding import remember_draft, save_outcome, show_card
from claims.terminal.keys.line_editor import open_field
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.sentences import sentence_of
from claims.terminal.state import State, report, report_error


def begin(session: ReviewSession, state: State, argument: str) -> State:
    """Choose the sentence after the claim, or add a claim of the words given."""
    if argument:
        return add(session, state, argument)
    claim = sentence_of(state.current_card.article, state.spans)
    now = replace(state, mode=InputMode.ADD, sentence=(claim,))
    moved = move(session, now, "", step=1)
    return replace(moved, message=now.message) if moved.message.is_error else moved


def move(_session: ReviewSession, state: State, _argument: str, *, step: int) -> State:
    """Choose the next sentence of the article (1) or the one before (-1)."""
    article, (now,) = state.current_card.article, state.sentence
    rest = article[now.end :] if step > 0 else article[: now.start]
    if not rest.strip():
        return report_error(state, "the article ends there" if step > 0 else "it begins there")
    at = now.end + len(rest) - len(rest.lstrip()) if step > 0 else len(rest.rstrip()) - 1
    sentence = sentence_of(article, (Span(at, at + 1),))
    return report(replace(state, sentence=(sentence,)), "add this sentence, or type the words")


def begin_words(_session: ReviewSession, state: State, key: str) -> State:
    """Begin to type the words of the claim; the key is the first letter."""
    return replace(state, field=open_field("add", "words as printed (… between parts)", key))


def add(session: ReviewSession, state: State, argument: str) -> State:
    """Add a claim of the sentence or of the words, and show its card."""
    card = state.current_card
    content: Spans = find_quote(card.article, argument) if argument else state.sentence
    state = remember_draft(session, state)
    outcome = session.add(card, content)
    shown = show_card(state, session.card(outcome.claim))
    return save_outcome(replace(shown, sentence=()), outcome)
