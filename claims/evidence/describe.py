"""Describes evidence in lines."""

from collections.abc import Sequence
from datetime import UTC, datetime

from claims.evidence.derive import Derivation
from claims.evidence.stored import CitedClaim, Seen, StoredVersion
from claims.text.display import visible

AROUND = 60
"""Characters shown before and after a claim's words."""


def describe_evidence(
    version: StoredVersion,
    derivation: Derivation,
    seen: Sequence[Seen],
    claim: CitedClaim | None = None,
) -> list[str]:
    """The lines of `claims evidence`: from the claim to the bytes, one fact a line."""
    facts: list[tuple[str, str]] = []
    if claim:
        facts += [("claim", str(claim.id)), ("words", claim.reported)]
    facts += [("document", str(version.document)), *_document(version)]
    facts += [
        ("version", f"{version.number}, read on {_moment(version.retrieved_at)}"),
        ("text", f"{len(version.text)} characters by {version.reader}"),
        ("", _digest(version.sha256, version.is_whole)),
        ("", f"derived again from the bytes: {derivation.detail}"),
        *_bytes(version),
        *_seen(version, seen),
    ]
    for start, end in claim.spans if claim else ():
        facts.append(("stands at", f"{start}-{end}: {_in_context(version.text, start, end)}"))
    width = max(len(name) for name, _ in facts)
    return [f"{name:<{width}}  {visible(fact)}" for name, fact in facts]


def _document(version: StoredVersion) -> list[tuple[str, str]]:
    published = str(version.published_at.date()) if version.published_at else None
    facts = [
        ("article", version.title),
        ("outlet", version.outlet),
        ("published", published),
        ("address", version.url),
    ]
    return [(name, fact or "not stated") for name, fact in facts]


def _bytes(version: StoredVersion) -> list[tuple[str, str]]:
    record = version.record
    facts = [
        ("bytes", f"{len(record.payload)} of {record.media_type}"),
        ("", _digest(record.sha256, record.is_whole)),
    ]
    if version.part:
        facts.append(("", f"the article in them is {version.part}"))
    if record.uri:
        facts += [("redirected by", redirect) for redirect in record.redirects]
        status = f", status {record.http_status}" if record.http_status else ""
        facts += [("captured at", record.uri), ("", f"on {_moment(record.retrieved_at)}{status}")]
    if record.warc_record:
        facts.append(("WARC record", record.warc_record))
    facts.append(("archive record", str(record.id)))
    return facts


def _seen(version: StoredVersion, seen: Sequence[Seen]) -> list[tuple[str, str]]:
    if not seen:
        return []
    times = "once" if len(seen) == 1 else f"{len(seen)} times"
    last = f", last on {_moment(seen[-1].at)}" if len(seen) > 1 else f", on {_moment(seen[0].at)}"
    others = {one.record for one in seen} - {None, version.record.id}
    noun = "record" if len(others) == 1 else "records"
    in_others = f", also in {len(others)} other archive {noun}" if others else ""
    return [("seen", times + last + in_others)]


def _digest(sha256: bytes, is_whole: bool) -> str:  # noqa: FBT001 - one of two words
    verdict = "unchanged" if is_whole else "CHANGED since it was stored"
    return f"{verdict}, sha256 {sha256.hex()}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"


def _in_context(text: str, start: int, end: int) -> str:
    """A span with the words around it, in one line; the span stands between » and «."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    opening = "…" if start > AROUND else ""
    closing = "…" if end + AROUND < len(text) else ""
    return " ".join(f"{opening}{before}»{text[start:end]}«{after}{closing}".split())
