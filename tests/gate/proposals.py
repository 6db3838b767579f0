"""Reads what a program proposes for the benchmark, in the format of `claims extract`."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from tests.gate.readings import Claim, Reading
from tests.gate.scorer import WORD, words_inside

Span = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]
SAYS = frozenset({"says", "shows"})
"""Modes of `claims extract` and of others that the gold calls "asserts"."""


class BadProposals(Exception):  # noqa: N818 - what is wrong, not that something is
    """A line cannot be read as proposals for an article of the benchmark; has the line's number."""


class HopLine(BaseModel):
    """A hop of a chain: the speaker first, then the carriers outward."""

    name: str | None = None
    kind: str | None = None


class HearerLine(BaseModel):
    """Whom something was said to."""

    spans: list[Span] = []


class ProposalLine(BaseModel):
    """A claim that a program proposes; what it does not say is not held against it.

    Attributes:
        content: Where the words stand, in code points of the article.
        source: Where the speaker is named beside them.
        speaker: The speaker's name.
        chain: The speaker and the carriers.
        to: Whom it was said to.
        form: `quote`, `mixed` or `paraphrase`; None if the program does not say.
        mode: As docs/how-to/extract.md lists them; None likewise.
        claim_class: `class` in the file; None likewise.
    """

    content: list[Span] = Field(min_length=1)
    source: list[Span] = []
    speaker: str | None = None
    chain: list[HopLine] = []
    to: HearerLine | None = None
    form: str | None = None
    mode: str | None = None
    claim_class: str | None = Field(default=None, alias="class")


class ArticleLine(BaseModel):
    """A line of the file: an article's name, or a path that ends in it, and its proposals."""

    doc_id: str
    attributions: list[ProposalLine]


def read_proposals(lines: Iterable[str], texts: dict[str, str]) -> list[Reading]:
    """A reading for each of the articles; one that the lines leave out has no claims.

    Raises:
        BadProposals: A line is no JSON of this form, or is about no article, or is past its end.
    """
    proposed: dict[str, list[ProposalLine]] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            article, own = _read_line(number, line, texts)
            proposed.setdefault(article, []).extend(own)
    return [reading_of(name, text, proposed.get(name, [])) for name, text in texts.items()]


def _read_line(number: int, line: str, texts: dict[str, str]) -> tuple[str, list[ProposalLine]]:
    try:
        read = ArticleLine.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join([f"line {number}", ".".join(map(str, first["loc"]))]).strip()
        raise BadProposals(f"{place}: {first['msg']}") from error
    article = PurePath(read.doc_id).name.removesuffix(".txt")
    if article not in texts:
        raise BadProposals(f"line {number} doc_id: no article of the benchmark: {read.doc_id}")
    for place, span in _spans(read.attributions):
        if not span[0] < span[1] <= len(texts[article]):
            raise BadProposals(f"line {number} {place}: no range of {article}: {list(span)}")
    return article, read.attributions


def _spans(proposals: list[ProposalLine]) -> Iterator[tuple[str, Span]]:
    for number, one in enumerate(proposals):
        spans = {"content": one.content, "source": one.source, "to": one.to.spans if one.to else []}
        for key, own in spans.items():
            yield from ((f"attributions.{number}.{key}", span) for span in own)


def reading_of(article: str, text: str, proposals: Iterable[ProposalLine]) -> Reading:
    """What a program proposes for an article, as a reading."""
    words = list(WORD.finditer(text))
    claims = []
    for one in proposals:
        mode = "asserts" if one.mode in SAYS else one.mode
        labels = {"form": one.form, "mode": mode, "class": one.claim_class}
        claims.append(
            Claim(
                content=words_inside(words, one.content),
                source=words_inside(words, one.source),
                speaker=one.speaker,
                kind=one.chain[0].kind if one.chain else None,
                named=None,
                carriers=tuple(hop.name for hop in one.chain[1:] if hop.name),
                to=words_inside(words, one.to.spans if one.to else []),
                labels={label: value for label, value in labels.items() if value},
            )
        )
    return Reading(article, text, words, {}, tuple(claims))
