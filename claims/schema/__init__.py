"""The tables, one file per aggregate; nothing here but their shape."""

from claims.schema.base import Base
from claims.schema.claims import Anchor, Attribution, Claim, ClaimLink
from claims.schema.documents import Document, DocumentVersion
from claims.schema.ledger import Decision, LedgerHead, Reviewer
from claims.schema.runs import Problem, Run
from claims.schema.sources import (
    OutletRating,
    Source,
    SourceDistinct,
    SourceIdentifier,
    SourceMerged,
    SourceName,
    SourceRole,
    SourceSuggestion,
)

__all__ = [
    "Anchor",
    "Attribution",
    "Base",
    "Claim",
    "ClaimLink",
    "Decision",
    "Document",
    "DocumentVersion",
    "LedgerHead",
    "OutletRating",
    "Problem",
    "Reviewer",
    "Run",
    "Source",
    "SourceDistinct",
    "SourceIdentifier",
    "SourceMerged",
    "SourceName",
    "SourceRole",
    "SourceSuggestion",
]
