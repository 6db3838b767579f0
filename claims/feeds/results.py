"""What became of asking for an address, and when it is asked again. No database."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from claims.feeds.intervals import next_feed_try, next_reading, next_try
from claims.fetch.page import FailedFetch, FetchedPage, UnchangedPage, validators_of
from claims.model.feed import AddressState, ScheduledAddress, ScheduledKind
from claims.model.notice import Notice, NoticeKind
from claims.model.problem import Problem, Reason

MISSING = frozenset({404, 410, 451})
GONE = frozenset({410, 451})
"""With these a server says at once that a page was taken away on purpose."""
CERTAIN = 2
"""Answers of 404 in a row after which an article is taken to be gone."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of asking for an address; the columns of `feed_address` with these names.

    Attributes:
        due_in: Until it is asked again; None if never.
    """

    state: AddressState
    due_in: timedelta | None
    readings: int
    failures: int = 0
    misses: int = 0
    failing_since: datetime | None = None
    http_status: int | None = None
    detail: str | None = None
    answered_by: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None


Success: TypeAlias = FetchedPage | UnchangedPage


def feed_result(address: ScheduledAddress, answer: Success) -> Result:
    """The result of a feed that answered, once all of it is stored."""
    capture = answer.capture
    validators = validators_of(capture.http_headers)
    unchanged = isinstance(answer, UnchangedPage)
    result = Result(
        AddressState.UNCHANGED if unchanged else AddressState.READ,
        timedelta(seconds=address.every),
        address.readings + 1,
        http_status=capture.http_status,
        answered_by=capture.uri,
        etag=validators.etag if validators else None,
        last_modified=validators.last_modified if validators else None,
    )
    if isinstance(answer, FetchedPage):
        return replace(result, moved_to=capture.uri if answer.moved else None)
    return replace(
        result,
        etag=address.etag,
        last_modified=address.last_modified,
        moved_to=address.moved_to,
    )


def article_result(
    address: ScheduledAddress, answer: Success, *, published_at: datetime | None, is_article: bool
) -> Result:
    """The result of an article's address that answered.

    Args:
        address: What was asked for.
        answer: What came.
        published_at: When the article was published, if it says so.
        is_article: Whether there was an article in it.
    """
    capture, readings = answer.capture, address.readings + 1
    unchanged = isinstance(answer, UnchangedPage)
    read = AddressState.READ if is_article else AddressState.NO_ARTICLE
    published_at = address.published_at or published_at
    due_in = next_reading(readings, published_at, capture.retrieved_at) if is_article else None
    return Result(
        AddressState.UNCHANGED if unchanged else read,
        due_in,
        readings,
        http_status=capture.http_status,
        answered_by=capture.uri,
    )


def failed_result(address: ScheduledAddress, answer: FailedFetch, now: datetime) -> Result:
    """The result of an address that could not be read, or must not be asked yet."""
    failures = address.failures + 1
    missing = answer.status in MISSING
    result = Result(
        state=_state(answer, missing=missing),
        due_in=_retry(address, answer, failures),
        readings=address.readings,
        failures=failures,
        misses=address.misses + missing,
        failing_since=address.failing_since or now,
        http_status=answer.status,
        detail=answer.detail,
        answered_by=address.answered_by,
        etag=address.etag,
        last_modified=address.last_modified,
        moved_to=address.moved_to,
    )
    if answer.again_at is None or result.due_in is None:
        return result
    return replace(result, due_in=max(result.due_in, answer.again_at - now))


def _state(answer: FailedFetch, *, missing: bool) -> AddressState:
    if answer.refused:
        return AddressState.REFUSED
    return AddressState.MISSING if missing else AddressState.FAILED


def _retry(address: ScheduledAddress, answer: FailedFetch, failures: int) -> timedelta | None:
    if address.kind is ScheduledKind.FEED:
        return next_feed_try(timedelta(seconds=address.every), failures)
    if answer.refused:
        return None
    # What was taken away on purpose need not be looked for within the hour.
    return next_try(max(failures, CERTAIN) if answer.status in GONE else failures)


def report_return(address: ScheduledAddress, answer: Success) -> Notice | None:
    """What people are told of a page that answers again; None if it was not missing.

    Args:
        address: What was asked for; the article that was read there is withdrawn.
        answer: What came.
    """
    if not address.misses:
        return None
    status, moment = answer.capture.http_status, answer.capture.retrieved_at
    words = f"the page is there again: HTTP status {status}"
    return Notice(
        NoticeKind.RESTORE, f"http-{status}", words, address.url, url=address.url, issued_at=moment
    )


def report_failure(
    address: ScheduledAddress, answer: FailedFetch, result: Result, *, is_stored: bool
) -> Problem | Notice | None:
    """What people are told of a failure; None if it may be over soon.

    Args:
        address: What was asked for.
        answer: Why it could not be read.
        result: What becomes of it.
        is_stored: Whether an article is stored that was read there.
    """
    if is_stored and answer.status in MISSING and address.kind is ScheduledKind.ARTICLE:
        if answer.status not in GONE and result.misses < CERTAIN:
            return None
        # Dated, so that each time that a page goes is a notice of its own.
        return Notice(
            NoticeKind.WITHDRAW,
            f"http-{answer.status}",
            answer.detail,
            address.url,
            url=address.url,
            issued_at=result.failing_since,
        )
    reason = Reason.FETCH_REFUSED if answer.refused else Reason.FETCH_FAILED
    detail = answer.detail
    if address.kind is ScheduledKind.FEED and result.failing_since:
        # Each time that a feed begins to fail is told once.
        detail = f"the feed cannot be read since {result.failing_since:%Y-%m-%d %H:%MZ}: {detail}"
    return Problem(address.url, reason, detail)
