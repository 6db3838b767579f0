"""Golden screens: `python -m tests.terminal.screens` writes them anew; look at the difference."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from claims.model.anchor import Change
from claims.model.kinds import ClaimStatus, Form
from claims.review.card import Card, ReturnedClaim
from claims.review.edits import set_content
from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from claims.terminal.keys.line_editor import open_field
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import words_in
from claims.terminal.state import Message, State, with_change
from tests.terminal.samples import ARTICLE, CONTENT, card, hostile_card, returned, span, state

FOLDER = Path(__file__).with_name("screens")
SIZES = ((60, 16), (80, 24), (100, 30), (200, 60))


def states() -> dict[str, State]:
    """What is drawn at each size."""
    plain, hostile = state(), state(hostile_card())
    content = set_content(ARTICLE, card().state, span(ARTICLE, f"Velayati said, that {CONTENT}"))
    older = replace(
        card(), state=replace(card().state, status=ClaimStatus.ACCEPTED, form=Form.QUOTE)
    )
    return {
        "card": plain,
        "hostile": hostile,
        "changed": with_change(plain, content, "the beginning moved; the words are paraphrase"),
        "stale": replace(
            with_change(plain, content),
            stale_card=older,
            message=Message(
                "error[changed-meanwhile] claim 48120000: decided on since (jon)", is_error=True
            ),
        ),
        "speaker": replace(hostile, mode=InputMode.SPEAKER),
        "chain": replace(plain, mode=InputMode.CHAIN, hop=3),
        "reason": replace(plain, mode=InputMode.REASON),
        "split": replace(plain, mode=InputMode.SPLIT, position=5),
        "marked": replace(plain, mode=InputMode.SURE, marked_cards=(card(), hostile_card())),
        "altered": replace(plain, card=_came_back(returned(EDITED, changes=(Change.NEGATION,)))),
        "lost": replace(plain, card=_came_back(returned("", state="lost", changes=()))),
        "typing": replace(
            hostile, field=open_field("wording", "words as printed", "漢字 👩‍🚀 " * 30)
        ),
        "paused": replace(plain, mode=InputMode.PAUSED),
        "nothing": replace(plain, card=None),
        "article": replace(hostile, mode=InputMode.ARTICLE),
        "help": replace(plain, mode=InputMode.HELP),
    }


EDITED = "the two countries will not work together until the end of next year"


def _came_back(found: ReturnedClaim) -> Card:
    """The plain card, published and edited since."""
    published = replace(card().state, status=ClaimStatus.ACCEPTED)
    return replace(card(), state=published, returned=found)


def drawn() -> Iterator[tuple[Path, str]]:
    """Each golden file and what it should hold."""
    for width, height in SIZES:
        for name, shown in states().items():
            lines = draw_screen(shown, DEFAULT_KEYMAP, width, height)
            text = "".join(f"{words_in(row).rstrip()}\n" for row in lines)
            yield FOLDER / f"{width}x{height}" / f"{name}.txt", text


def main() -> None:
    """Write all."""
    for path, text in drawn():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
