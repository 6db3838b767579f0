"""Reviewers at the queue, on a real database and with a clock of the test's own."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from claims.database.engine import Database
from claims.terminal.controller import ReviewController
from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from claims.terminal.state import State
from tests.review.conftest import Room


@dataclass
class Hands:
    """Somebody who presses keys, a second apart."""

    controller: ReviewController
    now: float = field(default=100.0)

    def __post_init__(self) -> None:
        """Open the queue and look."""
        self.controller.start(self.now)
        self.controller.screen_shown(self.now)

    @property
    def state(self) -> State:
        """What is on the screen."""
        return self.controller.state

    @property
    def words(self) -> str:
        """The words on the card, as changed; empty without one."""
        return self.state.claim.text

    def press(self, keys: str, apart: float = 1.0) -> State:
        """Press keys, separated by spaces."""
        for key in keys.split(" "):
            self.now += apart
            self.controller.press(key, self.now)
            self.controller.screen_shown(self.now)
        return self.state

    def type(self, text: str) -> State:
        """Type a text into the open line, and press enter."""
        for sign in text:
            self.controller.press("space" if sign == " " else sign, self.now)
        return self.press("enter")


Sit = Callable[..., Hands]


@pytest.fixture
def room(database: Database) -> Room:
    """An empty database with nobody in it yet."""
    return Room(database)


@pytest.fixture
def sit(room: Room) -> Sit:
    """Somebody opens the queue."""
    return lambda name="Ann", **more: Hands(
        ReviewController(room.sitting(name, **more), DEFAULT_KEYMAP)
    )
