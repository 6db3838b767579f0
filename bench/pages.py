"""Pages as large and as compressible as real ones, made from a seed.

400 real news pages had a mean of 134 KB, 26 KB with gzip. Most of a page is not its article: menus,
style sheets, scripts with the state of an application. These have the same in about the same share.
"""

import json
import random
from collections.abc import Iterator

LETTERS = "etaoinshrdlucmfwypvbgkjqxz"
ICON = (
    '<svg class="icon icon--save" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"'
    ' focusable="false"><path d="M17 3H7a2 2 0 0 0-2 2v16l7-3 7 3V5a2 2 0 0 0-2-2zm0 15-5-2.2L7'
    ' 18V5h10v13z" fill="currentColor"></path></svg><button class="teaser__save" type="button">Save'
    " for later</button>"
)
SPEAKERS = ("Ada Quill", "Ben Marsh", "Cora Finch", "Dov Hale", "Edith Crane", "Femi Rook")


def words_of(chance: random.Random, count: int) -> list[str]:
    """A vocabulary of made-up words, the frequent letters first."""
    weights = [1 / (rank + 2) for rank in range(len(LETTERS))]
    return [
        "".join(chance.choices(LETTERS, weights, k=chance.randint(2, 10))) for _ in range(count)
    ]


def pages(count: int, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """Addresses and pages of one site."""
    chance = random.Random(seed)  # noqa: S311 - made-up pages, the same each time
    vocabulary = words_of(chance, 6000)
    styles = _styles(chance, vocabulary)
    menu = "".join(_link(chance, vocabulary, "nav__item") for _ in range(180))
    for number in range(count):
        url = f"https://paper.example/2026/05/{number:06}-{chance.choice(vocabulary)}"
        yield url, _page(chance, vocabulary, f"{styles}{menu}").encode()


def _page(chance: random.Random, vocabulary: list[str], furniture: str) -> str:
    title = " ".join(chance.choices(vocabulary, k=7)).capitalize()
    paragraphs = "".join(f"<p>{_paragraph(chance, vocabulary)}</p>\n" for _ in range(18))
    state = {
        f"{chance.choice(vocabulary)}{n}": {
            "id": f"{chance.getrandbits(64):016x}",
            "headline": " ".join(chance.choices(vocabulary, k=9)),
            "sections": chance.choices(vocabulary[:80], k=4),
            "published": f"2026-05-{chance.randint(1, 28):02}T08:00:00Z",
            "type": "article", "isPremium": False, "commentsEnabled": True, "sponsor": None,
        }
        for n in range(130)
    }  # fmt: skip
    teasers = "".join(
        '<article class="teaser teaser--small" data-component="teaser"><div class="teaser__body">'
        f"{_link(chance, vocabulary, 'teaser__link')}{ICON}</div></article>"
        for _ in range(64)
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"{furniture}</head><body><article><h1>{title}</h1>\n{paragraphs}</article>"
        f"<aside>{teasers}</aside><script>window.state={json.dumps(state)}</script></body></html>"
    )


def _paragraph(chance: random.Random, vocabulary: list[str]) -> str:
    said = " ".join(chance.choices(vocabulary, k=14))
    rest = " ".join(chance.choices(vocabulary, k=22))
    return f"“{said.capitalize()},” said {chance.choice(SPEAKERS)}. {rest.capitalize()}."


def _link(chance: random.Random, vocabulary: list[str], name: str) -> str:
    path = "/".join(chance.choices(vocabulary, k=3))
    label = " ".join(chance.choices(vocabulary, k=3))
    return f'<a class="{name} {name}--link" href="https://paper.example/{path}">{label}</a>\n'


def _styles(chance: random.Random, vocabulary: list[str]) -> str:
    rules = "".join(
        f".{chance.choice(vocabulary)}__{chance.choice(vocabulary)}{{margin:0 auto;"
        f"padding:{chance.randint(0, 40)}px;color:#{chance.getrandbits(24):06x};display:flex}}\n"
        for _ in range(380)
    )
    return f"<style>{rules}</style>"
