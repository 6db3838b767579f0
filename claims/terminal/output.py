"""Where the screen is drawn, also when the terminal goes away in the middle of it."""

import io
import sys
from typing import TYPE_CHECKING

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from textual.app import App


class Terminal(io.FileIO):
    """The terminal, of which writing never fails.

    Once a window is closed or a line is cut, each write to it does. Textual writes in a thread of
    its own, which ended then, and the program waited for it for ever: it kept a processor busy and
    heard no signal. What ends it is the signal that a closed window sends.
    """

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write, or take for written what nobody is left to see."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


class TerminalDriver(LinuxDriver):
    """Textual's driver, which writes to such a file."""

    def __init__(
        self,
        app: "App[int]",
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if sys.__stderr__ is not None:
            terminal = Terminal(sys.__stderr__.fileno(), "w", closefd=False)
            self._file = io.TextIOWrapper(
                io.BufferedWriter(terminal), sys.__stderr__.encoding, sys.__stderr__.errors
            )
