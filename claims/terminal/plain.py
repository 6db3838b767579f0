"""The queue without a screen: labelled lines and a prompt, for pipes and screen readers."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TextIO

from claims.model.notice import until_text
from claims.terminal.controller import ReviewController
from claims.terminal.keys.table import BINDINGS, LETTERS, REASONS, InputMode
from claims.terminal.screen.article import Extent, draw_article, draw_context
from claims.terminal.screen.card_lines import rows_of
from claims.terminal.screen.footer import help_lines, valid_bindings
from claims.terminal.screen.panels import draw_panel
from claims.terminal.screen.segments import Line, words_in
from claims.terminal.state import State
from claims.text.display import visible

WIDTH = 100_000
"""No line is broken: a reader for the blind does that better."""

Read = Callable[[str], str | None]
"""Asks with a prompt for a line; None at the end of input."""


def run_plain(
    controller: ReviewController, read: Read, write: Callable[[str], None], *, debounced: bool
) -> int:
    """Work until the reviewer quits or the input ends.

    Args:
        controller: What is shown and asked.
        read: Where lines come from.
        write: Where they go.
        debounced: Whether a person types, whose keys may be meant for another window.
    """
    controller.decisions_shown = 0
    controller.start(time.monotonic())
    before: State | None = None
    while controller.state.request is None or controller.state.request.what != "quit":
        for line in describe(controller, before):
            write(line)
        before = controller.state
        controller.screen_shown(time.monotonic())
        line_read = read(prompt(controller))
        if line_read is None:
            break
        run_line(controller, line_read, debounced=debounced)
        for line in report_lines(controller):
            write(line)
    controller.close()
    return 0


def run_line(controller: ReviewController, line: str, *, debounced: bool) -> None:
    """Do what one line says: a key or an action's name, and what belongs to it."""
    at = time.monotonic()
    controller.state = replace(controller.state, request=None)
    if controller.state.field is not None:
        controller.submit(line, at)
        return
    head, rest = parse_line(controller, line)
    if not head:
        return
    binding = controller.keymap.binding_for(controller.state.key_mode, head)
    first, _, more = rest.partition(" ")
    nested = binding is not None and binding.action == "chain" and bool(more)
    initial = controller.keymap.binding_for(controller.state.key_mode, head[0])
    if binding is None and initial is not None and initial.key is LETTERS and line.strip():
        # A name to search for: its first letter opens the line that the whole of it is put into.
        controller.press(head[0], at)
        controller.submit(line, at)
    else:
        controller.press(head, at, first if nested else rest, debounced=debounced)
    state = controller.state
    if nested and state.mode is InputMode.CHAIN and not state.message.is_error:
        run_line(controller, more, debounced=debounced)
        if controller.state.mode is InputMode.CHAIN and controller.state.field is None:
            controller.state = replace(controller.state, mode=InputMode.CARD)
    controller.tick(at)
    # Nobody pauses between lines: what was changed is saved at once.
    controller.save_draft()


def parse_line(controller: ReviewController, line: str) -> tuple[str, str]:
    """A line as a key and what follows it; names of actions stand for their keys."""
    line = line.rstrip("\r\n")
    if line and not line.strip():
        return "space", ""
    head, _, rest = line.strip().partition(" ")
    mode = controller.state.key_mode
    actions = [row.action for row in BINDINGS if row.mode is mode and not row.fixed]
    if head in actions:
        return controller.keymap.key_of(head), rest.strip()
    keys = {controller.keymap.key_of(action) for action in actions}
    if head not in keys and head[:1] in keys and head[1:].isdecimal():
        return head[0], head[1:]
    return head, rest.strip()


def prompt(controller: ReviewController) -> str:
    """What is asked for now."""
    state, keymap = controller.state, controller.keymap
    if state.field is not None:
        return f"{visible(state.field.prompt)} (empty line leaves): "
    if state.key_mode is InputMode.CARD:
        keys = [keymap.key_of(name) for name in ("accept", "reject", "later", "help")]
        return f"decision [{'/'.join(keys)}]: "
    rows = sorted(valid_bindings(state), key=lambda row: not row.fixed)
    return f"{state.key_mode.value} [{'/'.join(map(keymap.shown_key, rows))}]: "


def describe(controller: ReviewController, before: State | None) -> Iterator[str]:
    """What a reviewer has to hear before the next line: what is new since the last one."""
    state = controller.state
    if state.card is None:
        if before is None or before.card is not None:
            yield "Nothing waits here." if state.filter_text else "Nothing waits."
        return
    if before is None or before.card is not state.card:
        yield from card_lines(state)
    elif before.changes != state.changes:
        texts = {label: row.text for label, row in rows_of(before, 60).items()}
        for label, row in rows_of(state, 60).items():
            if texts.get(label) != row.text and label not in {"WHY", "WHY NOW", "CHECK"}:
                yield f"{label.lower()}: {row.text}"
    quiet = {InputMode.CARD, InputMode.ARTICLE, InputMode.HELP}
    if state.key_mode not in quiet or state.stale_card:
        panel = draw_panel(state, controller.keymap, WIDTH)
        yield from (words_in(line).strip() for line in panel)
    if state.key_mode is InputMode.ADD:
        yield f"speaker: {rows_of(state, 60)['SPEAKER'].text}"


def card_lines(state: State) -> Iterator[str]:
    """A card, one labelled line a field."""
    card = state.card
    assert card is not None, "only cards are described"  # noqa: S101 - for the type checker
    waiting = "1000 or more" if state.counts[0] >= 1000 else str(state.counts[0])  # noqa: PLR2004 - counted no further
    yield f"claim: {card.short_id}, {state.claim.status}, {state.claim.form}"
    yield f"place: claim {card.number} of {card.siblings} in this article; {waiting} waiting"
    when = f"{card.published_at:%Y-%m-%d}" if card.published_at else "no date"
    mark = "" if card.article_status == "usable" else f" ({card.article_status})"
    yield f"article: {visible(card.title or 'no title')}{mark}"
    if card.embargo:
        yield f"embargo: {until_text(card.embargo)}"
    yield f"outlet: {visible(card.outlet or 'not named')}, {when}, version {card.version}"
    yield from context_lines(state)
    for label, row in rows_of(state, 300).items():
        if label != "WHY":
            yield f"{label.lower()}: {row.text}"


def context_lines(state: State) -> Iterator[str]:
    """The article around the claim: its paragraph, unless more was asked for."""
    assert state.passage is not None, "a card has an article"  # noqa: S101 - for the type checker
    extent = Extent.PARAGRAPH if state.extent is Extent.ALL else state.extent
    for line in draw_context(state.passage, extent, WIDTH, 1000).lines:
        yield f"context: {_spoken(line)}"


def report_lines(controller: ReviewController) -> Iterator[str]:
    """What came of a line: what was saved, what was refused, lists that were asked for."""
    state = controller.state
    lists = {InputMode.HELP: _help, InputMode.ARTICLE: _article}
    if state.mode in lists:
        yield from lists[state.mode](controller)
        controller.state = replace(state, mode=InputMode.CARD, position=0)
    if controller.needs_refresh:
        controller.refresh()
    if state.message.text:
        label = "refused" if state.message.is_error else "note"
        yield f"{label}: {visible(state.message.text)}"
    if state.last_saved is not None and state.last_saved is not controller.reported:
        when = f" {state.last_saved.at:%H:%M:%S}" if state.last_saved.at else ""
        yield f"saved{when}: {visible(state.last_saved.summary)}"
    controller.reported = state.last_saved


def _help(controller: ReviewController) -> Iterator[str]:
    key = controller.keymap.key_of
    yield from (words_in(line) for line in help_lines(controller.keymap, WIDTH))
    yield "reasons: " + ", ".join(f"{n} {reason}" for n, reason in enumerate(REASONS, 1))
    examples = (
        f"{key('reject-because')} 3, {key('speaker')} 2, {key('speaker')} putin, {key('chain')} 2"
        f" {key('hop-drop')}, {key('word-right')} 3, {key('wording')} the words, {key('goto')} 5"
    )
    yield f"What belongs to a key follows it: {examples}."


def _article(controller: ReviewController) -> Iterator[str]:
    passage = controller.state.passage
    if passage is not None:
        yield from (_spoken(line) for line in draw_article(passage, WIDTH)[0])


def _spoken(line: Line) -> str:
    return " ".join(words_in(line).removeprefix(">>").split())


def reader_of(stream: TextIO, write_prompt: Callable[[str], None]) -> Read:
    """Reads lines from a pipe; a terminal's lines are read with its own editing keys."""

    def read(asked: str) -> str | None:
        if stream.isatty() and stream is sys.stdin:
            try:
                return input(asked)
            except EOFError:
                return None
        write_prompt(asked)
        line = stream.readline()
        # Nobody pressed enter on this side: the next line begins anew all the same.
        write_prompt("\n")
        return line or None

    return read
