"""A capture: how the bytes of an article came to us."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of a web server, fetched by us or found in a web archive.

    Attributes:
        uri: The address that answered, after redirects.
        retrieved_at: When, with a time zone.
        http_status: Such as 200; None if the record does not say.
        http_headers: Names and values in the order received.
        redirects: The addresses asked before, in order; empty if the first one answered.
        warc_record: `WARC-Record-ID` of the record it was found in; None if we fetched it.
    """

    uri: str
    retrieved_at: datetime
    http_status: int | None = None
    http_headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[str, ...] = ()
    warc_record: str | None = None
