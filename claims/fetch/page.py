"""What comes of asking for one address."""

from dataclasses import dataclass
from datetime import datetime

from claims.model.capture import Capture


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """An answer with a body.

    Attributes:
        capture: Where and when it came from.
        media_type: Of the body, lower case; empty if the server does not say.
        charset: Of the body, as the server names it.
        body: Its bytes, without the encodings of the transfer.
    """

    capture: Capture
    media_type: str
    charset: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class FailedFetch:
    """An answer that cannot be used, or none.

    Attributes:
        url: The address that was asked for.
        detail: What happened, in one line.
        refused: Whether we did not ask, because the address or the site's robots.txt forbids it.
        status: The HTTP status, if there was an answer.
        again_at: When the server wants to be asked again, if it says so.
    """

    url: str
    detail: str
    refused: bool = False
    status: int | None = None
    again_at: datetime | None = None
