"""Adding a claim that the machine missed: its words are marked in the article, or typed."""

from collections.abc import Sequence
from dataclasses import replace

from claims.model.span import Span, Spans
from claims.review import edits
from claims.review.addition import blank_state, find_quote
from claims.review.errors import BadChangeError
from claims.review.session import ReviewSession
from claims.terminal.deciding import accept, remember_draft, save_outcome, show_card
from claims.terminal.editing import find_candidate, with_source
from claims.terminal.keys.line_editor import open_field
from claims.terminal.keys.table import InputMode
from claims.terminal.reported_part import reported_parts
from claims.terminal.screen.sentences import paragraphs_of, sentence_of
from claims.terminal.state import State, report, report_error, with_change
from claims.terminal.words import words_to_clause

BEGINNING = Span(0, 0)
MARKED = "the words between [[ ]] are added; or type other words"


def begin(session: ReviewSession, state: State, argument: str) -> State:
    """Mark words after the claim, or add a claim of the words given.

    Marked is what is reported in the next sentence where somebody reports and no claim stands.
    """
    if argument:
        return add(session, state, argument)
    article = state.current_card.article
    home = sentence_of(article, state.spans)
    now = replace(state, mode=InputMode.ADD, sentence=(home,), search_results=())
    claimed = session.claimed(state.current_card)
    missed = next_missed(article, home, claimed)
    if missed is not None:
        return _mark(now, missed, claimed)
    moved = move(session, now, "", step=1)
    return replace(moved, message=now.message) if moved.message.is_error else moved


def next_missed(article: str, sentence: Span, claimed: Sequence[Spans]) -> Span | None:
    """The next sentence in which somebody reports and no claim stands; None if there is none."""
    while (following := neighbour(article, sentence, 1)) is not None:
        sentence = following
        held = any(a < sentence.end and sentence.start < b for one in claimed for a, b in one)
        if not held and len(reported_parts(article, sentence)) > 1:
            return sentence
    return None


def neighbour(article: str, sentence: Span, step: int) -> Span | None:
    """The sentence after (1) or before (-1) another; None at the end of the article."""
    rest = article[sentence.end :] if step > 0 else article[: sentence.start]
    if not rest.strip():
        return None
    at = sentence.end + len(rest) - len(rest.lstrip()) if step > 0 else len(rest.rstrip()) - 1
    return sentence_of(article, (Span(at, at + 1),))


def _mark(state: State, sentence: Span, claimed: Sequence[Spans]) -> State:
    parts = reported_parts(state.current_card.article, sentence)
    missed = next((part for part in parts if (part,) not in claimed), parts[-1])
    return report(replace(state, sentence=(missed,)), MARKED)


def _mark_if_there(session: ReviewSession, state: State, sentence: Span | None, step: int) -> State:
    if sentence is None:
        return report_error(state, "the article ends there" if step > 0 else "it begins there")
    return _mark(state, sentence, session.claimed(state.current_card))


def move(session: ReviewSession, state: State, _argument: str, *, step: int) -> State:
    """Mark words of the next sentence of the article (1) or of the one before (-1)."""
    article = state.current_card.article
    sentence = neighbour(article, sentence_of(article, state.sentence), step)
    return _mark_if_there(session, state, sentence, step)


def to_missed(session: ReviewSession, state: State, _argument: str) -> State:
    """Mark words of the next sentence with a report and no claim; after the last, of the first."""
    article, claimed = state.current_card.article, session.claimed(state.current_card)
    now = sentence_of(article, state.sentence)
    missed = next_missed(article, now, claimed) or next_missed(article, BEGINNING, claimed)
    if missed is None or missed == now:
        return report_error(state, "in no other sentence somebody reports and no claim stands")
    return _mark(state, missed, claimed)


def move_paragraph(session: ReviewSession, state: State, _argument: str, *, step: int) -> State:
    """Mark words of the first sentence of the next paragraph (1), or of this or the last (-1)."""
    article = state.current_card.article
    sentence = neighbour_paragraph(article, sentence_of(article, state.sentence), step)
    return _mark_if_there(session, state, sentence, step)


def neighbour_paragraph(article: str, sentence: Span, step: int) -> Span | None:
    """The first sentence of the paragraph after a sentence (1), or before it (-1)."""
    starts = [paragraph.start for paragraph in paragraphs_of(article)]
    beyond = [start for start in starts if (start - sentence.start) * step > 0]
    start = min(beyond, key=lambda one: abs(one - sentence.start), default=None)
    return None if start is None else sentence_of(article, (Span(start, start + 1),))


def next_part(_session: ReviewSession, state: State, _argument: str) -> State:
    """Mark another part of the sentence, at last the whole of it."""
    article, (now,) = state.current_card.article, state.sentence
    parts = reported_parts(article, sentence_of(article, state.sentence))
    at = parts.index(now) + 1 if now in parts else 0
    return report(replace(state, sentence=(parts[at % len(parts)],)), MARKED)


def move_edge(
    _session: ReviewSession, state: State, _argument: str, *, end: bool, words: int
) -> State:
    """Move the end or the beginning of the marked words by words, negative to the left."""
    article = state.current_card.article
    now = blank_state(article, state.sentence)
    try:
        moved = edits.move_edge(article, now, end=end, words=words)
    except BadChangeError:
        return report_error(state, "no word would be left, or the article ends there")
    return report(replace(state, sentence=moved.content), MARKED)


def to_clause(
    session: ReviewSession, state: State, _argument: str, *, end: bool, step: int
) -> State:
    """Move the beginning or the end of the marked words to that of the next clause."""
    article, (marked,) = state.current_card.article, state.sentence
    words = words_to_clause(article, marked.end if end else marked.start, step, end=end)
    if words == 0:
        return report_error(state, "the article ends there" if step > 0 else "it begins there")
    return move_edge(session, state, "", end=end, words=words)


def begin_words(_session: ReviewSession, state: State, key: str) -> State:
    """Begin to type the words of the claim; the key is the first letter."""
    return replace(state, field=open_field("add", "words as printed (… between parts)", key))


def add(session: ReviewSession, state: State, argument: str) -> State:
    """Add a claim of the marked words or of those typed, and show its card."""
    card = state.current_card
    content: Spans = find_quote(card.article, argument) if argument else state.sentence
    state = remember_draft(session, state)
    outcome = session.add(card, content)
    shown = show_card(state, session.card(outcome.claim))
    return save_outcome(replace(shown, sentence=()), outcome)


def add_said_by(session: ReviewSession, state: State, argument: str) -> State:
    """Add a claim of the marked words, said by a candidate, and accept it."""
    candidate = find_candidate(state, argument)
    if candidate is None:
        return report_error(state, f"no candidate has the number {argument}")
    now = with_source(add(session, state, ""), candidate)
    claim = edits.set_source(now.claim, 1, candidate.source, candidate.score)
    return accept(session, with_change(now, claim), "")
