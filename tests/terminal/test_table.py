"""The one table of keys: all of it is dispatched, and nothing else is."""

from dataclasses import replace

import pytest

from claims.review.candidates import MOST
from claims.review.session import ReviewSession
from claims.terminal import controller as controllers
from claims.terminal.app import PROGRAM_ACTIONS
from claims.terminal.bindings import ACTIONS, Action
from claims.terminal.controller import ReviewController
from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from claims.terminal.keys.line_editor import open_field
from claims.terminal.keys.table import (
    BINDINGS,
    CANDIDATES,
    REASONS,
    InputMode,
    KeyBinding,
    KeyClass,
)
from claims.terminal.screen.footer import draw_keys, help_lines
from claims.terminal.screen.segments import words_in
from claims.terminal.state import State
from tests.review.conftest import Room
from tests.terminal.samples import state

CHARACTERS = [chr(code) for code in range(0x21, 0x7F)] + ["é", "漢"]
NAMED = [
    "space", "left", "right", "up", "down", "home", "end", "pageup", "pagedown", "tab", "enter",
    "esc", "delete", "backspace", "insert", "f1", "f12",
    *(f"{modifier}+{key}" for modifier in ("ctrl", "alt") for key in "abcdefghijklmnopqrstuvwxyz"),
    *(f"shift+{key}" for key in ("left", "right", "up", "down", "tab")),
]  # fmt: skip
KEYS = [*CHARACTERS, *NAMED]


def keys_of(binding: KeyBinding) -> list[str]:
    """The keys that a row of the table means, of those that a keyboard has."""
    return [key for key in KEYS if binding.matches(key)]


def test_each_action_of_the_table_has_a_function_and_each_function_a_key() -> None:
    assert {row.action for row in BINDINGS if row.mode is not None} == set(ACTIONS)
    assert {row.action for row in BINDINGS if row.mode is None} == set(PROGRAM_ACTIONS)


def test_each_row_has_a_key_that_no_other_row_of_its_mode_takes_first() -> None:
    hidden = [
        (row.mode, row.action)
        for row in BINDINGS
        if not any(DEFAULT_KEYMAP.binding_for(row.mode, key) is row for key in keys_of(row))
    ]
    assert hidden == []


@pytest.mark.parametrize("mode", InputMode)
def test_just_the_keys_of_the_table_are_dispatched(
    room: Room, monkeypatch: pytest.MonkeyPatch, mode: InputMode
) -> None:
    dispatched: list[str] = []

    def recording(action: str) -> Action:
        def record(_session: ReviewSession, before: State, argument: str) -> State:
            dispatched.append(f"{action} {argument}".strip())
            return before

        return record

    monkeypatch.setattr(controllers, "ACTIONS", {name: recording(name) for name in ACTIONS})
    controller = ReviewController(room.sitting("Ann"), DEFAULT_KEYMAP)
    before = state(mode=mode)
    if mode is InputMode.TYPING:
        before = state(field=open_field("note", "note"))
    expected: list[str] = []
    for key in KEYS:
        row = next((row for row in BINDINGS if row.mode is mode and row.matches(key)), None)
        if row is not None:
            argument = key if isinstance(row.key, KeyClass) else ""
            expected.append(f"{row.action} {argument}".strip())
        controller.state = before
        controller.press(key, 1.0, debounced=False)
        if row is None and mode not in {InputMode.PAUSED, InputMode.TYPING}:
            assert controller.state.message.text == f"{key} does nothing here"
    assert dispatched == expected
    assert expected


def test_just_the_deciding_keys_are_debounced(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        controllers, "ACTIONS", dict.fromkeys(ACTIONS, lambda _session, now, _argument: now)
    )
    controller = ReviewController(room.sitting("Ann"), DEFAULT_KEYMAP)
    for row in BINDINGS:
        if row.mode in {None, InputMode.TYPING, InputMode.PAUSED}:
            continue
        controller.state = state(mode=row.mode)
        key = next(k for k in keys_of(row) if DEFAULT_KEYMAP.binding_for(row.mode, k) is row)
        controller.press(key, 1.0)
        refused = "too quick" in controller.state.message.text
        assert refused is row.decides, (row.mode, row.action)
        controller.debounce.calm()


def test_what_writes_to_the_ledger_at_one_key_is_marked_so() -> None:
    deciding = {(row.mode, row.action) for row in BINDINGS if row.decides}
    assert deciding == {
        *((InputMode.CARD, name) for name in ("accept", "reject", "later", "undo", "redo", "same",
                                               "second-reader", "accept-new", "said-by")),
        *((InputMode.RETURNED, name) for name in ("keep", "take", "withdraw", "undo", "redo")),
        (InputMode.REASON, "reason"),
        (InputMode.SPEAKER_THEN, "pick"),
        (InputMode.SPLIT, "split-here"),
        (InputMode.MERGE, "merge-next"),
        (InputMode.MERGE, "merge-previous"),
        (InputMode.NEW_SOURCE, "make-source"),
        *((mode, "new-person") for mode in (InputMode.SPEAKER, InputMode.SPEAKER_THEN,
                                            InputMode.SOURCE, InputMode.NEW_SOURCE)),
        (InputMode.ADD, "add-words"),
        (InputMode.ADD, "add-then-speaker"),
        *((InputMode.ADD, name) for name in ("add-said-by", "add-said-by-likely",
                                              "add-said-by-new")),
        (InputMode.SURE, "decide-marked"),
    }  # fmt: skip


def test_numbers_are_those_of_the_reasons_and_of_the_candidates() -> None:
    reason = DEFAULT_KEYMAP.binding_for(InputMode.REASON, str(len(REASONS) - 1))
    in_words = DEFAULT_KEYMAP.binding_for(InputMode.REASON, str(len(REASONS)))
    assert reason is not None
    assert reason.decides
    assert in_words is not None
    assert not in_words.decides
    assert DEFAULT_KEYMAP.binding_for(InputMode.REASON, str(len(REASONS) + 1)) is None
    assert CANDIDATES == MOST


@pytest.mark.parametrize("mode", InputMode)
def test_the_foot_of_the_screen_shows_the_labelled_keys_of_the_mode(mode: InputMode) -> None:
    now = state(mode=mode, steps=({},))
    foot = " ".join(words_in(row).strip() for row in draw_keys(now, DEFAULT_KEYMAP, 1000, 1))
    for row in BINDINGS:
        if row.mode is mode and row.label:
            assert DEFAULT_KEYMAP.shown_key(row) in foot
            assert row.label in foot


def test_the_foot_of_the_screen_shows_no_key_that_does_nothing_where_nothing_waits() -> None:
    foot = draw_keys(replace(state(), card=None), DEFAULT_KEYMAP, 1000, 1)
    labels = {segment.text.strip() for line in foot for segment in line if segment.style == "text"}
    expected = {row.label for row in BINDINGS if row.mode is InputMode.CARD and not row.needs_card}
    assert labels - {""} == expected - {"drop last change"}


def test_the_list_of_all_keys_has_each_key_that_a_keymap_may_change() -> None:
    text = "\n".join(map(words_in, help_lines(DEFAULT_KEYMAP, 1000)))
    for row in BINDINGS:
        if not row.fixed:
            assert f"  {row.key_name:<12}{row.help} ({row.action})" in text


@pytest.mark.parametrize("width", [60, 80])
def test_what_a_key_does_goes_on_under_itself_on_a_narrow_screen(width: int) -> None:
    lines = [words_in(row) for row in help_lines(DEFAULT_KEYMAP, width)]
    assert max(map(len, lines)) <= width
    text = " ".join(" ".join(lines).split())
    for row in BINDINGS:
        if not row.fixed:
            assert f"{row.help} ({row.action})" in text
