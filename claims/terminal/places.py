"""What each key does in each place: acts by their names, and the keys that no keymap changes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from claims.review.sitting import Sitting
from claims.terminal import changing, deciding, moving
from claims.terminal.acts import ACTS, Place
from claims.terminal.line_editor import opened
from claims.terminal.state import State, Told, refused

Do = Callable[[Sitting, State, str], State]


def _pure(change: Callable[..., State], **stated: object) -> Do:
    """An act that needs no sitting."""
    return lambda _sitting, state, argument: change(state, argument, **stated)


def begin_speaker(sitting: Sitting, state: State, argument: str, *, then: bool = False) -> State:
    """Who said it: ask for a number or a name, or take the one given."""
    place = Place.SPEAKER_THEN if then else Place.SPEAKER
    now = replace(state, place=place, told=Told(""))
    return choose(sitting, now, argument) if argument else replace(now, found=())


def choose(sitting: Sitting, state: State, argument: str) -> State:
    """Take a candidate by its number, or find others by name."""
    if not argument.isdecimal() or len(argument) > 1:
        return search(sitting, state, argument)
    if state.place is Place.SPEAKER_THEN:
        return deciding.speaker_then(sitting, state, argument)
    if state.place is Place.SOURCE:
        insert = state.pending == "insert"
        pick = changing.insert_hop if insert else partial(changing.pick, position=state.hop)
        picked = pick(state, argument)
        return picked if picked.told.bad else replace(picked, place=Place.CHAIN, found=())
    picked = changing.pick(state, argument, position=1)
    return picked if picked.told.bad else replace(picked, place=Place.CARD, found=())


def search(sitting: Sitting, state: State, argument: str) -> State:
    """Find sources by name, to choose from by number."""
    found = tuple(sitting.search_sources(argument.strip()))
    if not found:
        return refused(
            state, f"no source has {argument!r} in a name; `claims sources add` adds one"
        )
    return replace(state, found=found, told=Told(f"{len(found)} found; choose by number"))


def begin_chain(_sitting: Sitting, state: State, argument: str) -> State:
    """Take the chain in hand, at a hop if one is given."""
    now = replace(state, place=Place.CHAIN, hop=min(2, len(state.hops)), told=Told(""))
    return to_hop(now, argument) if argument.isdecimal() else now


def to_hop(state: State, key: str) -> State:
    """Take a hop in hand by the number it is marked with; 0 is the speaker."""
    position = int(key) + 1
    if position > len(state.hops):
        return refused(state, f"the chain has no hop {key}")
    return replace(state, hop=position, told=Told(""))


def begin_source(sitting: Sitting, state: State, argument: str, *, pending: str = "") -> State:
    """Who a hop is: ask for a number or a name, or take the one given."""
    now = replace(state, place=Place.SOURCE, pending=pending, found=(), told=Told(""))
    return choose(sitting, now, argument) if argument else now


def begin_split(_sitting: Sitting, state: State, argument: str) -> State:
    """Choose where a claim is to be parted."""
    return changing.begin_cut(state, argument)


def begin_article(_sitting: Sitting, state: State, _argument: str) -> State:
    """The whole article; the screen scrolls to the claim."""
    return replace(state, place=Place.ARTICLE, at=-1, told=Told(""))


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
    "word-left": _pure(changing.move_edge, words=-1),
    "word-right": _pure(changing.move_edge, words=1),
    "letter-left": _pure(changing.move_edge, characters=-1),
    "letter-right": _pure(changing.move_edge, characters=1),
    "begin-earlier": _pure(changing.to_clause, end=False, step=-1),
    "begin-later": _pure(changing.to_clause, end=False, step=1),
    "end-earlier": _pure(changing.to_clause, end=True, step=-1),
    "end-later": _pure(changing.to_clause, end=True, step=1),
    "other-edge": _pure(changing.other_edge),
    "form": _pure(changing.next_form),
    "wording": _pure(changing.set_wording),
    "wording-editor": moving.start_editor,
    "statement": _pure(changing.set_statement),
    "split": begin_split,
    "merge": deciding.merge,
    "second-reader": deciding.second_reader,
    "note": deciding.note,
    "next": moving.next_card,
    "previous": moving.previous,
    "goto": moving.goto,
    "filter": moving.begin_filter,
    "copy": moving.copy,
    "context": moving.next_extent,
    "article": begin_article,
    "open": moving.open_address,
    "mark": moving.mark,
    "help": moving.show_help,
    "quit": moving.leave,
    "hop-source": begin_source,
    "hop-cue": _pure(changing.set_hop_words, name="cue"),
    "hop-mention": _pure(changing.set_hop_words, name="mention"),
    "hop-mode": _pure(changing.next_mode),
    "hop-drop": _pure(changing.drop_hop),
    "hop-insert": partial(begin_source, pending="insert"),
    "hop-inward": _pure(changing.move_hop, step=-1),
    "hop-outward": _pure(changing.move_hop, step=1),
    "marked-accept": partial(moving.begin_all, action="accept"),
    "marked-reject": partial(moving.begin_all, action="reject"),
    "unmark": moving.unmark,
    "marked-next": moving.marked_next,
}
"""What each act of `claims.terminal.acts` does."""


def fixed(sitting: Sitting, state: State, key: str) -> State:
    """What a key that no keymap changes does in a place."""
    if key == "esc":
        return _back(state)
    act = _FIXED.get(state.place)
    made = act(sitting, state, key) if act else None
    return made if made is not None else refused(state, f"{key} does nothing here")


def _back(state: State) -> State:
    if state.place is Place.CARD and state.steps:
        steps = state.steps[:-1]
        dropped = replace(state, steps=steps, hop=1)
        return replace(dropped, told=Told("last change dropped"))
    home = Place.CHAIN if state.place is Place.SOURCE else Place.CARD
    return replace(state, place=home, found=(), pending="", told=Told(""))


def _reason(sitting: Sitting, state: State, key: str) -> State | None:
    if not key.isdecimal():
        return None
    now = deciding.reject_because(sitting, state, key)
    return now if now.told.bad else replace(now, place=Place.CARD)


def _choose(sitting: Sitting, state: State, key: str) -> State | None:
    if len(key) != 1:
        return None
    if key.isdecimal():
        return choose(sitting, state, key)
    return replace(state, field=opened("search", "name", key), told=Told(""))


def _chain(_sitting: Sitting, state: State, key: str) -> State | None:
    if key == "enter":
        return _back(state)
    return to_hop(state, key) if key.isdecimal() else None


def _split(sitting: Sitting, state: State, key: str) -> State | None:
    if key == "enter":
        return deciding.split(sitting, state, "")
    return changing.move_cut(state, key) if key in {"left", "right"} else None


def _merge(sitting: Sitting, state: State, key: str) -> State | None:
    return deciding.merge(sitting, state, key) if key in {"n", "p"} else None


def _sure(sitting: Sitting, state: State, key: str) -> State | None:
    return deciding.decide_all(sitting, state, "") if key == "Y" else None


_FIXED: dict[Place, Callable[[Sitting, State, str], State | None]] = {
    Place.REASON: _reason,
    Place.SPEAKER: _choose,
    Place.SPEAKER_THEN: _choose,
    Place.SOURCE: _choose,
    Place.CHAIN: _chain,
    Place.SPLIT: _split,
    Place.MERGE: _merge,
    Place.SURE: _sure,
}


def decides(state: State, name: str | None, key: str) -> bool:
    """Whether a key that is no act of a keymap, or is the one named, writes to the ledger."""
    if name is not None:
        return any(act.name == name and act.decides for act in ACTS)
    digit = len(key) == 1 and key.isdecimal()
    return {
        Place.REASON: digit and key != "7",
        Place.SPEAKER_THEN: digit,
        Place.SPLIT: key == "enter",
        Place.MERGE: key in {"n", "p"},
        Place.SURE: key == "Y",
    }.get(state.place, False)


def submitted(sitting: Sitting, state: State) -> State:
    """What comes of a line that was typed to its end."""
    assert state.field is not None, "a line was typed"  # noqa: S101
    name, text = state.field.act, state.field.text.strip()
    closed = replace(state, field=None, told=Told(""))
    if name == "filter":
        return moving.set_filter(sitting, closed, text)
    if not text:
        return closed
    if name == "search":
        return choose(sitting, closed, text)
    if name == "reject-because":
        return deciding.reject_because(sitting, closed, f"7 {text}")
    return BY_NAME[name](sitting, closed, text)
