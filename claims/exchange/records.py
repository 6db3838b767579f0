"""What the database prints of a claim, a source or an article, as JSON gives it back.

The keys are the columns of the contract's views, in their order; a test compares them.
"""

from typing import NotRequired, TypedDict

from claims.model.reported import NamedMode, name_of


class HopRecord(TypedDict):
    """One hop of a claim's chain."""

    position: int
    source: str | None
    source_kind: str | None
    mention: str
    cue: str
    capacity: str | None
    mode: str


class EvidenceRecord(TypedDict):
    """Where a claim's words stand in the text: spans as PostgreSQL prints an `int4multirange`."""

    exact: str
    before: str
    after: str
    retrieved_at: str
    content_spans: str


class PrintingRecord(TypedDict):
    """A published claim that reports the same utterance, as one printing of it."""

    claim: str
    document: str
    outlet: str | None
    title: str | None
    url: str | None
    published_at: str | None
    document_status: str


class _Described(TypedDict):
    """The fields of a claim before its class, whose name is a keyword."""

    claim: str
    speaker: str | None
    speaker_kind: str | None
    speaker_id: str | None
    capacity: str | None
    mode: str
    form: str
    content: str
    statement: str | None
    said_on: list[str] | None
    said_on_text: str | None
    venue: str | None
    outlet: str | None
    title: str | None
    url: str | None
    published_at: str | None
    document_status: str
    document: str
    version: str
    extractor_score: float | None
    attribution_confidence: float | None
    credibility: int | None
    status: str
    revision: int
    said_from: str | None
    said_to: str | None
    day: str | None
    office: str | None
    outlet_rating: str | None
    outlet_id: str | None
    carrier_mode: str


_Classed = TypedDict("_Classed", {"class": str})


class ClaimRecord(_Described, _Classed):
    """One claim with its chain; days and moments in ISO 8601, in UTC.

    The three fields of the speaker are None together, if nobody is known to have said it. How far
    it went is known of published claims alone.
    """

    name_score: float | None
    suggested_name: str | None
    hearer: str | None
    utterance: NotRequired[str | None]
    printings: NotRequired[int | None]
    outlets: NotRequired[int | None]
    heard_by: NotRequired[int | None]
    origins: NotRequired[str | None]
    first_printing: NotRequired[str | None]
    first_printed_at: NotRequired[str | None]
    copy_of: NotRequired[str | None]
    article_origin: NotRequired[str | None]
    chain: list[HopRecord] | None
    evidence: NotRequired[EvidenceRecord]
    printed: NotRequired[list[PrintingRecord] | None]


def reach_of(record: ClaimRecord) -> str | None:
    """How far it went: `6 printings, 4 outlets, 1 origin (IRNA)`; None if it is not published."""
    printings, outlets, heard_by = (
        record.get(name) for name in ("printings", "outlets", "heard_by")
    )
    if not printings:
        return None
    counts = ((printings, "printing"), (outlets, "outlet"), (heard_by, "origin"))
    line = ", ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counts)
    return f"{line} ({record['origins']})" if record.get("origins") else line


def named_modes(record: ClaimRecord) -> list[NamedMode]:
    """Who each hop of a claim's chain is, and its mode."""
    return [(name_of(hop["source"], hop["mention"]), hop["mode"]) for hop in record["chain"] or ()]


class SourceRecord(TypedDict):
    """One source."""

    source: str
    kind: str
    name: str
    description: str | None
    wikidata: str | None
    country: str | None
    homepage: str | None
    merged_into: str | None
    revision: int
    shown_as: str


class DocumentRecord(TypedDict):
    """One article."""

    document: str
    outlet: str | None
    url: str | None
    external_id: str | None
    title: str | None
    byline: str | None
    published_at: str | None
    language: str
    status: str
    versions: int
    published_on: str | None
    outlet_id: str | None
    revision: int
    published_offset: int | None
    printed_on: str | None
    copy_of: str | None
    article_origin: str | None
