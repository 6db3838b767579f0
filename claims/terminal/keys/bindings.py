"""What each key does in each place: acts by their names, and the keys that no keymap changes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from claims.review.session import ReviewSession
from claims.terminal import deciding, editing, navigation
from claims.terminal.keys.line_editor import opened
from claims.terminal.keys.table import ACTS, InputMode
from claims.terminal.state import Message, State, refused

Do = Callable[[ReviewSession, State, str], State]


def _pure(change: Callable[..., State], **stated: object) -> Do:
    """An act that needs no sitting."""
    return lambda _sitting, state, argument: change(state, argument, **stated)


def begin_speaker(
    sitting: ReviewSession, state: State, argument: str, *, then: bool = False
) -> State:
    """Who said it: ask for a number or a name, or take the one given."""
    place = InputMode.SPEAKER_THEN if then else InputMode.SPEAKER
    now = replace(state, place=place, told=Message(""))
    return choose(sitting, now, argument) if argument else replace(now, found=())


def choose(sitting: ReviewSession, state: State, argument: str) -> State:
    """Take a candidate by its number, or find others by name."""
    if not argument.isdecimal() or len(argument) > 1:
        return search(sitting, state, argument)
    if state.place is InputMode.SPEAKER_THEN:
        return deciding.speaker_then(sitting, state, argument)
    if state.place is InputMode.SOURCE:
        insert = state.pending == "insert"
        pick = editing.insert_hop if insert else partial(editing.pick, position=state.hop)
        picked = pick(state, argument)
        return picked if picked.told.bad else replace(picked, place=InputMode.CHAIN, found=())
    picked = editing.pick(state, argument, position=1)
    return picked if picked.told.bad else replace(picked, place=InputMode.CARD, found=())


def search(sitting: ReviewSession, state: State, argument: str) -> State:
    """Find sources by name, to choose from by number."""
    found = tuple(sitting.search_sources(argument.strip()))
    if not found:
        return refused(
            state, f"no source has {argument!r} in a name; `claims sources add` adds one"
        )
    return replace(state, found=found, told=Message(f"{len(found)} found; choose by number"))


def begin_chain(_sitting: ReviewSession, state: State, argument: str) -> State:
    """Take the chain in hand, at a hop if one is given."""
    now = replace(state, place=InputMode.CHAIN, hop=min(2, len(state.hops)), told=Message(""))
    return to_hop(now, argument) if argument.isdecimal() else now


def to_hop(state: State, key: str) -> State:
    """Take a hop in hand by the number it is marked with; 0 is the speaker."""
    position = int(key) + 1
    if position > len(state.hops):
        return refused(state, f"the chain has no hop {key}")
    return replace(state, hop=position, told=Message(""))


def begin_source(
    sitting: ReviewSession, state: State, argument: str, *, pending: str = ""
) -> State:
    """Who a hop is: ask for a number or a name, or take the one given."""
    now = replace(state, place=InputMode.SOURCE, pending=pending, found=(), told=Message(""))
    return choose(sitting, now, argument) if argument else now


def begin_split(_sitting: ReviewSession, state: State, argument: str) -> State:
    """Choose where a claim is to be parted."""
    return editing.begin_cut(state, argument)


def begin_article(_sitting: ReviewSession, state: State, _argument: str) -> State:
    """The whole article; the screen scrolls to the claim."""
    return replace(state, place=InputMode.ARTICLE, at=-1, told=Message(""))


BY_NAME: dict[str, Do] = {
    "accept": deciding.accept,
    "reject": deciding.reject,
    "reject-because": deciding.reject_because,
    "later": deciding.later,
    "undo": deciding.undo,
    "redo": deciding.redo,
    "speaker": begin_speaker,
    "speaker-accept": partial(begin_speaker, then=True),
    "same": deciding.same,
    "chain": begin_chain,
    "word-left": _pure(editing.move_edge, words=-1),
    "word-right": _pure(editing.move_edge, words=1),
    "letter-left": _pure(editing.move_edge, characters=-1),
    "letter-right": _pure(editing.move_edge, characters=1),
    "begin-earlier": _pure(editing.to_clause, end=False, step=-1),
    "begin-later": _pure(editing.to_clause, end=False, step=1),
    "end-earlier": _pure(editing.to_clause, end=True, step=-1),
    "end-later": _pure(editing.to_clause, end=True, step=1),
    "other-edge": _pure(editing.other_edge),
    "form": _pure(editing.next_form),
    "wording": _pure(editing.set_wording),
    "wording-editor": navigation.start_editor,
    "statement": _pure(editing.set_statement),
    "split": begin_split,
    "merge": deciding.merge,
    "second-reader": deciding.second_reader,
    "note": deciding.note,
    "next": navigation.next_card,
    "previous": navigation.previous,
    "goto": navigation.goto,
    "filter": navigation.begin_filter,
    "copy": navigation.copy,
    "context": navigation.next_extent,
    "article": begin_article,
    "open": navigation.open_address,
    "mark": navigation.mark,
    "help": navigation.show_help,
    "quit": navigation.leave,
    "hop-source": begin_source,
    "hop-cue": _pure(editing.set_hop_words, name="cue"),
    "hop-mention": _pure(editing.set_hop_words, name="mention"),
    "hop-mode": _pure(editing.next_mode),
    "hop-drop": _pure(editing.drop_hop),
    "hop-insert": partial(begin_source, pending="insert"),
    "hop-inward": _pure(editing.move_hop, step=-1),
    "hop-outward": _pure(editing.move_hop, step=1),
    "marked-accept": partial(navigation.begin_all, action="accept"),
    "marked-reject": partial(navigation.begin_all, action="reject"),
    "unmark": navigation.unmark,
    "marked-next": navigation.marked_next,
}
"""What each act of `claims.terminal.keys.table` does."""


def fixed(sitting: ReviewSession, state: State, key: str) -> State:
    """What a key that no keymap changes does in a place."""
    if key == "esc":
        return _back(state)
    act = _FIXED.get(state.place)
    made = act(sitting, state, key) if act else None
    return made if made is not None else refused(state, f"{key} does nothing here")


def _back(state: State) -> State:
    if state.place is InputMode.CARD and state.steps:
        steps = state.steps[:-1]
        dropped = replace(state, steps=steps, hop=1)
        return replace(dropped, told=Message("last change dropped"))
    home = InputMode.CHAIN if state.place is InputMode.SOURCE else InputMode.CARD
    return replace(state, place=home, found=(), pending="", told=Message(""))


def _reason(sitting: ReviewSession, state: State, key: str) -> State | None:
    if not key.isdecimal():
        return None
    now = deciding.reject_because(sitting, state, key)
    return now if now.told.bad else replace(now, place=InputMode.CARD)


def _choose(sitting: ReviewSession, state: State, key: str) -> State | None:
    if len(key) != 1:
        return None
    if key.isdecimal():
        return choose(sitting, state, key)
    return replace(state, field=opened("search", "name", key), told=Message(""))


def _chain(_sitting: ReviewSession, state: State, key: str) -> State | None:
    if key == "enter":
        return _back(state)
    return to_hop(state, key) if key.isdecimal() else None


def _split(sitting: ReviewSession, state: State, key: str) -> State | None:
    if key == "enter":
        return deciding.split(sitting, state, "")
    return editing.move_cut(state, key) if key in {"left", "right"} else None


def _merge(sitting: ReviewSession, state: State, key: str) -> State | None:
    return deciding.merge(sitting, state, key) if key in {"n", "p"} else None


def _sure(sitting: ReviewSession, state: State, key: str) -> State | None:
    return deciding.decide_all(sitting, state, "") if key == "Y" else None


_FIXED: dict[InputMode, Callable[[ReviewSession, State, str], State | None]] = {
    InputMode.REASON: _reason,
    InputMode.SPEAKER: _choose,
    InputMode.SPEAKER_THEN: _choose,
    InputMode.SOURCE: _choose,
    InputMode.CHAIN: _chain,
    InputMode.SPLIT: _split,
    InputMode.MERGE: _merge,
    InputMode.SURE: _sure,
}


def decides(state: State, name: str | None, key: str) -> bool:
    """Whether a key that is no act of a keymap, or is the one named, writes to the ledger."""
    if name is not None:
        return any(act.name == name and act.decides for act in ACTS)
    digit = len(key) == 1 and key.isdecimal()
    return {
        InputMode.REASON: digit and key != "7",
        InputMode.SPEAKER_THEN: digit,
        InputMode.SPLIT: key == "enter",
        InputMode.MERGE: key in {"n", "p"},
        InputMode.SURE: key == "Y",
    }.get(state.place, False)


def submitted(sitting: ReviewSession, state: State) -> State:
    """What comes of a line that was typed to its end."""
    assert state.field is not None, "a line was typed"  # noqa: S101
    name, text = state.field.act, state.field.text.strip()
    closed = replace(state, field=None, told=Message(""))
    if name == "filter":
        return navigation.set_filter(sitting, closed, text)
    if not text:
        return closed
    if name == "search":
        return choose(sitting, closed, text)
    if name == "reject-because":
        return deciding.reject_because(sitting, closed, f"7 {text}")
    return BY_NAME[name](sitting, closed, text)
