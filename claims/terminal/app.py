"""The full screen: shows the lines that `layout` draws, and hands keys on one by one."""

import asyncio
import os
import shlex
import signal
import subprocess
import tempfile
import time
import webbrowser
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, NamedTuple

from rich import segment as rich_segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from claims.terminal.controller import ReviewController
from claims.terminal.output import TerminalDriver
from claims.terminal.screen.footer import draw_field
from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import line
from claims.terminal.screen.styles import STYLES

RICH_STYLES = {name: Style.parse(style) for name, style in STYLES.items()}

BURST = 0.012
"""Seconds within which no person presses two keys: a keyboard repeats one after 20 at the least.
Keys that come closer were pasted into a terminal that does not say so, or held up on their way: no
key of them decides."""

QUIET = 0.05
"""Seconds without a key after which a paste is over."""

TICK = 0.5
"""Seconds between two looks at what is due."""


class KeyPress(NamedTuple):
    """A key, or a text that was pasted, and when it came."""

    key: str
    at: float
    pasted: str = ""


class ScreenLines(Widget, can_focus=True):
    """The screen's lines."""

    DEFAULT_CSS = "ScreenLines { width: 100%; height: 100%; }"

    def __init__(self, screen: "QueueScreen") -> None:
        super().__init__()
        self.lines = [line("")]
        self.queue_screen = screen

    def render_line(self, y: int) -> Strip:
        """One line in the terminal's own colours."""
        segments = self.lines[y] if y < len(self.lines) else ()
        strip = Strip(
            rich_segment.Segment(segment.text, RICH_STYLES[segment.style]) for segment in segments
        )
        return strip.adjust_cell_length(self.size.width)

    def on_key(self, event: events.Key) -> None:
        """Every key is ours."""
        event.stop()
        event.prevent_default()
        self.queue_screen.queue_key(key_name(event), event.time)

    def on_paste(self, event: events.Paste) -> None:
        """A paste goes into a field, or nowhere."""
        event.stop()
        self.queue_screen.queue_paste(event.text, event.time)

    def on_resize(self) -> None:
        """Draw anew at the new size."""
        self.queue_screen.paint()


def key_name(event: events.Key) -> str:
    """A key as keymaps name it: the character it writes, else its name."""
    if event.key in KEY_NAMES:
        return KEY_NAMES[event.key]
    if event.character and len(event.character) == 1 and event.character.isprintable():
        return event.character
    return event.key


def typed(key: str) -> str:
    """What a key writes, by its name; nothing if it writes none."""
    if key in {"space", "enter"}:
        return " "
    return key if len(key) == 1 and key.isprintable() else ""


KEY_NAMES = {
    "space": "space",
    "escape": "esc",
    "return": "enter",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
}


class QueueScreen(App[int], inherit_bindings=False):
    """The queue on the whole terminal.

    Args:
        controller: What is shown and asked.
        clock: Seconds of the clock by which Textual times keys.
    """

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def __init__(
        self, controller: ReviewController, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(ansi_color=True, driver_class=TerminalDriver)
        self.controller = controller
        self.clock = clock
        self.sheet = ScreenLines(self)
        self.keys: deque[KeyPress] = deque()
        self.wake = asyncio.Event()
        self.last_at = 0.0
        self.lock = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """One widget has it all."""
        yield self.sheet

    def on_mount(self) -> None:
        """Load the first card, and begin to listen."""
        self.theme = "ansi-dark"
        self.sheet.focus()
        self.run_worker(self._work(), exit_on_error=True)
        self.set_interval(TICK, self._tick)
        self.app_resume_signal.subscribe(self, lambda _: self.paint())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._end, number)

    def queue_key(self, key: str, at: float) -> None:
        """Queue a key: one action is done after the other, each sees what the last one left."""
        binding = self.controller.keymap.binding_for(None, key)
        if binding is not None:
            PROGRAM_ACTIONS[binding.action](self)
            return
        self.keys.append(KeyPress(key, at))
        self.wake.set()

    def queue_paste(self, text: str, at: float) -> None:
        """Queue pasted text: it goes into the line being typed, or nowhere."""
        self.keys.append(KeyPress(PASTE, at, text))
        self.wake.set()

    def quit_now(self) -> None:
        """Quit whatever is open; what was typed is saved."""
        self.run_worker(self._close(0))

    def suspend_now(self) -> None:
        """Go back to the shell until it wakes the program again."""
        self.controller.screen_hidden()
        self.action_suspend_process()

    def paint(self) -> None:
        """Show the state as it is now."""
        width, height = self.sheet.size
        if not width:
            return
        self.controller.size = (width, height)
        self.sheet.lines = draw_screen(self.controller.state, self.controller.keymap, width, height)
        self.sheet.refresh()
        self._place_cursor(width)
        self.call_after_refresh(self._report_shown)

    def _report_shown(self) -> None:
        self.controller.screen_shown(self.clock())

    def _place_cursor(self, width: int) -> None:
        """Put the terminal's own cursor where is typed: input methods look for it there."""
        if self.controller.state.field is None:
            return
        typed, cell = draw_field(self.controller.state, width)
        if typed in self.sheet.lines:
            self.cursor_position = Offset(cell, self.sheet.lines.index(typed))

    async def _work(self) -> None:
        await asyncio.to_thread(self.controller.start, self.clock())
        self.paint()
        while True:
            if not self.keys:
                self.wake.clear()
                await self.wake.wait()
            async with self.lock:
                await self._next(self.keys.popleft())

    async def _next(self, key_press: KeyPress) -> None:
        if key_press.key == TICK_KEY:
            await asyncio.to_thread(self.controller.tick, key_press.at)
            self.paint()
        elif key_press.key == PASTE:
            self.controller.type(key_press.pasted, key_press.at)
            self.paint()
        else:
            await self._press(key_press)

    async def _press(self, key_press: KeyPress) -> None:
        key, at, _ = key_press
        typing = self.controller.state.field is not None
        if not typing:
            await asyncio.sleep(max(at + BURST - self.clock(), 0))
            if self._is_burst(at):
                await self._take_burst(key, at)
                return
        elif key == "enter" and at - self.last_at < BURST:
            # A line end within a paste that the terminal did not mark: no person was so quick.
            key = "space"
        self.last_at = at
        if typing and key != "enter":
            self.controller.press(key, at)
        else:
            await asyncio.to_thread(self.controller.press, key, at)
        self.paint()
        if self.controller.needs_refresh and not self.keys:
            await asyncio.to_thread(self.controller.refresh)
            self.paint()
        await self._grant()

    def _is_burst(self, at: float) -> bool:
        following = next((one for one in self.keys if one.key not in {TICK_KEY, PASTE}), None)
        return following is not None and following.at - at < BURST

    async def _take_burst(self, key: str, at: float) -> None:
        """Take keys until none came for a while: as a name where one is asked for, else as none."""
        keys = [key]
        while self.keys:
            keys += [one.key for one in self.keys]
            self.keys.clear()
            await asyncio.sleep(QUIET)
        self.controller.burst("".join(map(typed, keys)), at)
        self.paint()

    def _tick(self) -> None:
        if not any(one.key == TICK_KEY for one in self.keys):
            self.keys.append(KeyPress(TICK_KEY, self.clock()))
            self.wake.set()

    async def _grant(self) -> None:
        request, state = self.controller.state.request, self.controller.state
        if request is None:
            return
        self.controller.state = replace(state, request=None)
        if request.what == "quit":
            self.exit(0)
        elif request.what == "copy":
            self.copy_to_clipboard(request.text)
        elif request.what == "open" and has_display():
            await asyncio.to_thread(webbrowser.open, request.text)
        elif request.what == "edit":
            with self.suspend():
                text = edit(request.text)
            await asyncio.to_thread(self.controller.use_edited_words, text, self.clock())
            self.paint()

    def _end(self, number: signal.Signals) -> None:
        self.run_worker(self._close(128 + number))

    async def _close(self, code: int) -> None:
        """Save what was typed, restore the screen and go; an action that runs is not cut off."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE), self.lock:
                await asyncio.to_thread(self.controller.close)
        self.exit(code, return_code=code)


PROGRAM_ACTIONS: dict[str, Callable[[QueueScreen], None]] = {
    "quit-now": QueueScreen.quit_now,
    "suspend": QueueScreen.suspend_now,
}
"""The function of each of the program's own keys in `claims.terminal.keys.table`."""

TICK_KEY, PASTE = "\0", "\1"
"""Stand in the row of keys for a look at what is due, and for a paste."""

GRACE = 5.0
"""Seconds that an end waits for the action that runs."""


def has_display() -> bool:
    """Whether a browser would open a window of its own, not take this terminal."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def edit(text: str) -> str:
    """A text as it comes out of the user's editor; as it was if that fails."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="claims-") as folder:
        path = Path(folder) / "words.txt"
        path.write_text(f"{text}\n", "utf-8")
        ended = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the user's own editor
        return path.read_text("utf-8") if ended.returncode == 0 else text


def run_screen(controller: ReviewController) -> int:
    """Work until the reviewer quits; 0, or 128 and the signal that ended it."""
    screen = QueueScreen(controller)
    code = screen.run(mouse=False)
    return code if code is not None else screen.return_code or 0
