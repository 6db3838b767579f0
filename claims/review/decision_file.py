"""Decisions from a file, and conditions that choose many claims: read and checked, nothing done."""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claims.catalogue.card import Filters
from claims.errors.base import UsageError
from claims.model.identity import derived_id
from claims.model.kinds import Form, Mode
from claims.review.edits import set_content
from claims.review.errors import BadLineError
from claims.review.transitions import Action

Pair = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]
LinkKind = Literal["same_words", "same_content", "contradicts", "narrows", "retracts"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HopIn(_Strict):
    """A hop of a chain as a file states it; spans in code points of the article."""

    source: uuid.UUID | None = None
    mention: list[Pair] = []
    cue: list[Pair] = []
    capacity: list[Pair] = []
    mode: Mode = Mode.SAYS

    def as_fields(self) -> dict[str, object]:
        """As decisions write it: said by a person."""
        linked = self.source is not None
        return {
            "source": str(self.source) if linked else None,
            "mention": [list(pair) for pair in self.mention],
            "cue": [list(pair) for pair in self.cue],
            "capacity": [list(pair) for pair in self.capacity],
            "mode": self.mode.value,
            "link_rule": "person" if linked else None,
            "link_score": 1.0 if linked else None,
            "link_reason": "said by a person" if linked else None,
        }


class LinkIn(_Strict):
    """A link to another claim."""

    b: uuid.UUID
    kind: LinkKind


class ChangesIn(_Strict):
    """What a line changes; a field left out stays."""

    content: list[Pair] | None = None
    form: Form | None = None
    statement: str | None = None
    said_on: tuple[date, date] | None = None
    said_on_text: str | None = None
    venue: str | None = None
    attribution_confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    credibility: Annotated[int, Field(ge=1, le=6)] | None = None
    chain: Annotated[list[HopIn], Field(min_length=1)] | None = None
    links: list[LinkIn] | None = None

    def as_fields(self, article: str) -> dict[str, object]:
        """As decisions write them.

        Raises:
            BadChangeError: The content is not in the article.
        """
        fields: dict[str, object] = {}
        if self.content is not None:
            fields |= set_content(article, self.content)
        if self.chain is not None:
            fields["chain"] = [hop.as_fields() for hop in self.chain]
        if self.links is not None:
            linked = sorted((str(link.b), link.kind) for link in self.links)
            fields["links"] = [{"b": b, "kind": kind} for b, kind in linked]
        plain = self.model_fields_set - {"content", "chain", "links"}
        stated = self.model_dump(mode="json", include=set(plain))
        return fields | stated


class LineIn(_Strict):
    """One line: who does what with which claim, as they saw it."""

    who: Annotated[str, Field(min_length=1)]
    claim: Annotated[str, Field(min_length=1)]
    revision: Annotated[int, Field(ge=0)]
    action: Action
    reason: str | None = None
    changes: ChangesIn = ChangesIn()
    id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be followed.

    Attributes:
        place: File and line, as messages name it.
        id: The decision's id: as given, else made of what the line says, so that the same line
            again is the same decision.
    """

    place: str
    id: uuid.UUID
    asked: LineIn


def read_lines(path: str, lines: Iterable[bytes]) -> Iterator[Line | BadLineError]:
    """Each line of a file of decisions, or what is wrong with it; empty lines are passed over.

    Args:
        path: How messages name the file.
        lines: JSON objects, one a line.
    """
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        place = f"{path}:{number}"
        try:
            value = orjson.loads(raw)
            asked = LineIn.model_validate_json(raw)
        except orjson.JSONDecodeError as error:
            yield BadLineError(place, f"not JSON: {error}")
        except ValidationError as error:
            yield BadLineError(place, _first_fault(error))
        else:
            if asked.action in {Action.SPLIT, Action.MERGE}:
                yield BadLineError(place, f"action: {asked.action} has a command of its own")
                continue
            canonical = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
            yield Line(place, asked.id or derived_id("decision", canonical), asked)


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in fault["loc"]) or "the line"
    value = repr(fault.get("input"))[:80]
    return f"{where}: {fault['msg']}, not {value}"


@dataclass(frozen=True, slots=True)
class Condition:
    """Which claims are meant.

    Attributes:
        filters: What must hold.
        score: The least extractor score; None for any.
    """

    filters: Filters
    score: float | None = None


CONDITION = re.compile(r"(speaker|outlet|form|since|until|words|score)\s*(>=|=)\s*(.+)")


def read_conditions(given: Sequence[str]) -> Condition:
    """What `--where` options say together.

    Raises:
        UsageError: One is not FIELD=VALUE with a field that can be asked for.
    """
    stated: dict[str, Any] = {}
    for one in given:
        match = CONDITION.fullmatch(one.strip())
        if match is None or (match[1] == "score") != (match[2] == ">="):
            detail = "write speaker=, outlet=, form=, since=, until=, words= or score>= and a value"
            raise UsageError(f"--where {one}", detail)
        stated[match[1]] = _value(match[1], match[3], one)
    score = stated.pop("score", None)
    return Condition(Filters(**stated), score)


def _value(field: str, value: str, given: str) -> object:
    readers: Mapping[str, Any] = {
        "form": Form, "since": date.fromisoformat, "until": date.fromisoformat, "score": float,
    }  # fmt: skip
    try:
        return readers.get(field, str)(value.strip())
    except ValueError as error:
        raise UsageError(f"--where {given}", str(error)) from error
