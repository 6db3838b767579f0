"""A decision: what a person settled, as it goes into the ledger and as it stands there."""

import uuid
from dataclasses import dataclass
from typing import NamedTuple

from claims.model.json import JsonObject


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, with which program, why, under which id."""

    id: uuid.UUID
    reviewer: uuid.UUID
    tool_version: str
    reason: str | None = None

    @property
    def reason_line(self) -> str | None:
        """The reason on one line; None if there is none."""
        return " ".join((self.reason or "").split()) or None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person settles.

    Attributes:
        id: Made by the client; writing the same decision again adds nothing.
        reviewer: Who decides.
        action: What is done: accept, reject and so on.
        subject_kind: claim, source or document.
        subject: The id of what is decided on.
        revision: The subject's revision after the decision.
        before: The fields that change, as they were.
        after: The same fields afterwards.
        reason: Why, in the reviewer's words.
        undoes: The decision that this one undoes.
        batch: What decisions that were made together share; they are undone together.
    """

    id: uuid.UUID
    reviewer: uuid.UUID
    action: str
    subject_kind: str
    subject: uuid.UUID
    revision: int
    before: JsonObject
    after: JsonObject
    tool_version: str
    reason: str | None = None
    undoes: uuid.UUID | None = None
    batch: uuid.UUID | None = None


class NumberedDecision(NamedTuple):
    """A decision and its place in the ledger."""

    number: int
    decision: Decision


ADJUNCTS = frozenset({"readings", "digest"})
"""What stands in `before` and `after` beside the fields that a decision sets.

`digest` is the database's own: of the whole claim as the decision leaves it (docs/ledger.md).
"""

REMARKS = frozenset({"kept_in"})
"""What a decision says that no table has: an undo takes it back, a replay passes it over."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of the ledger, every column as the text that is hashed; None for NULL.

    Attributes:
        no: Place in the chain, from 1.
        at: Moment in UTC, as 2026-05-01T12:00:00.000000Z.
        prev_digest: Digest of the row before, in hexadecimal.
        digest: SHA-256 of the row, in hexadecimal.
        signed: The reviewer's name today; not part of what is hashed.
    """

    no: int
    id: str
    at: str
    reviewer: str
    action: str
    subject_kind: str
    subject: str
    revision: str
    before: str
    after: str
    reason: str | None
    tool_version: str
    undoes: str | None
    prev_digest: str
    digest: str
    batch: str | None
    signed: str
