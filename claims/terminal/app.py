"""The full screen: shows the lines that `layout` draws, and hands keys to the seat one by one."""

import asyncio
import os
import shlex
import signal
import subprocess
import tempfile
import time
import webbrowser
from collections import deque
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from claims.terminal.controller import ReviewController
from claims.terminal.screen.footer import draw_field
from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import line
from claims.terminal.screen.styles import TONES

STYLES = {tone: Style.parse(style) for tone, style in TONES.items()}

BURST = 0.012
"""Seconds within which no person presses two keys: a keyboard repeats one after 20 at the least.
Keys that come closer were pasted into a terminal that does not say so, and are let go."""

QUIET = 0.05
"""Seconds without a key after which a paste is over."""

BEAT = 0.5
"""Seconds between two looks at what is due."""


class Pressed(NamedTuple):
    """A key, or a text that was pasted, and when it came."""

    key: str
    at: float
    pasted: str = ""


class Sheet(Widget, can_focus=True):
    """The screen's lines."""

    DEFAULT_CSS = "Sheet { width: 100%; height: 100%; }"

    def __init__(self, app_keys: "QueueScreen") -> None:
        super().__init__()
        self.lines = [line("")]
        self.keys = app_keys

    def render_line(self, y: int) -> Strip:
        """One line in the terminal's own colours."""
        pieces = self.lines[y] if y < len(self.lines) else ()
        segments = [Segment(piece.text, STYLES[piece.tone]) for piece in pieces]
        return Strip(segments).adjust_cell_length(self.size.width)

    def on_key(self, event: events.Key) -> None:
        """Every key is ours."""
        event.stop()
        event.prevent_default()
        self.keys.arrived(named(event), event.time)

    def on_paste(self, event: events.Paste) -> None:
        """A paste goes into a field, or nowhere."""
        event.stop()
        self.keys.pasted(event.text, event.time)

    def on_resize(self) -> None:
        """Draw anew at the new size."""
        self.keys.paint()


def named(event: events.Key) -> str:
    """A key as keymaps name it: the sign it writes, else its name."""
    if event.key in NAMES:
        return NAMES[event.key]
    if event.character and len(event.character) == 1 and event.character.isprintable():
        return event.character
    return event.key


NAMES = {
    "space": "space",
    "escape": "esc",
    "return": "enter",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
}


class QueueScreen(App[int], inherit_bindings=False):
    """The queue on the whole terminal.

    Args:
        seat: What is shown and asked.
    """

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def __init__(self, seat: ReviewController) -> None:
        super().__init__(ansi_color=True)
        self.seat = seat
        self.sheet = Sheet(self)
        self.waiting: deque[Pressed] = deque()
        self.woken = asyncio.Event()
        self.last_at = 0.0
        self.turn = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """One widget has it all."""
        yield self.sheet

    def on_mount(self) -> None:
        """Take the first card, and begin to listen."""
        self.theme = "ansi-dark"
        self.sheet.focus()
        self.run_worker(self._work(), exit_on_error=True)
        self.set_interval(BEAT, self._beat)
        self.app_resume_signal.subscribe(self, lambda _: self.paint())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._ended, number)

    def arrived(self, key: str, at: float) -> None:
        """Queue a key: acts are done one after the other, each sees what the last one left."""
        if key in {"ctrl+c", "ctrl+q"}:
            self.run_worker(self._close(0))
            return
        if key == "ctrl+z":
            self.seat.away()
            self.action_suspend_process()
            return
        self.waiting.append(Pressed(key, at))
        self.woken.set()

    def pasted(self, text: str, at: float) -> None:
        """Queue pasted text: it goes into the line being typed, or nowhere."""
        self.waiting.append(Pressed(PASTED, at, text))
        self.woken.set()

    def paint(self) -> None:
        """Show the state as it is now."""
        width, height = self.sheet.size
        if not width:
            return
        self.seat.size = (width, height)
        self.sheet.lines = draw_screen(self.seat.state, self.seat.keymap, width, height)
        self.sheet.refresh()
        self._place_cursor(width)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self.seat.painted(time.monotonic())

    def _place_cursor(self, width: int) -> None:
        """Put the terminal's own cursor where is typed: input methods look for it there."""
        if self.seat.state.field is None:
            return
        typed, cell = draw_field(self.seat.state, width)
        if typed in self.sheet.lines:
            self.cursor_position = Offset(cell, self.sheet.lines.index(typed))

    async def _work(self) -> None:
        await asyncio.to_thread(self.seat.start, time.monotonic())
        self.paint()
        while True:
            if not self.waiting:
                self.woken.clear()
                await self.woken.wait()
            async with self.turn:
                await self._take(self.waiting.popleft())

    async def _take(self, pressed: Pressed) -> None:
        if pressed.key == BEAT_KEY:
            await asyncio.to_thread(self.seat.tick, pressed.at)
            self.paint()
        elif pressed.key == PASTED:
            self.seat.type(pressed.pasted, pressed.at)
            self.paint()
        else:
            await self._press(pressed)

    async def _press(self, pressed: Pressed) -> None:
        key, at, _ = pressed
        typing = self.seat.state.field is not None
        if not typing:
            await asyncio.sleep(max(at + BURST - time.monotonic(), 0))
            if self._goes_on(at):
                await self._let_go(at)
                return
        elif key == "enter" and at - self.last_at < BURST:
            # A line end within a paste that the terminal did not mark: no person was so quick.
            key = "space"
        self.last_at = at
        if typing and key != "enter":
            self.seat.press(key, at)
        else:
            await asyncio.to_thread(self.seat.press, key, at)
        self.paint()
        if self.seat.behind and not self.waiting:
            await asyncio.to_thread(self.seat.catch_up)
            self.paint()
        await self._grant()

    def _goes_on(self, at: float) -> bool:
        following = next((one for one in self.waiting if one.key not in {BEAT_KEY, PASTED}), None)
        return following is not None and following.at - at < BURST

    async def _let_go(self, at: float) -> None:
        """Drop keys until none came for a while."""
        while self._dropped():  # noqa: ASYNC110 - it is for a pause that is waited, not for a key
            await asyncio.sleep(QUIET)
        self.seat.burst(at)
        self.paint()

    def _dropped(self) -> bool:
        dropped = bool(self.waiting)
        self.waiting.clear()
        return dropped

    def _beat(self) -> None:
        if not any(one.key == BEAT_KEY for one in self.waiting):
            self.waiting.append(Pressed(BEAT_KEY, time.monotonic()))
            self.woken.set()

    async def _grant(self) -> None:
        wish, state = self.seat.state.wish, self.seat.state
        if wish is None:
            return
        self.seat.state = replace(state, wish=None)
        if wish.what == "quit":
            self.exit(0)
        elif wish.what == "copy":
            self.copy_to_clipboard(wish.text)
        elif wish.what == "open" and has_display():
            await asyncio.to_thread(webbrowser.open, wish.text)
        elif wish.what == "edit":
            with self.suspend():
                text = edit(wish.text)
            await asyncio.to_thread(self.seat.edited, text, time.monotonic())
            self.paint()

    def _ended(self, number: signal.Signals) -> None:
        self.run_worker(self._close(128 + number))

    async def _close(self, code: int) -> None:
        """Keep what was typed, restore the screen and go; an act that runs is done to its end."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE), self.turn:
                await asyncio.to_thread(self.seat.close)
        self.exit(code, return_code=code)


BEAT_KEY, PASTED = "\0", "\1"
"""Stand in the row of keys for a look at what is due, and for a paste."""

GRACE = 5.0
"""Seconds that an end waits for the act that runs."""


def has_display() -> bool:
    """Whether a browser would open a window of its own, not take this terminal."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def edit(text: str) -> str:
    """A text as it comes out of the user's editor; as it was if that fails."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="claims-") as folder:
        path = Path(folder) / "words.txt"
        path.write_text(f"{text}\n", "utf-8")
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603
        return path.read_text("utf-8") if done.returncode == 0 else text


def run_screen(seat: ReviewController) -> int:
    """Work until the reviewer quits; 0, or 128 and the signal that ended it."""
    screen = QueueScreen(seat)
    code = screen.run(mouse=False)
    return code if code is not None else screen.return_code or 0
