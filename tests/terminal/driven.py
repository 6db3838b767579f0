"""The real program in a terminal of its own: keys in as bytes, the screen out as lines."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping

import pyte

PROGRAM = (sys.executable, "-c", "from claims.cli import main; main()")

PRIVATE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-z]|\x1b\[\?[0-9;]*\$p")
"""Questions and modes that a newer terminal knows and pyte prints."""

RESTORED, ENTERED = b"\x1b[?1049l", b"\x1b[?1049h"
"""What leaves the second screen, and what enters it."""


class Driven:
    """A program in a pseudo-terminal.

    Args:
        arguments: After `claims`.
        environment: Of the program; TERM is set unless it is there.
        size: Columns and lines.
    """

    def __init__(
        self, *arguments: str, environment: Mapping[str, str], size: tuple[int, int] = (100, 30)
    ) -> None:
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.output = b""
        self.fd, slave = pty.openpty()
        self.set_size(size)
        # A session leader that opens a terminal by its name is controlled by it: the kernel then
        # sends what a closed window or a resize sends.
        enter = ("sh", "-c", 'exec "$@" <>"$0" >&0 2>&0', os.ttyname(slave))
        self.program = subprocess.Popen(
            [*enter, *PROGRAM, *arguments],
            env={"TERM": "xterm-256color", **environment},
            start_new_session=True,
        )
        os.close(slave)

    def send(self, keys: str | bytes, pause: float = 0.03) -> None:
        """Press keys: each string one write, as a keyboard's key is."""
        os.write(self.fd, keys.encode() if isinstance(keys, str) else keys)
        self.read(pause)

    def press(self, *keys: str, pause: float = 0.25) -> None:
        """Press keys as a person does, one after the other."""
        for key in keys:
            self.send(NAMED.get(key, key), pause)

    def read(self, seconds: float = 0.0) -> None:
        """Take what the program writes for a while."""
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            ready, _, _ = select.select([self.fd], [], [], max(left, 0))
            if not ready:
                return
            try:
                read = os.read(self.fd, 65536)
            except OSError:
                return
            if not read:
                return
            self.output += read
            self.stream.feed(PRIVATE.sub(b"", read))

    @property
    def lines(self) -> list[str]:
        """The screen's lines."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The screen as one text, spaces joined."""
        return " ".join(" ".join(self.lines).split())

    def wait(self, shown: str | Callable[[str], bool], seconds: float = 15.0) -> str:
        """Wait until the screen has a text."""
        until = time.monotonic() + seconds
        fits = (lambda text: shown in text) if isinstance(shown, str) else shown
        while not fits(self.text):
            assert time.monotonic() < until, "\n".join([repr(shown), *self.lines])
            assert self.program.poll() is None, self.output[-2000:].decode(errors="replace")
            self.read(0.02)
        return self.text

    def resize(self, size: tuple[int, int]) -> None:
        """Change the window."""
        self.screen.resize(size[1], size[0])
        self.set_size(size)
        self.read(0.05)

    def set_size(self, size: tuple[int, int]) -> None:
        """Tell the program of another size, and read nothing of what it then shows."""
        packed = struct.pack("HHHH", size[1], size[0], 0, 0)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, packed)

    def end(self, number: int | None = None, seconds: float = 10.0) -> int:
        """Wait for the end, after a signal if one is given; the exit code."""
        if number is not None:
            self.program.send_signal(number)
        until = time.monotonic() + seconds
        while self.program.poll() is None and time.monotonic() < until:
            self.read(0.02)
        self.read(0.0)
        if self.program.poll() is None:
            self.program.send_signal(signal.SIGKILL)
        return self.program.wait(5)

    def close(self) -> None:
        """Close the window: the kernel signals the program, as when a terminal goes away."""
        os.close(self.fd)


NAMED = {"left": "\x1b[D", "right": "\x1b[C", "esc": "\x1b", "enter": "\r", "space": " ",
         "ctrl+c": "\x03", "shift+left": "\x1b[1;2D", "ctrl+u": "\x15"}  # fmt: skip
