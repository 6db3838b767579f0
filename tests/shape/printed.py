"""What each command prints as JSON: the one place that docs/json/ is made from, by `make docs`.

A test walks every command with `--format json` and checks what it prints against these. Keys are
only added: a program that reads one of them reads it from the next version too.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)
from uuid import UUID

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from claims.exchange.records import ClaimRecord
from claims.extraction.output import Line
from claims.model.feed import AddressState
from claims.model.kinds import LinkKind, Role, SourceKind
from claims.model.notice import NoticeKind
from claims.model.problem import Reason
from tests.shape.printed_asking import AboutRow, ClashRow, DriftFacts, SpreadFacts
from tests.shape.printed_claims import (
    ClaimFacts,
    ClaimRow,
    DocumentFacts,
    DocumentRow,
    EvidenceFacts,
    Share,
    Short,
    Stretch,
    TimelineRow,
    VersionRow,
    exact,
)


def readable(kind: Any) -> Any:  # noqa: ANN401 - a type, of whatever kind
    """A type of the program's as pydantic reads it: before Python 3.12 no TypedDict of `typing`."""
    if is_typeddict(kind):
        hints = get_type_hints(kind, include_extras=True)
        fields = {name: readable(one) for name, one in hints.items()}
        return TypedDict(kind.__name__, fields)  # type: ignore[operator]
    origin, parts = get_origin(kind), tuple(map(readable, get_args(kind)))
    if origin is UnionType:
        return Union[parts]  # noqa: UP007 - of parts that are not known here
    return origin[parts[0]] if origin in {list, NotRequired} else kind


@exact
class LedgerRow(TypedDict):
    """A decision. What is hashed is text: numbers in it are strings."""

    no: int
    at: datetime
    by: str
    action: str
    subject: str
    change: str
    reason: str | None
    decision: UUID
    subject_id: UUID
    revision: str
    undoes: UUID | None
    digest: str


@exact
class ProblemRow(TypedDict):
    """A record that could not be read."""

    id: Short
    reason: Reason
    met: date
    place: str
    detail: str
    problem: UUID
    line: int | None
    field: str | None
    value: str | None
    run: UUID
    met_at: datetime
    resolved: datetime | None


@exact
class ProblemFacts(ProblemRow):
    """One of them, with what to do about it."""

    command: str
    remedy: str | None


@exact
class NoticeRow(TypedDict):
    """A notice: what a publisher says of an article, and what became of it."""

    id: Short
    kind: NoticeKind
    state: Literal["open", "confirmed", "dismissed", "in force", "lifted", "superseded", "waiting"]
    day: date
    document: Short | None
    outlet: str | None
    words: str
    notice: UUID
    signal: str
    place: str
    url: str | None
    external_id: str | None
    issued_at: datetime | None
    received_at: datetime
    document_id: UUID | None
    title: str | None


@exact
class ReleaseRow(TypedDict):
    """A release."""

    name: str
    at: datetime
    decision: int
    by: str
    note: str | None
    digest: str


@exact
class ReleaseFacts(TypedDict):
    """One release; `ledger` says whether the ledger holds its digest."""

    release: str
    at: datetime
    decision: int
    by: str
    note: str | None
    claims: int
    digest: str
    ledger: str


@exact
class Difference(TypedDict):
    """A difference between two states."""

    what: Literal[
        "added", "removed", "changed", "renamed", "merged", "separated", "confirmed", "refused",
        "undone",
    ]  # fmt: skip
    kind: Literal["claim", "source", "link"]
    id: Short
    name: str
    field: str | None
    before: str | None
    after: str | None
    subject: UUID
    other: UUID | None


@exact
class Figure(TypedDict):
    """A figure with its 95 % confidence interval."""

    value: float | None
    low: float | None
    high: float | None


@exact
class AgreementRow(TypedDict):
    """How far two readers agree on a field."""

    field: str
    form: str
    pairs: int
    incomplete: int
    same: float | None
    kappa: Figure
    alpha: Figure
    overlap: Figure


@exact
class ReviewerRow(TypedDict):
    """A reviewer."""

    name: str
    role: Role
    decisions: int
    first: date | None
    last: date | None
    closed: date | None
    id: UUID


@exact
class TokenRow(TypedDict):
    """A token of a program."""

    name: str
    scopes: str
    signs_as: str | None
    added: date
    expires: date
    last_used: str | None
    state: Literal["valid", "expired", "revoked"]
    id: UUID


@exact
class UserRow(TypedDict):
    """An account at the desk."""

    name: str
    role: Literal["reader", "reviewer", "adjudicator", "admin"]
    password: Literal["set", "none"]
    signed_in: int
    last_page: str | None
    state: Literal["open", "closed"]
    id: UUID


@exact
class SourceRow(TypedDict):
    """A source in a list."""

    id: Short
    kind: SourceKind
    claims: int
    settled: Literal["yes", "no"]
    name: str
    source: UUID
    wikidata: str | None


@exact
class RelinkRow(TypedDict):
    """A source whose mentions were linked again."""

    source: Short
    name: str
    into: str | None
    linked: int
    kept: int
    reason: str | None


@exact
class PairRow(TypedDict):
    """Two sources that may be one."""

    a: Short
    name: str
    b: Short
    other: str
    score: Share
    reason: str
    kind: SourceKind


@exact
class SourceFacts(TypedDict):
    """Everything known about one source."""

    id: UUID
    kind: SourceKind
    name: str
    description: str | None
    wikidata: str | None
    country: str | None
    homepage: str | None
    revision: int
    merged_into: UUID | None
    shown_as: UUID
    claims: int
    names: Annotated[list[list[str | None]], Field(description="[name, kind, language].")]
    offices: list[dict[str, Any]]
    printed: list[dict[str, Any]]
    ratings: list[dict[str, Any]]
    identifiers: Annotated[list[list[str]], Field(description="[register, value].")]
    members: Annotated[list[list[str]], Field(description="[id, name].")]
    distinct: Annotated[list[list[str]], Field(description="[id, name].")]
    suggested: list[dict[str, Any]]


@exact
class FeedRow(TypedDict):
    """A feed that is followed; `asked` and `next` are for people."""

    id: Short
    name: str
    state: AddressState | Literal["removed"]
    asked: str | None
    next: str | None
    articles: int
    unread: int
    url: str
    feed: UUID
    outlet: str | None
    every: Annotated[int, Field(description="Seconds between two readings.")]
    detail: str | None
    moved_to: str | None
    asked_at: datetime | None
    due_at: datetime | None
    added_at: datetime
    added_by: str
    removed_at: datetime | None


@exact
class LinkVerdict(TypedDict):
    """What one of two readers who differ says of a link; the name is withheld."""

    kind: Annotated[LinkKind | None, Field(description="null: the claims do not relate.")]
    reason: str | None


class LinkRow(TypedDict):
    """A link between two claims, proposed, settled or disputed."""

    a: Short
    b: Short
    kind: Annotated[LinkKind | None, Field(description="null of a question.")]
    status: Literal["proposed", "settled", "question", "disputed"]
    score: Share | None
    reasons: str | None
    words: Annotated[str, Field(description="Of claim a, with what its chain does with them.")]
    linked_by: str | None
    claim_a: UUID
    claim_b: UUID
    speaker_a: str | None
    speaker_b: str | None
    outlet_a: str | None
    outlet_b: str | None
    words_b: str
    question: Annotated[
        str | None, Field(description="Which words clash; of a link in a list always null.")
    ]
    two_readers: Annotated[
        bool, Field(description="Whether two people have to read it; of a link in a list false.")
    ]
    disputed: Annotated[
        list[LinkVerdict], Field(description="If two readers differ, what each says, else empty.")
    ]


PRINTED: Mapping[str, TypeAdapter[Any]] = {
    "list": TypeAdapter(list[ClaimRow]),
    "search": TypeAdapter(list[ClaimRow]),
    "about": TypeAdapter(list[AboutRow | ClashRow]),
    "drift": TypeAdapter(DriftFacts),
    "spread": TypeAdapter(SpreadFacts),
    "who": TypeAdapter(list[TimelineRow]),
    "show": TypeAdapter(ClaimFacts),
    "documents list": TypeAdapter(list[DocumentRow]),
    "documents show": TypeAdapter(DocumentFacts),
    "versions": TypeAdapter(list[VersionRow]),
    "diff": TypeAdapter(list[Stretch]),
    "evidence show": TypeAdapter(list[EvidenceFacts]),
    "feeds list": TypeAdapter(list[FeedRow]),
    "links list": TypeAdapter(list[LinkRow]),
    "links show": TypeAdapter(LinkRow),
    "ledger show": TypeAdapter(list[LedgerRow]),
    "notices list": TypeAdapter(list[NoticeRow]),
    "notices show": TypeAdapter(NoticeRow),
    "problems list": TypeAdapter(list[ProblemRow]),
    "problems show": TypeAdapter(ProblemFacts),
    "release list": TypeAdapter(list[ReleaseRow]),
    "release show": TypeAdapter(ReleaseFacts),
    "release diff": TypeAdapter(list[Difference]),
    "review agreement": TypeAdapter(list[AgreementRow]),
    "reviewers list": TypeAdapter(list[ReviewerRow]),
    "tokens list": TypeAdapter(list[TokenRow]),
    "users list": TypeAdapter(list[UserRow]),
    "sources list": TypeAdapter(list[SourceRow]),
    "sources show": TypeAdapter(SourceFacts),
    "sources suggest": TypeAdapter(list[PairRow]),
    "sources relink": TypeAdapter(list[RelinkRow]),
}
"""By command, what it prints with `--format json`."""

LINES: Mapping[str, TypeAdapter[Any]] = {
    "extract": TypeAdapter(readable(Line)),
    "export": TypeAdapter(readable(ClaimRecord)),
}
"""By command, one of the lines of JSON that it writes."""


def file_of(command: str) -> str:
    """The name of a command's schema in docs/json/."""
    return f"{command.replace(' ', '-')}.schema.json"


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """The name of each file in docs/json/ with its JSON Schema."""
    for command, adapter in {**PRINTED, **LINES}.items():
        title = f"claims {command}, a line" if command in LINES else f"claims {command}"
        head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
        yield file_of(command), {**adapter.json_schema(mode="serialization"), **head}
