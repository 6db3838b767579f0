"""Keys as Textual gives them, through its pilot, on a real database."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import isfinite

import pytest
from textual.pilot import Pilot

from claims.terminal.app import BURST, QueueScreen
from claims.terminal.controller import ReviewController
from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.segments import words_in
from tests.review.conftest import CONTENTS, Room

Claims = list[uuid.UUID]
Steps = Callable[[QueueScreen, Pilot[int]], Awaitable[None]]


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: float = 1000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def run(
    room: Room,
    steps: Steps,
    size: tuple[int, int] = (100, 30),
    clock: Callable[[], float] = time.monotonic,
) -> int | None:
    """Run the screen without a terminal while steps are done; its exit code."""
    screen = QueueScreen(ReviewController(room.sitting("Ann"), DEFAULT_KEYMAP), clock)

    async def going() -> None:
        async with screen.run_test(size=size) as pilot:
            await until(lambda: screen.controller.state.ready)
            await asyncio.sleep(0.2)
            await steps(screen, pilot)

    asyncio.run(going())
    return screen.return_value


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(500):
        if holds():
            return
        await asyncio.sleep(0.02)
    pytest.fail("it never held")


async def press(screen: QueueScreen, pilot: Pilot[int], *keys: str) -> None:
    """Press keys as a person does: who sees what the last one did, and takes a while."""
    for key in keys:
        await pilot.press(key)
        await until(lambda: not screen.keys and not screen.lock.locked())
        await until(lambda: isfinite(screen.controller.debounce.shown_at))
        await asyncio.sleep(0.18)


def test_keys_have_the_names_that_keymaps_use(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.store()
    keys: list[str] = []

    async def steps(screen: QueueScreen, pilot: Pilot[int]) -> None:
        monkeypatch.setattr(screen, "queue_key", lambda key, _at: keys.append(key))
        await pilot.press(
            "a", "X", "space", "left", "shift+right", "question_mark", "equals_sign", "slash",
            "less_than_sign", "escape", "enter", "ctrl+u", "f5", "7", "pageup", "backspace",
        )  # fmt: skip

    run(room, steps)
    assert keys == [
        "a", "X", "space", "left", "shift+right", "?", "=", "/", "<", "esc", "enter", "ctrl+u",
        "f5", "7", "pageup", "backspace",
    ]  # fmt: skip


def test_a_card_is_changed_decided_and_taken_back(room: Room) -> None:
    claims = room.store()

    async def steps(screen: QueueScreen, pilot: Pilot[int]) -> None:
        controller = screen.controller
        await press(screen, pilot, "n", "o", "space", "k", "enter")
        await until(lambda: controller.state.last_saved is not None)
        await press(screen, pilot, "question_mark", "escape", "b", "a")
        await until(lambda: controller.state.claim.text == CONTENTS[1])
        assert any("[[money was lost" in words_in(line) for line in screen.sheet.lines)
        await until(lambda: controller.state.counts[0] == 2)
        await press(screen, pilot, "u")
        await until(lambda: controller.state.claim.text == CONTENTS[0])
        await press(screen, pilot, "q")

    assert run(room, steps) == 0
    assert room.standing(claims[0]).status == "proposed"
    assert room.sql("SELECT reason FROM claims.decision WHERE no = 1") == [("o k",)]


def test_keys_closer_than_a_person_presses_them_are_let_go(room: Room) -> None:
    room.store()
    clock = Clock()

    async def steps(screen: QueueScreen, _pilot: Pilot[int]) -> None:
        controller = screen.controller

        def arrive(*keys: str) -> None:
            clock.now += 10.0
            for key in keys:
                screen.queue_key(key, clock.now)

        arrive("h", "a", "a", "Y", "x")
        await until(lambda: controller.state.message.is_error)
        assert "taken for a paste" in controller.state.message.text
        assert controller.state.mode is InputMode.CARD
        arrive("n")
        await until(lambda: controller.state.field is not None)
        arrive("a", "enter", "b")
        await until(lambda: controller.state.field is not None
                    and controller.state.field.text == "a b")  # fmt: skip

    run(room, steps, clock=clock)
    assert room.sql("SELECT count(*) FROM claims.decision") == [(0,)]


def test_a_name_that_comes_in_one_piece_is_searched_for(room: Room) -> None:
    """Over a slow line letters arrive together: no name is lost, and none of them decides."""
    room.store()
    clock = Clock()

    async def steps(screen: QueueScreen, _pilot: Pilot[int]) -> None:
        controller = screen.controller
        for keys in (("s",), ("1", "a", "space", "x")):
            clock.now += 10.0
            for key in keys:
                screen.queue_key(key, clock.now)
            await until(lambda: not screen.keys)
        await until(lambda: controller.state.field is not None)
        assert controller.state.field is not None
        assert controller.state.field.text == "1a x"

    run(room, steps, clock=clock)
    assert room.sql("SELECT count(*) FROM claims.decision") == [(0,)]


def test_keys_a_burst_apart_are_each_done(room: Room) -> None:
    room.store()
    clock = Clock()

    async def steps(screen: QueueScreen, _pilot: Pilot[int]) -> None:
        for step in range(3):
            screen.queue_key("b", clock.now + step * 2 * BURST)
        await until(lambda: not screen.keys and not screen.controller.state.end)
        assert "paste" not in screen.controller.state.message.text

    run(room, steps, clock=clock)


def test_thirty_repeats_of_a_held_key_make_one_decision(
    room: Room, figure: Callable[[str], None]
) -> None:
    room.store()
    clock = Clock()

    async def steps(screen: QueueScreen, _pilot: Pilot[int]) -> None:
        async def arrive(key: str, after: float) -> None:
            clock.now += after
            screen.queue_key(key, clock.now)
            await until(lambda: not screen.keys and not screen.lock.locked())

        await until(lambda: isfinite(screen.controller.debounce.shown_at))
        clock.now += 1.0
        for _ in range(30):
            await arrive("a", 0.025)
        assert screen.controller.state.mode is InputMode.PAUSED
        screen.paint()
        assert any("More keys that decide" in words_in(line) for line in screen.sheet.lines)
        for key in ("a", "a", "esc", "x"):
            await until(lambda: isfinite(screen.controller.debounce.shown_at))
            await arrive(key, 1.0)

    run(room, steps, clock=clock)
    decided = room.sql(
        "SELECT action FROM claims.decision WHERE subject_kind = 'claim' ORDER BY no"
    )
    assert decided == [("accept",), ("reject",)]
    figure("a key held for 30 repeats: 1 decision")


def test_a_copied_id_and_an_address_reach_the_terminal(room: Room) -> None:
    claims = room.store(url="https://news.example/bridge")

    async def steps(screen: QueueScreen, pilot: Pilot[int]) -> None:
        await press(screen, pilot, "y")
        await until(lambda: screen.clipboard == str(claims[0]))
        await press(screen, pilot, "o")
        await until(lambda: screen.controller.state.message.text == "https://news.example/bridge")

    run(room, steps, size=(200, 60))
