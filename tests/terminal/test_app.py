"""Keys as Textual gives them, through its pilot, on a real database."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from claims.terminal.app import BURST, QueueScreen
from claims.terminal.controller import ReviewController
from claims.terminal.keys.keymap import OWN
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.segments import words_in
from tests.review.conftest import CONTENTS, Room

Claims = list[uuid.UUID]
Steps = Callable[[QueueScreen, Pilot[int]], Awaitable[None]]


def run(room: Room, steps: Steps, size: tuple[int, int] = (100, 30)) -> int | None:
    """Run the screen without a terminal while steps are done; its exit code."""
    screen = QueueScreen(ReviewController(room.sitting("Ann"), OWN))

    async def going() -> None:
        async with screen.run_test(size=size) as pilot:
            await until(lambda: screen.seat.state.ready)
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


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys as a person does."""
    for key in keys:
        await pilot.press(key)
        await asyncio.sleep(0.18)


def test_keys_have_the_names_that_keymaps_use(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.store()
    arrived: list[str] = []

    async def steps(screen: QueueScreen, pilot: Pilot[int]) -> None:
        monkeypatch.setattr(screen, "arrived", lambda key, _at: arrived.append(key))
        await pilot.press(
            "a", "X", "space", "left", "shift+right", "question_mark", "equals_sign", "slash",
            "less_than_sign", "escape", "enter", "ctrl+u", "f5", "7", "pageup", "backspace",
        )  # fmt: skip

    run(room, steps)
    assert arrived == [
        "a", "X", "space", "left", "shift+right", "?", "=", "/", "<", "esc", "enter", "ctrl+u",
        "f5", "7", "pageup", "backspace",
    ]  # fmt: skip


def test_a_card_is_changed_decided_and_taken_back(room: Room) -> None:
    claims = room.store()

    async def steps(screen: QueueScreen, pilot: Pilot[int]) -> None:
        seat = screen.seat
        await press(pilot, "n", "o", "space", "k", "enter")
        await until(lambda: seat.state.saved is not None)
        await press(pilot, "question_mark", "escape", "b", "a")
        await until(lambda: seat.state.fields["text"] == CONTENTS[1])
        assert any("[[money was lost" in words_in(line) for line in screen.sheet.lines)
        await until(lambda: seat.state.counts[0] == 2)
        await press(pilot, "u")
        await until(lambda: seat.state.fields["text"] == CONTENTS[0])
        await press(pilot, "q")

    assert run(room, steps) == 0
    assert room.standing(claims[0]).status == "proposed"
    assert room.sql("SELECT reason FROM claims.decision WHERE no = 1") == [("o k",)]


def test_keys_closer_than_a_person_presses_them_are_let_go(room: Room) -> None:
    room.store()

    async def steps(screen: QueueScreen, pilot: Pilot[int]) -> None:
        for key in ("h", "a", "a", "Y", "x"):
            screen.arrived(key, 1000.0)
        await asyncio.sleep(3 * BURST)
        await until(lambda: screen.seat.state.told.bad)
        assert "taken for a paste" in screen.seat.state.told.text
        assert screen.seat.state.place is InputMode.CARD
        await press(pilot, "n")
        for key in ("a", "enter", "b"):
            screen.arrived(key, 2000.0)
        await until(lambda: screen.seat.state.field is not None
                    and screen.seat.state.field.text == "a b")  # fmt: skip

    run(room, steps)
    assert room.sql("SELECT count(*) FROM claims.decision") == [(0,)]


def test_a_copied_id_and_an_address_reach_the_terminal(room: Room) -> None:
    claims = room.store(url="https://news.example/bridge")

    async def steps(screen: QueueScreen, pilot: Pilot[int]) -> None:
        await press(pilot, "y")
        await until(lambda: screen.clipboard == str(claims[0]))
        await press(pilot, "o")
        await until(lambda: screen.seat.state.told.text == "https://news.example/bridge")

    run(room, steps, size=(200, 60))
