"""An article as lines for a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.catalogue.copy_card import TextCard
from claims.model.document import DocumentClaim, DocumentLine, DocumentName, VersionLine
from claims.model.notice import until_text
from claims.text.display import visible

WIDEST = 72
"""Characters of a claim's words on its line."""


@dataclass(frozen=True, slots=True)
class DocumentNotes:
    """What is known of an article beside its own facts.

    Attributes:
        status: If it is not usable, who said so, when and why; else its open notice.
        text: What it is printed from, what is printed from it, and whom its text comes from.
    """

    status: str | None
    text: TextCard


def describe_document(
    line: DocumentLine,
    versions: Sequence[VersionLine],
    names: Sequence[DocumentName],
    claims: Sequence[DocumentClaim],
    *,
    notes: DocumentNotes,
) -> Iterator[str]:
    """Everything known about one article, a fact a line.

    Args:
        line: The article as lists show it.
        versions: Its versions.
        names: Its addresses and ids.
        claims: Its claims.
        notes: What else is known of it.
    """
    yield visible(line.title or "[no headline]")
    facts = {
        "document": str(line.id),
        "outlet": line.outlet,
        "published": line.published_at.isoformat() if line.published_at else None,
        "status": line.status,
        "note": notes.status,
    }
    for label, fact in facts.items():
        if fact or label != "note":
            yield f"  {label:<10}{visible(fact or 'unknown')}"
    if line.embargo:
        yield f"  {'embargo':<10}{until_text(line.embargo)}: nothing of it is published"
    yield from _describe_text(notes.text)
    for name in names:
        label = "id" if name.kind == "id" else "address"
        kind = "" if name.kind in {"id", "canonical"} else f"  ({name.kind})"
        yield f"  {label:<10}{visible(name.name)}{kind}"
    for version in versions:
        times = "once" if version.sightings == 1 else f"{version.sightings} times"
        mark = ", current" if version.current else ""
        seen = version.first_seen.isoformat(timespec="minutes")
        yield f"  {'version':<10}{version.number}, seen {times}, first {seen}{mark}"
    for claim in claims:
        words = " ".join(visible(claim.reported).split())
        words = words if len(words) <= WIDEST else words[: WIDEST - 1] + "…"
        speaker = visible(claim.speaker or "[unknown]")
        now = f", now {claim.now}" if claim.now else ""
        state = f"version {claim.version}, {claim.status}{now}"
        yield f"  {'claim':<10}{str(claim.id)[:8]}  {state}, {speaker}: {words}"


def _describe_text(text: TextCard) -> Iterator[str]:
    for original in text.copy_of:
        yield f"  {'copy of':<10}{visible(original.line)}"
    for origin in text.origins:
        yield f"  {'origin':<10}{visible(origin.line)}"
    for copy in text.copies:
        yield f"  {'copied by':<10}{visible(copy.line)}"
    if text.more:
        yield f"  {'':<10}… and more: `claims_v1.copies` has all"
