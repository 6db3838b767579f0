"""The queue without a screen: labelled lines and a prompt, for pipes and screen readers."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TextIO

from claims.terminal.controller import ReviewController
from claims.terminal.keys.table import ACTS, FIXED, REASONS, InputMode
from claims.terminal.screen.article import Extent, draw_article, draw_context
from claims.terminal.screen.card_lines import rows_of
from claims.terminal.screen.footer import help_lines
from claims.terminal.screen.panels import draw_panel
from claims.terminal.screen.segments import Line, words_in
from claims.terminal.state import State
from claims.text.display import visible

WIDTH = 100_000
"""No line is broken: a reader for the blind does that better."""

Read = Callable[[str], str | None]
"""Asks with a prompt for a line; None at the end of input."""


def run_plain(
    seat: ReviewController, read: Read, write: Callable[[str], None], *, guarded: bool
) -> int:
    """Work until the reviewer quits or the input ends.

    Args:
        seat: What is shown and asked.
        read: Where lines come from.
        write: Where they go.
        guarded: Whether a person types, whose keys may be meant for another window.
    """
    seat.listed = 0
    seat.start(time.monotonic())
    shown: State | None = None
    while seat.state.wish is None or seat.state.wish.what != "quit":
        for line in described(seat, shown):
            write(line)
        shown = seat.state
        seat.painted(time.monotonic())
        given = read(prompt(seat))
        if given is None:
            break
        take(seat, given, guarded=guarded)
        for line in afterwards(seat):
            write(line)
    seat.close()
    return 0


def take(seat: ReviewController, given: str, *, guarded: bool) -> None:
    """Do what one line says: a key or an act's name, and what belongs to it."""
    at = time.monotonic()
    seat.state = replace(seat.state, wish=None)
    if seat.state.field is not None:
        seat.submit(given, at)
        return
    head, rest = parsed(seat, given)
    if not head:
        return
    before = seat.state.place
    act = seat.keymap.act_for(before, head)
    nested = act is not None and act.name == "chain" and " " in rest
    first, _, more = rest.partition(" ")
    if act is not None and act.name == "filter" and rest:
        seat.press(head, at, guarded=guarded)
        seat.submit(rest, at)
    else:
        seat.press(head, at, first if nested else rest, guarded=guarded)
    if nested and seat.state.place is InputMode.CHAIN and not seat.state.told.bad:
        take(seat, more, guarded=guarded)
        if seat.state.place is InputMode.CHAIN and seat.state.field is None:
            seat.state = replace(seat.state, place=InputMode.CARD)
    seat.tick(at)
    # Nobody pauses between lines: what was changed is kept at once.
    seat.keep()


def parsed(seat: ReviewController, given: str) -> tuple[str, str]:
    """A line as a key and what follows it; names of acts stand for their keys."""
    line = given.rstrip("\r\n")
    if line and not line.strip():
        return "space", ""
    head, _, rest = line.strip().partition(" ")
    place = seat.state.place
    names = {act.name: act for act in ACTS if act.place is place}
    if head in names:
        return seat.keymap.key_of(head), rest.strip()
    known = {seat.keymap.key_of(act.name) for act in names.values()}
    if head not in known and head[:1] in known and head[1:].isdecimal():
        return head[0], head[1:]
    return head, rest.strip()


def prompt(seat: ReviewController) -> str:
    """What is asked for now."""
    state = seat.state
    if state.field is not None:
        return f"{visible(state.field.prompt)} (empty line leaves): "
    if state.place is InputMode.CARD:
        keys = [seat.keymap.key_of(name) for name in ("accept", "reject", "later", "help")]
        return f"decision [{'/'.join(keys)}]: "
    keys = [sign for signs, _ in FIXED.get(state.place, ()) for sign in signs.split()]
    keys += [seat.keymap.key_of(act.name) for act in ACTS if act.place is state.place]
    return f"{state.place.value} [{'/'.join(keys)}]: "


def described(seat: ReviewController, shown: State | None) -> Iterator[str]:
    """What a reviewer has to hear before the next line: what is new since the last one."""
    state = seat.state
    if state.card is None:
        if shown is None or shown.card is not None:
            yield "Nothing waits here." if state.filtered else "Nothing waits."
        return
    if shown is None or shown.card is not state.card:
        yield from card_lines(state)
    elif shown.changes != state.changes:
        before = {label: row.text for label, row in rows_of(shown, 60).items()}
        for label, row in rows_of(state, 60).items():
            if before.get(label) != row.text and label not in {"WHY", "WHY NOW", "CHECK"}:
                yield f"{label.lower()}: {row.text}"
    if state.place not in {InputMode.CARD, InputMode.ARTICLE, InputMode.HELP} or state.loaded:
        yield from (words_in(made).strip() for made in draw_panel(state, WIDTH))


def card_lines(state: State) -> Iterator[str]:
    """A card, one labelled line a field."""
    card = state.card
    assert card is not None, "only cards are described"  # noqa: S101
    waiting = "1000 or more" if state.counts[0] >= 1000 else str(state.counts[0])  # noqa: PLR2004
    yield f"claim: {card.short_id}, {state.fields['status']}, {state.fields['form']}"
    yield f"place: claim {card.number} of {card.siblings} in this article; {waiting} waiting"
    when = f"{card.published_at:%Y-%m-%d}" if card.published_at else "no date"
    yield f"article: {visible(card.title or 'no title')}"
    yield f"outlet: {visible(card.outlet or 'not named')}, {when}, version {card.version}"
    yield from context_lines(state)
    for label, row in rows_of(state, 300).items():
        if label != "WHY":
            yield f"{label.lower()}: {row.text}"


def context_lines(state: State) -> Iterator[str]:
    """The article around the claim: its paragraph, unless more was asked for."""
    assert state.passage is not None, "a card has an article"  # noqa: S101
    extent = Extent.PARAGRAPH if state.extent is Extent.ALL else state.extent
    for made in draw_context(state.passage, extent, WIDTH, 1000).lines:
        yield f"context: {_spoken(made)}"


def afterwards(seat: ReviewController) -> Iterator[str]:
    """What came of a line: what was saved, what was refused, lists that were asked for."""
    state = seat.state
    act_lists = {InputMode.HELP: _help, InputMode.ARTICLE: _article}
    if state.place in act_lists:
        yield from act_lists[state.place](seat)
        seat.state = replace(state, place=InputMode.CARD, at=0)
    if seat.behind:
        seat.catch_up()
    if state.told.text:
        yield f"{'refused' if state.told.bad else 'note'}: {visible(state.told.text)}"
    if state.saved is not None and state.saved is not seat.announced:
        when = f" {state.saved.at:%H:%M:%S}" if state.saved.at else ""
        yield f"saved{when}: {visible(state.saved.said)}"
    seat.announced = state.saved


def _help(seat: ReviewController) -> Iterator[str]:
    yield from (words_in(made) for made in help_lines(seat.keymap))
    yield "reasons: " + ", ".join(f"{n} {reason}" for n, reason in enumerate(REASONS, 1))
    yield "What belongs to a key follows it: X 3, s 2, s putin, h 2 d, right 3, w the words, g 5."


def _article(seat: ReviewController) -> Iterator[str]:
    if seat.state.passage is not None:
        yield from (_spoken(made) for made in draw_article(seat.state.passage, WIDTH)[0])


def _spoken(made: Line) -> str:
    return " ".join(words_in(made).removeprefix(">>").split())


def reader_of(stream: TextIO, write_prompt: Callable[[str], None]) -> Read:
    """Reads lines from a pipe; a terminal's lines are read with its own editing keys."""

    def read(asked: str) -> str | None:
        if stream.isatty() and stream is sys.stdin:
            try:
                return input(asked)
            except EOFError:
                return None
        write_prompt(asked)
        given = stream.readline()
        # Nobody pressed enter on this side: the next line begins anew all the same.
        write_prompt("\n")
        return given or None

    return read
