"""What comes of asking for one address."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from claims.model.capture import Capture

LONGEST = 1000
"""Characters of a validator; a server that sends longer ones is asked without."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with a page, so that it can be asked whether the page has changed.

    Attributes:
        etag: Its ETag, as it came.
        last_modified: Its Last-Modified, as it came.
    """

    etag: str | None
    last_modified: str | None


FindValidators: TypeAlias = Callable[[str], Validators | None]
"""The validators of an address; None to ask for the page whatever it is."""


def validators_of(headers: Iterable[tuple[str, str]]) -> Validators | None:
    """The validators among the headers of an answer; None if there are none that can be sent."""
    by_name = {name.lower(): value.strip() for name, value in reversed([*headers])}
    etag, modified = _sendable(by_name.get("etag")), _sendable(by_name.get("last-modified"))
    return Validators(etag, modified) if etag or modified else None


def _sendable(value: str | None) -> str | None:
    fits = value and len(value) <= LONGEST and value.isascii() and value.isprintable()
    return value if fits else None


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """An answer with a body.

    Attributes:
        capture: Where and when it came from.
        media_type: Of the body, lower case; empty if the server does not say.
        charset: Of the body, as the server names it.
        body: Its bytes, without the encodings of the transfer.
        moved: Whether it was reached by redirects that are all permanent.
    """

    capture: Capture
    media_type: str
    charset: str | None
    body: bytes
    moved: bool = False


@dataclass(frozen=True, slots=True)
class UnchangedPage:
    """The answer that a page is as it was when its validators came: HTTP 304.

    Attributes:
        capture: Where and when the server said so.
    """

    capture: Capture


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

    @property
    def is_postponed(self) -> bool:
        """Whether the address was not asked at all, because its host wants to be left alone."""
        return self.status is None and self.again_at is not None


Answer: TypeAlias = FetchedPage | UnchangedPage | FailedFetch
