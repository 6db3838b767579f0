from claims.errors.base import ClaimsError as ClaimsError
from claims.ingest.extractor import propose as propose
from claims.ingest.records import IngestResult as IngestResult
from claims.library.connection import Connection as Connection
from claims.library.connection import open_connection as open  # noqa: A004 - claims.open(), as gzip.open()
from claims.model.proposal import Hop as Hop
from claims.model.proposal import Proposal as Proposal
from claims.model.span import words_at as words_at
from claims.published.rows import Record as Record

__version__: str
__all__ = [
    "ClaimsError",
    "Connection",
    "Hop",
    "IngestResult",
    "Proposal",
    "Record",
    "__version__",
    "open",
    "propose",
    "words_at",
]
