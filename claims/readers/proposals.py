"""Proposals of any program: JSON lines, one article each, in the format of `claims extract`."""

import reprlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from claims.model.kinds import Mode, SourceKind
from claims.model.problem import Problem, Reason
from claims.readers.checked import plain_words
from claims.readers.jsonl import Lines, bad_json, parse_json
from claims.readers.plain import decode
from claims.text.clean import clean_line, clean_text

LONGEST_LINE = 8 * 1024 * 1024
"""Bytes. The proposals for a book take less."""

MOST = 5_000
"""Proposals for one article."""

SHOWN = 200
RESERVED = frozenset({"claims", "editor"})
"""Names that no other program may take: the house's own extractor, and people."""

Pair = Annotated[list[int], Field(min_length=2, max_length=2)]
Pairs = Annotated[list[Pair], Field(max_length=50)]
Words = Annotated[str, Field(max_length=20_000)]
Name = Annotated[str, Field(max_length=300)]
# From Python objects a strict enumeration takes members alone.
AnyKind = Annotated[SourceKind, Field(strict=False)]
AnyMode = Annotated[Mode, Field(strict=False)]


class _Record(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class Extractor(_Record):
    """The program that proposes."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][\w .:+/-]{0,99}$")]
    version: Annotated[str, Field(pattern=r"^[\w.:+-]{1,100}$")]

    @model_validator(mode="after")
    def _is_another_program(self) -> "Extractor":
        if self.name.casefold() in RESERVED:
            raise ValueError(f"no other program may be called {self.name}")
        return self

    @property
    def text(self) -> str:
        """Name and version, as runs keep them."""
        return f"{self.name}/{self.version}"


class HopRecord(_Record):
    """A hop of a chain: by offsets or by words."""

    name: Name | None = None
    kind: AnyKind | None = None
    mention: Pairs | None = None
    cue: Pairs | None = None
    speaker_words: Words | None = None
    cue_words: Words | None = None
    mode: AnyMode | None = None


class SaidOnRecord(_Record):
    """When something was said."""

    spans: Pairs
    first: str | None = Field(None, alias="from")
    last: str | None = Field(None, alias="to")


class VenueRecord(_Record):
    """Where or how something was said."""

    spans: Pairs


class Proposed(_Record):
    """A proposal: by offsets, or by exact words that stand in the article."""

    content: Pairs | None = None
    quote: Words | Annotated[list[Words], Field(min_length=1, max_length=50)] | None = None
    context: Words | None = None
    source: Pairs | None = None
    speaker: Name | None = None
    kind: AnyKind | None = None
    cue: Pairs | None = None
    speaker_words: Words | None = None
    cue_words: Words | None = None
    mode: AnyMode | None = None
    chain: Annotated[list[HopRecord], Field(max_length=20)] | None = None
    said_on: SaidOnRecord | None = None
    venue: VenueRecord | None = None
    score: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    rule: Annotated[str, Field(pattern=r"^[\w./:+-]{1,100}$")] | None = None

    @model_validator(mode="after")
    def _has_words(self) -> "Proposed":
        if not self.content and not self.quote:
            raise ValueError("it has neither content (offsets) nor quote (words)")
        if self.rule == "editor":
            raise ValueError("the rule editor is for claims that people add")
        return self


class _Line(_Record):
    doc_id: Annotated[str, Field(min_length=1, max_length=4000)]
    extractor: Extractor | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """What a program proposes for one article.

    Attributes:
        place: The file, or `-`.
        line: The line in it, from 1.
        doc_id: What names the article: an id of its publisher, an address, a document's id, a path.
        extractor: The program; None if the line does not say.
        text: The text that offsets count; None for the text as it came.
        attributions: By their numbers from 0, those that have the right form.
    """

    place: str
    line: int
    doc_id: str
    extractor: Extractor | None
    text: str | None
    attributions: Sequence[tuple[int, Proposed]]


def read_proposals(place: str, lines: Lines) -> Iterator[ProposedLine | Problem]:
    """The proposals of each line, after a problem for each that has another form."""
    number = 0
    while raw := lines.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            while (rest := lines.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            detail = f"the line is longer than {LONGEST_LINE >> 20} MiB"
            yield Problem(place, Reason.TOO_LARGE, detail, line=number)
        elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
            yield from _read_line(place, number, raw)


def _read_line(place: str, number: int, raw: bytes) -> Iterator[ProposedLine | Problem]:
    text = decode(place, raw.removeprefix(b"\xef\xbb\xbf"), number)
    if isinstance(text, Problem):
        yield text
        return
    try:
        fields = parse_json(text)
        line = _Line.model_validate(fields)
    except ValidationError as error:
        yield _field_problem(place, number, error)
        return
    except ValueError as error:
        yield bad_json(place, error, number, text)
        return
    several = fields.get("attributions") if isinstance(fields, Mapping) else None
    if not isinstance(several, list) or len(several) > MOST:
        detail = f"it must be a list of at most {MOST:,} proposals"
        yield Problem(place, Reason.BAD_FIELD, detail, line=number, field="attributions")
        return
    attributions: list[tuple[int, Proposed]] = []
    for at, one in enumerate(several):
        try:
            attributions.append((at, Proposed.model_validate(one)))
        except ValidationError as error:
            yield _field_problem(place, number, error, f"attributions.{at}")
    doc_id = clean_text(line.doc_id).text
    yield ProposedLine(place, number, doc_id, line.extractor, line.text, attributions)


def _field_problem(place: str, number: int, error: ValidationError, within: str = "") -> Problem:
    first = error.errors(include_url=False)[0]
    # A key of foreign JSON may be any text.
    parts = [within, *(str(part)[:50] for part in first["loc"])]
    field = clean_line(".".join(filter(None, parts))) or None
    missing = first["type"] == "missing"
    value = None if missing else clean_text(reprlib.repr(first["input"])).text[:SHOWN]
    detail = clean_line(plain_words(first["type"], first["msg"])[: 2 * SHOWN])[:SHOWN]
    reason = Reason.MISSING_FIELD if missing else Reason.BAD_FIELD
    return Problem(place, reason, detail, line=number, field=field, value=value)
