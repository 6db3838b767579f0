"""What commands print as JSON of claims, articles and evidence (see printed.py)."""

from datetime import date, datetime
from typing import Annotated, Literal, NotRequired
from uuid import UUID

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from claims.model.anchor import AnchorState, Change
from claims.model.kinds import (
    ClaimClass,
    ClaimStatus,
    DocumentStatus,
    Form,
    LinkKind,
    Mode,
    SourceKind,
)

exact = with_config(ConfigDict(extra="forbid"))

Short = Annotated[str, Field(description="The first eight digits of the id; commands take them.")]
Share = Annotated[float, Field(ge=0, le=1)]
Spans = Annotated[
    list[Annotated[list[int], Field(min_length=2, max_length=2)]],
    Field(description="[[start, end], …] in Unicode code points of the text, end exclusive."),
]
Reported = Annotated[
    str, Field(description="The words after what the chain does with them: `denies: …`.")
]
Note = Annotated[
    str | None,
    Field(description="Of an article that is not usable, or has an open notice: who said so."),
]
OriginNote = Annotated[
    str | None, Field(description="Through which withdrawn article it came, if it did.")
]
CopyNote = Annotated[
    str | None, Field(description="What its article is printed from, if it is a copy.")
]
Through = Annotated[
    list[str], Field(description="Who carried the words, outward; with the mode if not `says`.")
]


@exact
class ClaimRow(TypedDict):
    """A claim in a list."""

    id: Short
    status: ClaimStatus
    speaker: Annotated[str, Field(description="In brackets, as printed, if nobody is named.")]
    mode: Mode
    form: Form
    through: Through
    date: Annotated[
        date | None, Field(description="Day of publication, by the article's own clock.")
    ]
    outlet: str | None
    claim_class: Annotated[ClaimClass, Field(alias="class")]
    score: Share | None
    name_score: Share | None
    words: str
    reported: Reported
    claim: UUID
    title: str | None
    published_at: datetime | None
    document_status: DocumentStatus
    document_note: Note
    origin_note: OriginNote
    copy_note: CopyNote


@exact
class TimelineRow(TypedDict):
    """A claim on the timeline of a source, and how far what it reports went."""

    id: Short
    day: Annotated[date | None, Field(description="When it was said, else when it was printed.")]
    status: ClaimStatus
    mode: Mode
    form: Form
    through: Through
    outlet: str | None
    office: str | None
    words: Annotated[str, Field(description="The statement, else the words as printed.")]
    reported: Reported
    claim: UUID
    url: str | None
    title: str | None
    document_status: DocumentStatus
    document_note: Note
    origin_note: OriginNote
    copy_note: CopyNote
    printings: Annotated[int, Field(description="Reports of it that were not withdrawn.")]
    outlets: int
    origins: Annotated[str, Field(description="Who heard it, as far as known, by commas.")]
    reach: Annotated[str, Field(description="The same in words.")]


@exact
class Linked(TypedDict):
    """How a mention was linked to its source."""

    rule: str
    score: Share | None
    reason: str | None
    merged: bool


@exact
class Hop(TypedDict):
    """One hop of a chain."""

    position: int
    source: UUID | None
    name: str | None
    kind: SourceKind | None
    description: str | None
    mention: str
    cue: str
    capacity: str | None
    mode: Mode
    linked: Linked | None


@exact
class Beside(TypedDict):
    """A claim that is related to the one shown."""

    relation: LinkKind | Literal["parent", "part"]
    inward: bool
    id: UUID
    status: ClaimStatus
    words: str
    mode: Mode
    reported: Reported


@exact
class ClaimDecision(TypedDict):
    """A decision on the claim."""

    no: int
    at: datetime
    by: str
    action: str
    change: str
    reason: str | None


@exact
class Anchor(TypedDict):
    """How the claim stands in another version of its article."""

    version: int
    state: AnchorState
    changes: list[Change]
    old: str
    new: str


@exact
class Context(TypedDict):
    """The paragraphs around the words; `start` and `end` are their offsets in the text."""

    start: int
    end: int
    text: str


@exact
class CorroborationFacts(TypedDict):
    """How far a published claim went (that it was said), and who else says so (that it is so)."""

    utterance: UUID
    printings: int
    outlets: int
    heard_by: int
    origins: str | None
    first_printing: UUID | None
    first_printed_at: datetime | None
    asserted_by: int
    opposed: bool
    suggested_credibility: Annotated[int, Field(ge=1, le=6)]
    suggestion: str


@exact
class ClaimFacts(TypedDict):
    """Everything known about one claim."""

    id: UUID
    form: Form
    claim_class: Annotated[ClaimClass, Field(alias="class")]
    text: str
    statement: str | None
    spans: Spans
    paragraph: int
    said_on: Annotated[list[date] | None, Field(min_length=2, max_length=2)]
    said_on_text: str | None
    venue: str | None
    hearer: str | None
    status: ClaimStatus
    revision: int
    rule: str
    extractor_score: Share | None
    name_score: Share | None
    suggested_name: str | None
    attribution_confidence: Share | None
    credibility: int | None
    document: UUID
    version: int
    title: str | None
    outlet: str | None
    url: str | None
    published_at: datetime | None
    date: Annotated[
        date | None, Field(description="Day of publication, by the article's own clock.")
    ]
    document_status: DocumentStatus
    document_note: Note
    origin_note: OriginNote
    copy_note: CopyNote
    credit_note: Annotated[
        str | None, Field(description="Whom its article credits with its text, by which words.")
    ]
    hops: list[Hop]
    beside: list[Beside]
    decisions: list[ClaimDecision]
    anchors: list[Anchor]
    others: Annotated[
        list[str], Field(description="Other programs that propose its words, or some of them.")
    ]
    speaker: str
    mode: Mode
    reported: Reported
    context: Context
    corroboration: Annotated[
        CorroborationFacts | None, Field(description="null of a claim that is not published.")
    ]


@exact
class DocumentRow(TypedDict):
    """An article in a list."""

    id: Short
    published: date | None
    outlet: str | None
    status: DocumentStatus
    versions: int
    waiting: int
    accepted: int
    title: str | None
    document: UUID
    embargoed_until: datetime | None
    embargo: Annotated[str | None, Field(description="The same in words.")]
    url: str | None
    published_at: datetime | None


@exact
class VersionRow(TypedDict):
    """A version of an article."""

    version: int
    current: bool
    seen: str
    last: str
    publisher: str | None
    changed: int | None
    first_seen: datetime
    last_seen: datetime
    sightings: int
    publisher_version: int | None
    publisher_time: datetime | None
    reader: str
    version_id: UUID


@exact
class DocumentName(TypedDict):
    """An address or id of an article."""

    kind: Literal["canonical", "other", "fetched", "redirect", "id"]
    name: str


@exact
class DocumentClaim(TypedDict):
    """A claim of an article."""

    claim: UUID
    status: ClaimStatus
    speaker: str | None
    mode: Mode
    version: int
    words: str
    reported: Reported
    now: str | None


@exact
class CopyFacts(TypedDict):
    """A copy or an original of an article."""

    document: UUID
    outlet: str | None
    published_at: datetime | None
    url: str | None
    kind: Literal["same", "copy", "cut", "merged"]
    share: Annotated[Share, Field(description="Of the copy's words, those of the original too.")]
    settled: Annotated[bool, Field(description="Whether a person says so.")]
    reason: str


@exact
class OriginFacts(TypedDict):
    """Whom the text of an article comes from."""

    origin: str | None
    rule: Literal["settled", "field", "credit-line", "byline", "earliest", "own"]
    reason: str


@exact
class DocumentFacts(TypedDict):
    """Everything known about one article."""

    id: Short
    published: date | None
    outlet: str | None
    status: DocumentStatus
    versions: list[VersionRow]
    waiting: int
    accepted: int
    title: str | None
    document: UUID
    embargoed_until: datetime | None
    embargo: Annotated[str | None, Field(description="The same in words.")]
    url: str | None
    published_at: datetime | None
    status_note: Note
    copy_of: Annotated[list[CopyFacts], Field(description="What it is printed from.")]
    origins: list[OriginFacts]
    copies: Annotated[list[CopyFacts], Field(description="What is printed from it; 100 at most.")]
    names: list[DocumentName]
    claims: list[DocumentClaim]


@exact
class Stretch(TypedDict):
    """Words that two versions share, or only one has."""

    change: Literal["same", "removed", "added"]
    words: str
    start: int
    end: int


@exact
class Derived(TypedDict):
    """The text, derived again from the bytes and compared."""

    result: str
    reader: str
    detail: str


@exact
class ArchiveRecord(TypedDict):
    """The bytes that a text was read from."""

    id: UUID
    uri: str | None
    retrieved_at: datetime
    http_status: int | None
    http_headers: list[list[str]]
    redirects: list[str]
    media_type: str
    warc_record: str | None
    size: int
    sha256: str
    unchanged: bool


@exact
class Cited(TypedDict):
    """The claim that was asked for."""

    id: UUID
    text: str
    reported: Reported
    spans: Spans


@exact
class EvidenceFacts(TypedDict):
    """A text with its bytes."""

    document: UUID
    version: UUID
    number: int
    url: str | None
    title: str | None
    outlet: str | None
    published_at: datetime | None
    retrieved_at: datetime
    reader: str
    part: str | None
    text: str
    sha256: str
    unchanged: bool
    derived: Derived
    archive_record: ArchiveRecord
    claim: NotRequired[Cited]
