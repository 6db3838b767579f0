"""Verifies what is stored: the digests of all bytes and texts, and that one gives the other."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from claims.evidence.derive import Result, derive
from claims.evidence.load import load_unread, load_versions
from claims.evidence.stored import StoredVersion

MOST_SHOWN = 20
"""Findings of a kind that are printed; the others are only counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What verifying a version, or a record without one, showed.

    Attributes:
        subject: `version ID` or `archive record ID`.
        broken: What is not as it was stored; empty if all is.
        note: What else is worth knowing: another version of the reader gives another text.
    """

    subject: str
    broken: tuple[str, ...] = ()
    note: str | None = None


@dataclass(slots=True)
class Findings:
    """Counts of what was found.

    Attributes:
        checked: Versions and records.
        broken: Things that are not as they were stored.
        noted: Texts that another version of the reader reads differently, or none reads.
    """

    checked: int = 0
    broken: int = 0
    noted: int = 0

    def add(self, finding: Finding) -> list[str]:
        """Count a finding; returns lines to print, no more than `MOST_SHOWN` of each kind."""
        self.checked += 1
        lines = []
        for detail in finding.broken:
            self.broken += 1
            if self.broken <= MOST_SHOWN:
                lines.append(f"{finding.subject}: {detail}.")
        if finding.note:
            self.noted += 1
            if self.noted <= MOST_SHOWN:
                lines.append(f"{finding.subject}: {finding.note}.")
        return lines


def verify_evidence(
    session: Session, document: uuid.UUID | None = None, *, derived: bool = False
) -> Iterator[Finding]:
    """Verify each version with its bytes, then the records that no version was read from.

    Args:
        session: A reading session.
        document: Only the versions of this document; None for everything.
        derived: Whether to derive each text again from its bytes, which takes as long as reading.
    """
    for version in load_versions(session, document):
        yield _verify(version, derived=derived)
    if document is None:
        for record in load_unread(session):
            broken = () if record.is_whole else ("its bytes do not have their digest",)
            yield Finding(f"archive record {record.id}", broken)


def _verify(version: StoredVersion, *, derived: bool) -> Finding:
    subject = f"version {version.id}"
    broken = []
    if not version.record.is_whole:
        broken.append(f"the bytes of archive record {version.record.id} do not have their digest")
    if not version.is_whole:
        broken.append("its text does not have its digest")
    if not derived:
        return Finding(subject, tuple(broken))
    derivation = derive(version)
    if derivation.result is Result.DIFFERENT:
        broken.append("the same reader now makes another text of its bytes")
    note = None
    if derivation.result in {Result.OTHER_READER, Result.NO_READER}:
        note = f"derived again from its bytes: {derivation.detail}"
    return Finding(subject, tuple(broken), note)
