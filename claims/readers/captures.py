"""What a record of a web archive says of the capture that it holds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from mimetypes import guess_type
from typing import TypeAlias
from urllib.parse import urldefrag, urljoin, urlsplit

from warcio.recordloader import ArcWarcRecord

from claims.model.capture import Capture
from claims.readers.http_body import content_type, parse_content_type
from claims.readers.limits import is_storable_moment
from claims.readers.page import FEEDS, PAGES
from claims.text.clean import clean_line

RESPONSE, RESOURCE, CONVERSION, REVISIT = "response", "resource", "conversion", "revisit"
FOR_MACHINES = frozenset(
    {"robots.txt", "ads.txt", "app-ads.txt", "security.txt", "humans.txt", "llms.txt"}
)
"""Plain text that every site has and nobody publishes."""
SCHEMES = frozenset({"http", "https", "ftp", "file"})
FILE = "urn:uuid:"
"""How the address of a record begins that was a file and had none."""
GONE = frozenset({404, 410, 451})
REDIRECTS = frozenset({301, 302, 303, 307, 308})

Headers: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WebCapture:
    """A capture as its record describes it.

    Attributes:
        kind: The type of the record.
        uri: What was asked for.
        scheme: Of the URI.
        path: Of the URI; None if it is no address.
        retrieved_at: When; None if the record's date cannot be read.
        record_id: `WARC-Record-ID`.
        status: Of an HTTP answer, such as 200.
        status_line: The same with its words.
        headers: Of an HTTP answer.
        media_type: Of the body; empty if nothing says it.
        charset: Of the body, as its headers name it.
        refers_to: Of a revisit or conversion, the id of the record it refers to.
        refers_to_uri: Of a revisit, the address of that record.
        payload_digest: As the record gives it.
        cut_by: Why the crawler cut the body, if it did.
    """

    kind: str
    uri: str
    scheme: str
    path: str | None
    retrieved_at: datetime | None
    record_id: str | None
    status: int | None
    status_line: str
    headers: Headers
    media_type: str
    charset: str | None
    refers_to: str | None
    refers_to_uri: str | None
    payload_digest: str | None
    cut_by: str | None

    @property
    def may_be_page(self) -> bool:
        """Whether its body may hold an article, as far as address and headers tell."""
        # Crawlers store their logs as `metadata:` and `urn:`; we export a file as `urn:uuid:`.
        if self.path is None or not (self.scheme in SCHEMES or self.uri.startswith(FILE)):
            return False
        if self.path.rpartition("/")[2].lower() in FOR_MACHINES:
            return False
        guessed = guess_type(self.path)[0] or ""
        return (self.media_type or guessed) in {*PAGES, *FEEDS, ""}

    def as_capture(self) -> Capture | None:
        """The same in the words of the model; None without a date."""
        if self.retrieved_at is None:
            return None
        return Capture(
            uri=self.uri,
            retrieved_at=self.retrieved_at,
            http_status=self.status,
            http_headers=self.headers,
            warc_record=self.record_id,
        )

    def redirects_to(self) -> str | None:
        """The address that it leads to; None if it is no redirect."""
        locations = [value for name, value in self.headers if name.lower() == "location"]
        if self.status not in REDIRECTS or not locations:
            return None
        try:
            return urldefrag(urljoin(self.uri, clean_line(locations[0]))).url
        except ValueError:
            return None


def describe(parsed: ArcWarcRecord) -> WebCapture | None:
    """The capture that a record holds; None for one of another kind, such as a request."""

    def header(name: str) -> str | None:
        value = parsed.rec_headers.get_header(name)
        # No database takes the NUL that a damaged header may have.
        return None if value is None else clean_line(value)

    uri = header("WARC-Target-URI")
    if parsed.rec_type not in {RESPONSE, RESOURCE, CONVERSION, REVISIT} or not uri:
        return None
    uri = uri.strip("<>")
    scheme, path = _parts(uri)
    answer = parsed.http_headers
    headers = tuple(answer.headers) if answer else ()
    if answer:
        media_type, charset = content_type(headers)
    else:
        media_type, charset = parse_content_type(parsed.content_type or "")
    return WebCapture(
        kind=parsed.rec_type,
        uri=uri,
        scheme=scheme,
        path=path,
        retrieved_at=_moment(header("WARC-Date") or ""),
        record_id=header("WARC-Record-ID"),
        status=_status(answer.get_statuscode()) if answer else None,
        status_line=clean_line(answer.statusline) if answer else "",
        headers=headers,
        media_type=media_type,
        charset=charset,
        refers_to=header("WARC-Refers-To"),
        refers_to_uri=(header("WARC-Refers-To-Target-URI") or "").strip("<>") or None,
        payload_digest=header("WARC-Payload-Digest"),
        cut_by=header("WARC-Truncated"),
    )


def _parts(uri: str) -> tuple[str, str | None]:
    try:
        scheme, _, path = urlsplit(uri)[:3]
    except ValueError:
        return "", None
    return scheme, path


def _status(code: str | None) -> int | None:
    status = int(code) if code and code.isdigit() else 0
    return status if 100 <= status <= 599 else None  # noqa: PLR2004 - the statuses there are


def _moment(date: str) -> datetime | None:
    """A date of WARC 1.0 or 1.1; the latter may be a year, a month or a day."""
    # "2016" would be read as a time of day elsewhere; 1.1 allows each of these.
    padded = date + "-01-01"[len(date) - 4 :] if len(date) in {4, 7} else date
    try:
        moment = datetime.fromisoformat(padded)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if is_storable_moment(moment) else None
