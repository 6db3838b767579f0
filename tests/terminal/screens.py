"""Golden screens: `python -m tests.terminal.screens` writes them anew; look at the difference."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from claims.review.edits import set_content
from claims.terminal.acts import Place
from claims.terminal.keymap import OWN
from claims.terminal.layout import draw_screen
from claims.terminal.line_editor import opened
from claims.terminal.pieces import words_in
from claims.terminal.state import State, Told, changed
from tests.terminal.samples import ARTICLE, CONTENT, card, hostile_card, span, state

FOLDER = Path(__file__).with_name("screens")
SIZES = ((60, 16), (80, 24), (100, 30), (200, 60))


def states() -> dict[str, State]:
    """What is drawn at each size."""
    plain, hostile = state(), state(hostile_card())
    content = set_content(ARTICLE, span(ARTICLE, f"Velayati said, that {CONTENT}"))
    older = replace(card(), fields={**card().fields, "status": "accepted", "form": "quote"})
    return {
        "card": plain,
        "hostile": hostile,
        "changed": changed(plain, content, "the beginning moved; the words are paraphrase"),
        "stale": replace(
            changed(plain, content),
            loaded=older,
            told=Told("error[changed-meanwhile] claim 48120000: decided on since (jon)", bad=True),
        ),
        "speaker": replace(hostile, place=Place.SPEAKER),
        "chain": replace(plain, place=Place.CHAIN, hop=3),
        "reason": replace(plain, place=Place.REASON),
        "split": replace(plain, place=Place.SPLIT, at=5),
        "marked": replace(plain, place=Place.SURE, marked=(card(), hostile_card())),
        "typing": replace(hostile, field=opened("wording", "words as printed", "漢字 👩‍🚀 " * 30)),
        "paused": replace(plain, place=Place.PAUSED),
        "nothing": replace(plain, card=None),
        "article": replace(hostile, place=Place.ARTICLE),
        "help": replace(plain, place=Place.HELP),
    }


def drawn() -> Iterator[tuple[Path, str]]:
    """Each golden file and what it should hold."""
    for width, height in SIZES:
        for name, shown in states().items():
            lines = draw_screen(shown, OWN, width, height)
            text = "".join(f"{words_in(made).rstrip()}\n" for made in lines)
            yield FOLDER / f"{width}x{height}" / f"{name}.txt", text


def main() -> None:
    """Write all."""
    for path, text in drawn():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
