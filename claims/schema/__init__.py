"""The tables, one file per aggregate; nothing here but their shape."""

from claims.schema.api import ApiTokenRow
from claims.schema.base import Base
from claims.schema.claims import (
    SEARCHED,
    AnchorRow,
    AttributionRow,
    ClaimLinkRow,
    ClaimParentRow,
    ClaimRow,
    OtherProposalRow,
)
from claims.schema.comparison import (
    ComparedTextRow,
    ComparisonDueRow,
    ComparisonHeadRow,
    CopyRow,
    DocumentTextRow,
    FingerprintRow,
)
from claims.schema.desk import AccountRow, DeskSessionRow, LoginAttemptRow
from claims.schema.documents import (
    DocumentAddressRow,
    DocumentIdentifierRow,
    DocumentRow,
    DocumentVersionRow,
    SightingRow,
)
from claims.schema.evidence import ArchiveRecordRow
from claims.schema.feeds import FeedAddressRow, FeedHostRow, FeedRow
from claims.schema.ledger import DecisionRow, LedgerHeadRow, ReviewerRow, StepRow
from claims.schema.notices import DocumentChangeRow, NoticeRow
from claims.schema.quotes import (
    LinkRefusedRow,
    QuoteDueRow,
    QuoteGroupRow,
    QuoteHeadRow,
    QuoteKeyRow,
    QuotePairRow,
    QuoteSketchRow,
    QuoteWordsRow,
)
from claims.schema.review import (
    DraftRow,
    LeaseRow,
    LinkDisputedRow,
    LinkReadingRow,
    ReadingRow,
    ReleaseRow,
    ReviewPolicyRow,
    WaitingArticleRow,
    WaitingRow,
)
from claims.schema.runs import ProblemRow, QueuedRecordRow, RunRow
from claims.schema.sources import (
    OutletRatingRow,
    SourceDistinctRow,
    SourceIdentifierRow,
    SourceMergedRow,
    SourceNameRow,
    SourceRoleRow,
    SourceRow,
    SourceSuggestionRow,
)

__all__ = [
    "SEARCHED",
    "AccountRow",
    "AnchorRow",
    "ApiTokenRow",
    "ArchiveRecordRow",
    "AttributionRow",
    "Base",
    "ClaimLinkRow",
    "ClaimParentRow",
    "ClaimRow",
    "ComparedTextRow",
    "ComparisonDueRow",
    "ComparisonHeadRow",
    "CopyRow",
    "DecisionRow",
    "DeskSessionRow",
    "DocumentAddressRow",
    "DocumentChangeRow",
    "DocumentIdentifierRow",
    "DocumentRow",
    "DocumentTextRow",
    "DocumentVersionRow",
    "DraftRow",
    "FeedAddressRow",
    "FeedHostRow",
    "FeedRow",
    "FingerprintRow",
    "LeaseRow",
    "LedgerHeadRow",
    "LinkDisputedRow",
    "LinkReadingRow",
    "LinkRefusedRow",
    "LoginAttemptRow",
    "NoticeRow",
    "OtherProposalRow",
    "OutletRatingRow",
    "ProblemRow",
    "QueuedRecordRow",
    "QuoteDueRow",
    "QuoteGroupRow",
    "QuoteHeadRow",
    "QuoteKeyRow",
    "QuotePairRow",
    "QuoteSketchRow",
    "QuoteWordsRow",
    "ReadingRow",
    "ReleaseRow",
    "ReviewPolicyRow",
    "ReviewerRow",
    "RunRow",
    "SightingRow",
    "SourceDistinctRow",
    "SourceIdentifierRow",
    "SourceMergedRow",
    "SourceNameRow",
    "SourceRoleRow",
    "SourceRow",
    "SourceSuggestionRow",
    "StepRow",
    "WaitingArticleRow",
    "WaitingRow",
]
