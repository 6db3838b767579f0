"""Annotated articles of the benchmark, with the numbers of the words that each claim has.

A reading is what one reader, the adjudicator or a program says of an article. All three have one
shape here, so that a program is compared with the gold as two readers are with each other.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from tests.gate.scorer import WORD, Words, words_inside

BENCHMARK = Path(__file__).parent / "benchmark"
READINGS = ("first", "second", "gold")
"""The folders of BENCHMARK with a file for each article."""


class Numbered(TypedDict):
    """A string and which of its occurrences is meant, counted from 1 as a plain search counts."""

    t: str
    nth: int


Span = tuple[int, int]

Printed = str | Numbered
"""Words as the article prints them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody said, as one reading has it.

    Attributes:
        content: The words that were said.
        source: The words that name the speaker beside them; empty if there are none.
        speaker: Whose words they are, by name or description; None if nobody is given.
        kind: What the speaker is; None if the reading does not say.
        named: Whether the article gives the speaker a name; None if the reading does not say.
        carriers: Names of those through whom the words came, nearest to the speaker first.
        to: The words that say who heard it; empty if there are none.
        labels: Its form, mode and class, as far as the reading says.
        nested_in: Number of the claim that these words report; None if they report none.
        continues: Number of the claim whose quotation goes on here; None if none does.
    """

    content: Words
    source: Words
    speaker: str | None
    kind: str | None
    named: bool | None
    carriers: tuple[str, ...]
    to: Words
    labels: Mapping[str, str]
    nested_in: int | None = None
    continues: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one reader found in an article.

    Attributes:
        article: The file's name without its ending: `01-wire`.
        text: The article.
        words: Its words, by whose numbers claims say where they stand.
        names: For each named speaker or carrier, the other names that the article prints.
        claims: In the order of their first words.
    """

    article: str
    text: str
    words: list[re.Match[str]]
    names: Mapping[str, frozenset[str]]
    claims: tuple[Claim, ...]

    @property
    def style(self) -> str:
        """What sort of article it is: `wire`, `press-release`."""
        return self.article.partition("-")[2]


def load_readings(name: str) -> list[Reading]:
    """One of READINGS, in the order of the articles."""
    return [_load(path) for path in sorted((BENCHMARK / name).glob("*.json"))]


def load_texts() -> dict[str, str]:
    """The articles by their names."""
    return {path.stem: path.read_text("utf-8") for path in _articles()}


def fingerprint() -> str:
    """A digest of the articles and their gold, so that floors know what they were measured on."""
    digest = hashlib.sha256()
    for path in [*_articles(), *sorted((BENCHMARK / "gold").glob("*.json"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _articles() -> list[Path]:
    return sorted((BENCHMARK / "articles").glob("*.txt"))


def _load(path: Path) -> Reading:
    file = json.loads(path.read_text("utf-8"))
    text = (BENCHMARK / "articles" / file["article"]).read_text("utf-8")
    words = list(WORD.finditer(text))
    names = {name: frozenset(others) for name, others in file["names"].items()}
    claims = tuple(_claim(text, words, one) for one in file["claims"])
    return Reading(path.stem, text, words, names, claims)


def _claim(text: str, words: list[re.Match[str]], one: Mapping[str, Any]) -> Claim:
    spans = [place(text, printed) for printed in one["words"]]
    source, to = one["speaker_words"], one["to"]
    return Claim(
        content=words_inside(words, spans),
        source=words_inside(words, [place(text, source, spans)] if source else []),
        speaker=one["speaker"],
        kind=one["speaker_kind"],
        named=one["named"],
        carriers=tuple(carrier["name"] for carrier in one["carriers"]),
        to=words_inside(words, [place(text, to, spans)] if to else []),
        labels={label: one[label] for label in ("form", "mode", "class")},
        nested_in=one["nested_in"],
        continues=one["continues"],
    )


def place(text: str, printed: Printed, claim: Sequence[Span] = ()) -> Span:
    """Where words stand: the occurrence that is counted, else the one nearest to a claim's words.

    A mention that is not counted is made of whole words and stands outside the claim's, if it can.

    Raises:
        ValueError: They do not stand there.
    """
    words = printed if isinstance(printed, str) else printed["t"]
    spans = [(at, at + len(words)) for at in _occurrences(text, words)]
    if not isinstance(printed, str):
        spans = spans[printed["nth"] - 1 : printed["nth"]] if printed["nth"] > 0 else []
    if not spans:
        raise ValueError(f"does not stand in the text: {printed!r}")

    def strangeness(span: Span) -> tuple[bool, int]:
        start, end = span
        inside = any(start < last and first < end for first, last in claim)
        whole = re.compile(rf"\b{re.escape(words)}\b").match(text, start) is not None
        gaps = [max(first - end, start - last) for first, last in claim]
        return inside or not whole, min(gaps, default=0)

    return min(spans, key=strangeness)


def _occurrences(text: str, words: str) -> Iterator[int]:
    """Where a string begins, overlapping ones too."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
