"""Decisions from a file: read and checked line by line, nothing done."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Annotated

import orjson
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from claims.errors.base import named
from claims.model.claim import BLANK, FIELDS, ClaimState, describe_invalid
from claims.model.identity import derived_id
from claims.model.json import JsonObject
from claims.review.edits import link_by_person, set_content
from claims.review.errors import BadLineError
from claims.review.transitions import Action

CHANGEABLE = frozenset(FIELDS) - {"status", "text", "disputed_links"}
"""Fields that a line may change: a status comes from the action, the words from the content, a
dispute from two readings."""


class LineIn(BaseModel):
    """One line: who does what with which claim, as they saw it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    who: Annotated[str, Field(min_length=1)]
    claim: Annotated[str, Field(min_length=1)]
    revision: Annotated[int, Field(ge=0)]
    action: Action
    reason: str | None = None
    changes: dict[str, JsonValue] = {}
    id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be followed.

    Attributes:
        place: File and line, as messages name it.
        id: The decision's id: as given, else derived from what the line says, so that the same line
            again is the same decision.
        request: What the line says.
    """

    place: str
    id: uuid.UUID
    request: LineIn


def read_lines(path: str, lines: Iterable[bytes]) -> Iterator[Line | BadLineError]:
    """Each line of a file of decisions, or what is wrong with it; empty lines are passed over.

    Args:
        path: How messages name the file.
        lines: JSON objects, one a line.
    """
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        place = f"{named(path)}:{number}"
        try:
            value = orjson.loads(raw)
            line = LineIn.model_validate_json(raw)
            check_changes(line.changes)
        except orjson.JSONDecodeError as error:
            yield BadLineError(place, f"not JSON: {error}")
        except ValidationError as error:
            yield BadLineError(place, describe_invalid(error))
        except ValueError as error:
            yield BadLineError(place, f"changes.{error}")
        else:
            if line.action in {Action.SPLIT, Action.MERGE}:
                yield BadLineError(place, f"action: {line.action} has a command of its own")
                continue
            canonical = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
            yield Line(place, line.id or derived_id("decision", canonical), line)


def check_changes(changes: JsonObject) -> None:
    """Refuse changes that no claim could have.

    Raises:
        ValueError: Names the field first.
    """
    for name in changes.keys() - CHANGEABLE:
        raise ValueError(f"{name}: a line cannot change it")
    state = BLANK.with_changes(changes)
    if "chain" in changes and not state.chain:
        raise ValueError("chain: it has at least the voice")
    if any((hop.link_rule, hop.link_score, hop.link_reason) != (None,) * 3 for hop in state.chain):
        raise ValueError("chain: a line does not say how a source was linked")
    hop_spans = [(*hop.mention, *hop.cue, *hop.capacity) for hop in state.chain]
    for name, spans in (("content", state.content), ("chain", chain.from_iterable(hop_spans))):
        if any(span.start < 0 for span in spans):
            raise ValueError(f"{name}: a span begins before 0")


def apply_changes(article: str, state: ClaimState, changes: JsonObject) -> ClaimState:
    """A claim's state with what a line changes.

    The words and the form come from the content, if the line does not name a form. A hop with a
    source is linked by a person.

    Raises:
        BadChangeError: The content is not in the article.
    """
    edited = state.with_changes(changes)
    if "content" in changes:
        counted = set_content(article, edited, edited.content)
        edited = replace(counted, form=edited.form if "form" in changes else counted.form)
    if "chain" in changes:
        hops = (link_by_person(hop, hop.source) for hop in edited.chain)
        edited = replace(edited, chain=tuple(hops))
    links, refused = tuple(sorted(edited.links)), tuple(sorted(edited.refused_links))
    return replace(edited, links=links, refused_links=refused)
