"""A claim's state: the fields that decisions set, and their form as JSON.

The ledger, drafts, sealed readings and files of decisions hold fields of a claim as JSON. This is
the one module that knows that form. It is derived from the classes below, so that a new field is
one line here.
"""

import uuid
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config

from claims.model.json import Json, JsonObject
from claims.model.kinds import ClaimStatus, Form, LinkKind, Mode
from claims.model.span import Spans

_EXACT = ConfigDict(extra="forbid")

Share = Annotated[float, Field(ge=0, le=1)]
Credibility = Annotated[int, Field(ge=1, le=6)]


@with_config(_EXACT)
@dataclass(frozen=True, slots=True)
class HopState:
    """One hop of a claim's chain. A hop without any argument is one of which nothing is known.

    Attributes:
        source: Who it is; None if nobody knows.
        mention: Where the article names the source; empty if it only implies it.
        cue: Where the reporting words stand.
        capacity: Where the office or role stands.
        mode: What the hop does with the content.
        link_rule: How the mention was linked to its source; None without a source.
        link_score: 0 to 1, how sure that link is; None without a source, or if the mention made it.
        link_reason: Why, in words.
    """

    source: uuid.UUID | None = None
    mention: Spans = ()
    cue: Spans = ()
    capacity: Spans = ()
    mode: Mode = Mode.SAYS
    link_rule: str | None = None
    link_score: Share | None = None
    link_reason: str | None = None


@with_config(_EXACT)
@dataclass(frozen=True, slots=True, order=True)
class LinkState:
    """A link that a person made from a claim to another, or refused.

    Attributes:
        b: The other claim.
        kind: How the two relate.
    """

    b: uuid.UUID
    kind: LinkKind


@with_config(_EXACT)
@dataclass(frozen=True, slots=True)
class ClaimState:
    """Everything about a claim that a decision can set.

    Attributes:
        status: How far review has come with it.
        content: Where its words stand in the article.
        text: The words that stand there.
        form: How much of them is quoted.
        chain: Its attribution from the voice outward; at least one hop.
        statement: The claim in words that stand alone; None until an editor writes them.
        said_on: First and last day on which it can have been said.
        said_on_text: When it was said, as printed.
        venue: Where or how it was said, as printed.
        attribution_confidence: 0 to 1, how sure the editor is that this person said this.
        credibility: 1 (confirmed) to 5 (improbable) for the content; 6 cannot be judged.
        links: Other claims that people linked it to, in order.
        refused_links: Links to other claims that people refused, in order.
        disputed_links: Other claims of which two readers differ how they relate to it, in order.
    """

    status: ClaimStatus
    content: Spans
    text: str
    form: Form
    chain: tuple[HopState, ...]
    statement: str | None = None
    said_on: tuple[date, date] | None = None
    said_on_text: str | None = None
    venue: str | None = None
    attribution_confidence: Share | None = None
    credibility: Credibility | None = None
    links: tuple[LinkState, ...] = ()
    refused_links: tuple[LinkState, ...] = ()
    disputed_links: tuple[uuid.UUID, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """All fields by name, as decisions write them."""
        values: dict[str, Json] = _STATE.dump_python(self, mode="json")
        return values

    @staticmethod
    def from_json(values: JsonObject) -> "ClaimState":
        """A state from its fields by name; those that have a default may be missing.

        Raises:
            ValueError: A field is missing or unknown, or a value does not fit.
        """
        return _read_state(values)

    def with_changes(self, changes: JsonObject) -> "ClaimState":
        """This state with some fields set, as drafts, readings and decisions name them.

        Raises:
            ValueError: A field is unknown, or a value does not fit.
        """
        return _read_state({**self.to_json(), **changes}) if changes else self


@dataclass(frozen=True, slots=True)
class ClaimOrigin:
    """What the decision that creates a claim says of it once and for all.

    Attributes:
        version: The text that it stands in.
        run: The run that proposed what it is made of; of a claim that a person added, the one that
            read its text.
        rule: The rule that found that; `editor` if a person did.
        extractor_score: 0 to 1, what the extractor gave that; None if a person found it.
        parents: The claims that it is made of; its attribution is that of the first.
    """

    version: uuid.UUID
    run: uuid.UUID
    rule: str
    extractor_score: float | None
    parents: tuple[uuid.UUID, ...]

    def to_json(self) -> dict[str, Json]:
        """All fields by name, as decisions write them."""
        values: dict[str, Json] = _ORIGIN.dump_python(self, mode="json")
        return values

    @staticmethod
    def from_json(values: JsonObject) -> "ClaimOrigin":
        """An origin from its fields by name; other fields are passed over.

        Raises:
            ValueError: A field is missing, or a value does not fit.
        """
        return _ORIGIN.validate_python(values)


def changes_between(before: ClaimState, after: ClaimState) -> dict[str, Json]:
    """The fields in which the second state differs from the first, with its values, as JSON."""
    if before == after:
        return {}
    old, new = before.to_json(), after.to_json()
    return {name: value for name, value in new.items() if value != old[name]}


def _read_state(values: JsonObject) -> ClaimState:
    try:
        return _STATE.validate_python(values)
    except ValidationError as error:
        raise ValueError(describe_invalid(error)) from error


def describe_invalid(error: ValidationError) -> str:
    """The first value that does not fit and why, on one line that begins with its field."""
    problem = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in problem["loc"]) or "the line"
    value = repr(problem.get("input"))[:80]
    return f"{field}: {problem['msg']}, not {value}"


FIELDS = tuple(field.name for field in fields(ClaimState))
"""Names of all fields of a state."""

BLANK = ClaimState(ClaimStatus.PROPOSED, (), "", Form.PARAPHRASE, ())
"""A state with nothing in it, to read fields into that come without the others."""

_STATE = TypeAdapter(ClaimState)
_ORIGIN = TypeAdapter(ClaimOrigin)
