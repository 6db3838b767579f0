"""The queue of proposed links, one key a decision."""

from collections.abc import Callable, Iterator

from claims.errors.base import UsageError
from claims.ledger.errors import ChangedMeanwhileError
from claims.review.link_session import LinkSession
from claims.terminal.screen.link_lines import HELP, KEYS, KINDS, draw_card
from claims.text.display import visible

ReadKey = Callable[[], str | None]
"""Reads a key; None at the end of input."""


def run_link_queue(
    session: LinkSession,
    read_key: ReadKey,
    write: Callable[[str], None],
    size: Callable[[], tuple[int, int]],
) -> int:
    """Work until the reviewer quits, the input ends or no link is left.

    Args:
        session: The links, and what is decided on them.
        read_key: Where keys come from.
        write: Where lines go.
        size: Columns and lines of the terminal.
    """
    session.next()
    shown = None
    while True:
        if session.card is None:
            write("No link is waiting.")
            if not session.decided:
                return 0
            write("u undo  q quit")
        elif session.card is not shown:
            for line in draw_card(session.card, *size()):
                write(line)
        shown = session.card
        key = read_key()
        if key is None or key == "q" or (session.card is None and key != "u"):
            return 0
        for line in press(session, key):
            write(line)


def press(session: LinkSession, key: str) -> Iterator[str]:
    """Do what a key says; yields what came of it."""
    card = session.card
    if key == "?":
        yield from HELP
    elif key == " ":
        session.next()
    elif key == "u":
        yield session.undo()
        session.next()
    elif card is not None and card.kind is None and key == "a":
        yield "a question proposes nothing: say how the two relate, or x if they are different"
    elif card is not None and key in {"a", "x", *KINDS}:
        kind = {"a": card.kind, "x": None, **KINDS}[key]
        try:
            yield f"saved: {session.settle(kind)}"
        except (UsageError, ChangedMeanwhileError) as error:
            yield f"refused: {visible(str(error))}"
        session.next()
    else:
        yield f"no such key; {KEYS}"
