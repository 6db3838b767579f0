"""Errors of ingest."""

from claims.errors.base import ClaimsError


class ExtractorLostError(ClaimsError):
    """The processes that extract claims end before they have begun."""

    code = "extractor-lost"
    remedy = "Try --workers 1; if memory is short, close other programs first."
