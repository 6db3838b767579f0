"""The tutorial's keys lead to the tutorial's screens."""

from claims.database.engine import Database
from tests.terminal.tutorial import DOCUMENT, redrawn, store_seed


def test_the_screens_of_the_tutorial_are_those_of_the_program(database: Database) -> None:
    store_seed(database)
    document = DOCUMENT.read_text("utf-8")
    assert redrawn(database, document) == document, "python -m tests.terminal.tutorial draws them"
