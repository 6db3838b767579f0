"""The tables, one file per aggregate; nothing here but their shape."""

from claims.schema.base import Base
from claims.schema.claims import Anchor, Attribution, Claim, ClaimLink, ClaimParent
from claims.schema.documents import Document, DocumentVersion
from claims.schema.ledger import Decision, LedgerHead, Reviewer
from claims.schema.review import Draft, Lease, Reading, Release, ReviewPolicy, Waiting
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
    "ClaimParent",
    "Decision",
    "Document",
    "DocumentVersion",
    "Draft",
    "Lease",
    "LedgerHead",
    "OutletRating",
    "Problem",
    "Reading",
    "Release",
    "ReviewPolicy",
    "Reviewer",
    "Run",
    "Source",
    "SourceDistinct",
    "SourceIdentifier",
    "SourceMerged",
    "SourceName",
    "SourceRole",
    "SourceSuggestion",
    "Waiting",
]
