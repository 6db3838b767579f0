"""Errors of ingest."""

from claims.errors.base import ClaimsError


class ExtractorLostError(ClaimsError):
    """The processes that extract claims end before they have begun."""

    code = "extractor-lost"
    remedy = "Try --workers 1; if memory is short, close other programs first."


class NoRayError(ClaimsError):
    """Extraction on Ray needs Ray, which is not installed."""

    code = "no-ray"
    exit_code = 2
    remedy = "Install claims[ray] on every machine of the cluster, or leave --engine away."


class RayLostError(ClaimsError):
    """The Ray cluster cannot be reached, or was lost."""

    code = "ray-lost"
    remedy = "`ray status` shows whether it runs; the same command goes on where it ended."
