"""Adding a claim that the machine missed: its words are marked in the article, or typed."""

from collections.abc import Sequence
from dataclasses import replace

from claims.model.claim import HopState
from claims.model.kinds import SourceKind
from claims.model.span import Span, Spans, words_at
from claims.review import edits
from claims.review.addition import blank_state, find_quote
from claims.review.candidates import MOST
from claims.review.card import Candidate
from claims.review.errors import BadChangeError
from claims.review.likely_speaker import is_description, likely_speaker
from claims.review.session import ReviewSession
from claims.sources.printed_name import RUN, is_name, printed_name
from claims.terminal.choosing import begin_speaker, make_source, paste_words
from claims.terminal.deciding import accept, remember_draft, save_outcome, show_card
from claims.terminal.editing import find_candidate, with_source
from claims.terminal.keys.table import InputMode
from claims.terminal.likely_report import ARTICLES, likely_report
from claims.terminal.reported_part import missed_parts, reported_parts
from claims.terminal.screen.sentences import paragraphs_around, paragraphs_of, sentence_of
from claims.terminal.state import State, report, report_error, with_change
from claims.terminal.words import words_to_clause
from claims.text.fold import words_of

MARKED = "the words between [[ ]] are added; a letter marks those that it stands at"

MOST_NAMED = 4
"""Names beside the words that are looked up; each costs a query."""

LEAST_NEAR = 2
"""Numbers of a full list that go to people named beside the words whom the card does not list."""


def begin(session: ReviewSession, state: State, argument: str) -> State:
    """Mark words near the claim, or add a claim of the words given.

    Marked is the likeliest part of a sentence where somebody reports and no claim stands: before
    the next claim, else after the last one, else further on.
    """
    if argument:
        return add(session, state, argument)
    card = state.current_card
    now = replace(state, mode=InputMode.ADD, search_results=())
    now = replace(now, reports=session.reports(card))
    missed = first_missed(card.article, state.spans, _claimed(now))
    if missed is not None:
        return mark(session, now, missed)
    now = replace(now, sentence=(sentence_of(card.article, state.spans),))
    moved = move(session, now, "", step=1)
    return replace(moved, message=now.message) if moved.message.is_error else moved


def first_missed(article: str, spans: Spans, claimed: Sequence[Spans]) -> Span | None:
    """Where somebody reports and no claim stands, nearest to a claim as one reads on.

    A sentence without any claim comes before one that has a claim beside the part that is missed.
    """
    here = spans[0].start
    starts = [one[0].start for one in claimed]
    ahead = min((start for start in starts if start > here), default=len(article))
    behind = max((start for start in starts if start < here), default=0)

    def place(part: Span) -> tuple[bool, bool, bool, int]:
        sentence = sentence_of(article, (part,))
        held = any(sentence.start < one[-1].end and one[0].start < sentence.end for one in claimed)
        after = here < part.start < ahead
        before = behind <= part.start < here
        return (held or not after, held or not before, not after, part.start)

    missed = missed_parts(article, tuple(claimed))
    return min((part for part in missed if part.start >= behind), key=place, default=None)


def next_missed(article: str, after: int, claimed: Sequence[Spans]) -> Span | None:
    """The next part of a sentence that is missed, after the last of them the first."""
    missed = missed_parts(article, tuple(claimed))
    return min(missed, key=lambda part: (part.start <= after, part.start), default=None)


def neighbour(article: str, sentence: Span, step: int) -> Span | None:
    """The sentence after (1) or before (-1) another; None at the end of the article."""
    rest = article[sentence.end :] if step > 0 else article[: sentence.start]
    if not rest.strip():
        return None
    at = sentence.end + len(rest) - len(rest.lstrip()) if step > 0 else len(rest.rstrip()) - 1
    return sentence_of(article, (Span(at, at + 1),))


def likeliest_part(article: str, sentence: Span, claimed: Sequence[Spans]) -> Span:
    """The part of a sentence to mark first: the likeliest that is no claim yet."""
    parts = reported_parts(article, sentence)
    return next((part for part in parts if (part,) not in claimed), parts[-1])


def part_after(article: str, marked: Span) -> Span:
    """Another part of the sentence that holds some words, at last the whole of it."""
    parts = reported_parts(article, sentence_of(article, (marked,)))
    at = parts.index(marked) + 1 if marked in parts else 0
    return parts[at % len(parts)]


def mark(session: ReviewSession, state: State, part: Span) -> State:
    """Mark words, and find who is likely to say them."""
    article = state.current_card.article
    likely = likely_report(article, sentence_of(article, (part,)), part)
    said_by = likely_speaker(article, part, likely.mention, state.reports)
    printed = words_at(article, likely.mention)
    name = ""
    if said_by is None and printed:
        name = printed_name(article, printed)
        called = [printed, without_article(printed), *([name] if is_name(article, name) else [])]
        sources = (session.named(one, state.current_card) for one in dict.fromkeys(called))
        said_by = next((one for one in sources if one is not None), None)
    new_name, new_kind = "", SourceKind.PERSON
    if said_by is None and is_name(article, name):
        new_name = name
    elif said_by is None and is_description(name):
        # As the machine keeps them: a source of this article's own, called as it is printed.
        new_name, new_kind = name, SourceKind.GROUP
    now = replace(state, sentence=(part,), said_by=said_by, new_name=new_name, new_kind=new_kind)
    listed = _listed(session, state, [without_article(printed), *names_near(article, part)])
    return report(replace(now, search_results=listed), MARKED)


def without_article(printed: str) -> str:
    """A mention as sources are named: "the Harbour Agency" is Harbour Agency."""
    first, _, rest = printed.partition(" ")
    return rest if first.lower() in ARTICLES and rest else printed


def _listed(session: ReviewSession, state: State, near: Sequence[str]) -> tuple[Candidate, ...]:
    """The candidates of the card under their numbers, then those of the names near the words."""
    card = state.current_card
    listed = {words_of(one.name) for one in card.candidates}
    names = [one for one in dict.fromkeys(near) if one and words_of(one) not in listed]
    sources = (session.named(name, card) for name in names[:MOST_NAMED])
    own = {one.source for one in card.candidates}
    added = {one.source: one for one in sources if one is not None and one.source not in own}
    first = card.candidates[: MOST - min(len(added), LEAST_NEAR)]
    return (*first, *added.values())[:MOST]


def names_near(article: str, part: Span) -> list[str]:
    """Names of two words and more that a part's sentence prints, then those of its paragraphs."""
    sentence, around = sentence_of(article, (part,)), paragraphs_around(article, (part,), 1)
    runs = [run for run in RUN.finditer(article, *around) if " " in run[0]]
    runs.sort(key=lambda run: not sentence.start <= run.start() < sentence.end)
    return list(dict.fromkeys(printed_name(article, run[0]) for run in runs))


def _claimed(state: State) -> list[Spans]:
    return [one.content for one in state.reports]


def _mark_if_there(session: ReviewSession, state: State, sentence: Span | None, step: int) -> State:
    if sentence is None:
        return report_error(state, "the article ends there" if step > 0 else "it begins there")
    part = likeliest_part(state.current_card.article, sentence, _claimed(state))
    return mark(session, state, part)


def move(session: ReviewSession, state: State, _argument: str, *, step: int) -> State:
    """Mark words of the next sentence of the article (1) or of the one before (-1)."""
    article = state.current_card.article
    sentence = neighbour(article, sentence_of(article, state.sentence), step)
    return _mark_if_there(session, state, sentence, step)


def to_missed(session: ReviewSession, state: State, _argument: str) -> State:
    """Mark what is missed next, in the order of the text; after the last of it the first."""
    card, (now,) = state.current_card, state.sentence
    missed = next_missed(card.article, now.start, _claimed(state))
    if missed is None or missed == now:
        return report_error(state, "in no other sentence somebody reports and no claim stands")
    return mark(session, state, missed)


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


def next_part(session: ReviewSession, state: State, _argument: str) -> State:
    """Mark another part of the sentence, at last the whole of it."""
    (now,) = state.sentence
    return mark(session, state, part_after(state.current_card.article, now))


def move_edge(
    session: ReviewSession, state: State, _argument: str, *, end: bool, words: int
) -> State:
    """Move the end or the beginning of the marked words by words, negative to the left."""
    article = state.current_card.article
    now = blank_state(article, state.sentence)
    try:
        moved = edits.move_edge(article, now, end=end, words=words)
    except BadChangeError:
        return report_error(state, "no word would be left, or the article ends there")
    return mark(session, state, moved.content[0])


def to_clause(
    session: ReviewSession, state: State, _argument: str, *, end: bool, step: int
) -> State:
    """Move the beginning or the end of the marked words to that of the next clause."""
    article, (marked,) = state.current_card.article, state.sentence
    words = words_to_clause(article, marked.end if end else marked.start, step, end=end)
    if words == 0:
        return report_error(state, "the article ends there" if step > 0 else "it begins there")
    return move_edge(session, state, "", end=end, words=words)


def to_letter(session: ReviewSession, state: State, letter: str) -> State:
    """Mark the words that begin where a letter stands; the same letter again, to another end."""
    parts = state.lettered.get(letter[:1], ())
    if not parts:
        return report_error(state, f"{letter[:1]} stands nowhere in the article")
    (now,) = state.sentence
    at = parts.index(now) + 1 if now in parts else 0
    return mark(session, state, parts[at % len(parts)])


def begin_words(session: ReviewSession, state: State, argument: str) -> State:
    """Begin to type the words of the claim, or use those given."""
    return add(session, state, argument) if argument else paste_words(state)


def add_then_speaker(session: ReviewSession, state: State, argument: str) -> State:
    """Add a claim of the marked words, and ask who said them, to accept it."""
    return begin_speaker(session, add(session, state, ""), argument, then_accept=True)


def add(session: ReviewSession, state: State, argument: str) -> State:
    """Add a claim of the marked words or of those typed, and show its card."""
    card = state.current_card
    content: Spans = find_quote(card.article, argument) if argument else state.sentence
    state = remember_draft(session, state)
    outcome = session.add(card, content, _voice(card.article, content))
    shown = show_card(state, session.card(outcome.claim))
    return save_outcome(replace(shown, sentence=(), reports=()), outcome)


def _voice(article: str, content: Spans) -> HopState:
    """What the words around a claim say of its speaker."""
    whole = Span(content[0].start, content[-1].end)
    likely = likely_report(article, sentence_of(article, content), whole)
    return HopState(mention=likely.mention, cue=likely.cue, mode=likely.mode)


def add_said_by(session: ReviewSession, state: State, argument: str) -> State:
    """Add a claim of the marked words, said by a candidate, and accept it."""
    candidate = find_candidate(state, argument)
    if candidate is None:
        return report_error(state, f"no candidate has the number {argument}")
    return _add_said_by(session, state, candidate)


def add_said_by_likely(session: ReviewSession, state: State, _argument: str) -> State:
    """Add a claim of the marked words, said by whom they are likely to be said by; accept it."""
    if state.said_by is None:
        return report_error(state, "nobody known is named beside the words; a number says who")
    return _add_said_by(session, state, state.said_by)


def add_said_by_new(session: ReviewSession, state: State, _argument: str) -> State:
    """Add a claim of the marked words, said by whom they name and no source is; accept it."""
    if not state.new_name:
        return report_error(state, "nobody new is named beside the words; a number says who")
    return _add_said_by(session, state, make_source(session, state.new_kind, state.new_name))


def _add_said_by(session: ReviewSession, state: State, candidate: Candidate) -> State:
    now = with_source(add(session, state, ""), candidate)
    claim = edits.set_source(now.claim, 1, candidate.source, candidate.score)
    return accept(session, with_change(now, claim), "")
