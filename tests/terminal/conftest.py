"""Reviewers at the queue, on a real database and with a clock of the test's own."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from claims.database.engine import Database
from claims.terminal.controller import ReviewController
from claims.terminal.keys.keymap import OWN
from claims.terminal.state import State
from tests.review.conftest import Room


@dataclass
class Hands:
    """Somebody who presses keys, a second apart."""

    seat: ReviewController
    now: float = field(default=100.0)

    def __post_init__(self) -> None:
        """Sit down and look."""
        self.seat.start(self.now)
        self.seat.painted(self.now)

    @property
    def state(self) -> State:
        """What is on the screen."""
        return self.seat.state

    @property
    def words(self) -> str:
        """The words on the card, as changed; empty without one."""
        return str(self.state.fields.get("text", ""))

    def press(self, keys: str, apart: float = 1.0) -> State:
        """Press keys, parted by spaces; what stands in `quotes` is typed."""
        for key in keys.split(" "):
            self.now += apart
            self.seat.press(key, self.now)
            self.seat.painted(self.now)
        return self.state

    def type(self, text: str) -> State:
        """Type a text into the open line, and press enter."""
        for sign in text:
            self.seat.press("space" if sign == " " else sign, self.now)
        return self.press("enter")


Sit = Callable[..., Hands]


@pytest.fixture
def room(database: Database) -> Room:
    """An empty database with nobody in it yet."""
    return Room(database)


@pytest.fixture
def sit(room: Room) -> Sit:
    """Somebody sits down at the queue."""
    return lambda name="Ann", **more: Hands(ReviewController(room.sitting(name, **more), OWN))
