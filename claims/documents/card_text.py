"""An article as lines for a terminal."""

from collections.abc import Iterator, Sequence

from claims.model.document import DocumentClaim, DocumentLine, DocumentName, VersionLine
from claims.model.notice import until_text
from claims.text.display import visible

WIDEST = 72
"""Characters of a claim's words on its line."""


def describe_document(
    line: DocumentLine,
    versions: Sequence[VersionLine],
    names: Sequence[DocumentName],
    claims: Sequence[DocumentClaim],
    *,
    note: str | None = None,
) -> Iterator[str]:
    """Everything known about one article, a fact a line.

    Args:
        line: The article as lists show it.
        versions: Its versions.
        names: Its addresses and ids.
        claims: Its claims.
        note: If it is not usable, who said so, when and why; else its open notice.
    """
    yield visible(line.title or "[no headline]")
    facts = {
        "document": str(line.id),
        "outlet": line.outlet,
        "published": line.published_at.isoformat() if line.published_at else None,
        "status": line.status,
        "note": note,
    }
    for label, fact in facts.items():
        if fact or label != "note":
            yield f"  {label:<10}{visible(fact or 'unknown')}"
    if line.embargo:
        yield f"  {'embargo':<10}{until_text(line.embargo)}: nothing of it is published"
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
