"""Choosing a source, a hop or a reason: by its number, or a source by its name."""

from dataclasses import replace
from functools import partial

from claims.model.kinds import SourceKind
from claims.model.span import words_at
from claims.review.card import Candidate
from claims.review.session import ReviewSession
from claims.sources.edit import add_source
from claims.sources.printed_name import printed_name
from claims.terminal import deciding, editing
from claims.terminal.keys.line_editor import open_field
from claims.terminal.keys.table import KINDS, InputMode
from claims.terminal.state import Message, State, report, report_error

PERSON = "1"
"""The number of the kind that most new sources have."""


def begin_speaker(
    session: ReviewSession, state: State, argument: str, *, then_accept: bool = False
) -> State:
    """Who said it: ask for a number or a name, or use the one given."""
    mode = InputMode.SPEAKER_THEN if then_accept else InputMode.SPEAKER
    now = replace(state, mode=mode, message=Message(""))
    now = replace(now, search_results=(), searched="")
    return choose(session, now, argument) if argument else now


def choose(session: ReviewSession, state: State, argument: str) -> State:
    """Use a candidate by its number, or search for others by name."""
    if argument in {"+", "*"}:
        return (begin_new if argument == "+" else add_person)(session, state, argument)
    if not argument.isdecimal() or len(argument) > 1:
        return search(session, state, argument)
    if state.mode is InputMode.SPEAKER_THEN:
        return deciding.speaker_then(session, state, argument)
    if state.mode is InputMode.SOURCE:
        insert = state.pending_action == "insert"
        pick = editing.insert_hop if insert else partial(editing.pick, position=state.hop)
        home, now = InputMode.CHAIN, pick(state, argument)
    else:
        home, now = InputMode.CARD, editing.pick(state, argument, position=1)
    return now if now.message.is_error else replace(now, mode=home, search_results=())


def search(session: ReviewSession, state: State, argument: str) -> State:
    """Search for sources by name, to choose from by number."""
    name = " ".join(argument.split())
    candidates = session.search_sources(name, state.current_card)
    now = replace(state, searched=name)
    if not candidates:
        return begin_new(session, now, "")
    text = f"{len(candidates)} found; choose by number, * adds {name} as a new person, + as another"
    return report(replace(now, search_results=candidates), text)


def begin_new(_session: ReviewSession, state: State, _argument: str) -> State:
    """Offer to add the source that was searched for, or else the one that the article names."""
    card, name = state.current_card, state.searched
    if not name and state.mode is not InputMode.SOURCE:
        name = printed_name(card.article, words_at(card.article, state.hops[0].mention))
    if not name:
        return report_error(state, "type the name first")
    text = f"no source is chosen for {name}; * adds a person, a number another kind"
    now = replace(state, mode=InputMode.NEW_SOURCE, choosing=state.mode, searched=name)
    return report(now, text)


def add_person(session: ReviewSession, state: State, argument: str) -> State:
    """Add the person who was searched for, or whom the article names, and choose them."""
    if state.mode is InputMode.NEW_SOURCE:
        return make_new(session, state, PERSON)
    asked = begin_new(session, state, argument)
    return asked if asked.message.is_error else make_new(session, asked, PERSON)


def make_new(session: ReviewSession, state: State, argument: str) -> State:
    """Add the source, and choose it."""
    added = make_source(session, SourceKind(KINDS[int(argument[:1]) - 1]), state.searched)
    now = replace(state, mode=state.choosing, search_results=(added,))
    return choose(session, now, "1")


def make_source(session: ReviewSession, kind: SourceKind, name: str) -> Candidate:
    """Add a source of a kind, as a candidate to choose."""
    with session.database.writer() as writer:
        source = add_source(writer, kind, name, session.sign())
    return Candidate(source, name, kind.value, None, None, None, "new")


def accept_new(session: ReviewSession, state: State, _argument: str) -> State:
    """Accept, said by the person whom the words name and no source is; the person is added."""
    card, voice = state.current_card, state.hops[0]
    if voice.source is not None:
        return report_error(state, f"its speaker is {voice.name}: S and * add another person")
    name = state.unknown_name
    if not name:
        return report_error(state, "its words name nobody: S and a name, then *")
    namesake = session.named(name, card)
    if namesake is not None:
        return report_error(state, f"{namesake.name} is known: S and {name} choose them")
    now = replace(state, mode=InputMode.SPEAKER_THEN, searched=name, message=Message(""))
    return add_person(session, now, "*")


def begin_search(_session: ReviewSession, state: State, key: str) -> State:
    """Begin to type a name; the key is its first letter."""
    return replace(state, field=open_field("search", "name", key), message=Message(""))


def paste_words(state: State) -> State:
    """The state with an empty line for the words of a claim that is added."""
    return replace(state, field=open_field("add", "words as printed (… between parts)"))


def open_for_paste(state: State) -> State:
    """The state with an empty line for a name or for words, if such are asked for."""
    if state.mode is InputMode.ADD:
        return paste_words(state)
    asked = state.mode in NAMING
    return replace(state, field=open_field("search", "name")) if asked else state


NAMING = frozenset({InputMode.SPEAKER, InputMode.SPEAKER_THEN, InputMode.SOURCE})
"""Where letters begin a name to search for."""


def begin_chain(_session: ReviewSession, state: State, argument: str) -> State:
    """Change the chain, at a hop if one is given."""
    hop = min(2, len(state.hops))
    now = replace(state, mode=InputMode.CHAIN, hop=hop, message=Message(""))
    return to_hop(_session, now, argument) if argument.isdecimal() else now


def to_hop(_session: ReviewSession, state: State, key: str) -> State:
    """Select a hop by the number it is marked with; 0 is the speaker."""
    number = key.partition(" ")[0]
    position = int(number) + 1
    if position > len(state.hops):
        return report_error(state, f"the chain has no hop {number}")
    return replace(state, hop=position, message=Message(""))


def begin_source(
    session: ReviewSession, state: State, argument: str, *, pending_action: str = ""
) -> State:
    """Who a hop is: ask for a number or a name, or use the one given."""
    now = replace(
        state,
        mode=InputMode.SOURCE,
        pending_action=pending_action,
        search_results=(),
        searched="",
        message=Message(""),
    )
    return choose(session, now, argument) if argument else now


def choose_reason(session: ReviewSession, state: State, argument: str) -> State:
    """Reject for the reason with a number; the last one takes words."""
    now = deciding.reject_because(session, state, argument)
    return now if now.message.is_error else replace(now, mode=InputMode.CARD)


def back(_session: ReviewSession, state: State, _argument: str) -> State:
    """Leave a mode, nothing done."""
    home = InputMode.CHAIN if state.mode is InputMode.SOURCE else InputMode.CARD
    if state.mode is InputMode.NEW_SOURCE:
        return replace(state, mode=state.choosing, message=Message(""))
    return replace(state, mode=home, search_results=(), pending_action="", message=Message(""))


def drop_change(session: ReviewSession, state: State, argument: str) -> State:
    """Drop the last change on the card."""
    if not state.steps:
        return back(session, state, argument)
    return replace(state, steps=state.steps[:-1], hop=1, message=Message("last change dropped"))
