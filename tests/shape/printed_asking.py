"""What commands print as JSON of utterances (see printed.py)."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from claims.comparison.drift_kinds import DriftKind
from claims.model.kinds import ClaimStatus, DocumentStatus, Form, Mode
from tests.shape.printed_claims import Reported, Short, Through, exact

Printed = Annotated[
    str, Field(description="UTC, for people: the minute, the day if only that is known, or none.")
]
Reach = Annotated[str, Field(description="For people: `6 printings, 4 outlets, 1 origin (IRNA)`.")]
Drifts = Annotated[
    bool, Field(description="False if only an editor's marks, a number's signs or an end differ.")
]
CodePoints = Annotated[
    list[int], Field(min_length=2, max_length=2, description="[start, end), in code points.")
]


@exact
class ReportRow(TypedDict):
    """A claim as one report of an utterance."""

    claim: UUID
    status: ClaimStatus
    outlet: str | None
    published_at: datetime | None
    url: str | None
    document_status: DocumentStatus
    mode: Mode
    words: str
    reported: Reported


@exact
class AboutRow(TypedDict):
    """An utterance, by its earliest report."""

    id: Short
    printed: Printed
    speaker: Annotated[str, Field(description="In brackets, as printed, if nobody is named.")]
    mode: Mode
    form: Form
    printings: int
    outlets: int
    origins: Annotated[str, Field(description="Names, with commas between.")]
    words: str
    reported: Reported
    utterance: UUID
    reach: Reach
    reports: list[ReportRow]


@exact
class ClashRow(TypedDict):
    """With `--contradictions`: two claims that contradict each other, or should be compared."""

    relation: Annotated[
        str,
        Field(
            description="contradicts, narrows or retracts (settled); with a question mark what"
            " clashes: number?, date?, negation?, opposite?, denial?, withdrawal?"
        ),
    ]
    id: Short
    other: Short
    speaker: str
    moment: Literal["same day", "changed over time", "days not known", ""]
    words: Annotated[str, Field(description="The words that clash.")]
    settled: bool
    claim: UUID
    other_claim: UUID
    other_speaker: str
    reported: Reported
    other_reported: Reported
    reason: str


@exact
class ChangeRow(TypedDict):
    """Words of the first printing and those that a later one has for them."""

    kinds: list[DriftKind]
    drift: Drifts
    first_span: CodePoints
    span: CodePoints
    first_words: str
    words: str


@exact
class DriftRow(ReportRow):
    """A later printing, compared with the first one."""

    form: Form
    through: Through
    kinds: Annotated[list[DriftKind], Field(description="The worst first.")]
    drift: Drifts
    changes: list[ChangeRow]


@exact
class DriftFacts(TypedDict):
    """The printings of an utterance, in the order of their publication."""

    reach: Reach
    first: ReportRow
    printings: list[DriftRow]


@exact
class SpreadNode(TypedDict):
    """A carrier or a printing; the keys of a claim are null for a carrier."""

    name: str
    claim: UUID | None
    document: UUID | None
    url: str | None
    form: Form | None
    document_status: DocumentStatus | None
    at: Annotated[datetime | None, Field(description="When it was first printed here or below.")]
    children: "list[SpreadNode]"


@exact
class SpreadFacts(SpreadNode):
    """The tree from the voice to the outlets."""

    reach: Reach
    reported: Reported
