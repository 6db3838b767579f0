"""The body of an HTTP answer: without the encodings of its transfer, within limits."""

import io
import zlib
from collections.abc import Iterable, Sequence
from email.message import Message

from warcio.bufferedreaders import ChunkedDataReader

LARGEST = 64 << 20
"""Bytes of a body, unpacked."""
MOST_TIMES, UNJUDGED = 200, 1 << 20
"""How many times its size a body may unpack to, and from how many bytes on that is asked."""
MOST_LINES = 500_000
"""Ends of lines in a body of chunks, two a chunk: each chunk takes four microseconds."""
GZIP, ZLIB, BARE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
ENCODINGS = {"gzip": (GZIP,), "x-gzip": (GZIP,), "deflate": (ZLIB, BARE)}
"""zlib's forms of each encoding that is read; `deflate` is sent with and without zlib's header."""

Headers = Sequence[tuple[str, str]]


class UnreadableBodyError(Exception):
    """A body that cannot be unpacked; the message says why."""


def values_of(headers: Headers, name: str) -> list[str]:
    """The values of a header, parted at commas, in lower case."""
    values = [value for key, value in headers if key.lower() == name]
    return [part.strip().lower() for value in values for part in value.split(",") if part.strip()]


def content_type(headers: Headers) -> tuple[str, str | None]:
    """The media type and the charset that the headers give; the type is empty if they give none."""
    values = [value for key, value in headers if key.lower() == "content-type" and value.strip()]
    return parse_content_type(values[0]) if values else ("", None)


def parse_content_type(value: str) -> tuple[str, str | None]:
    """Media type and charset of a Content-Type such as `text/html; charset=utf-8`."""
    message = Message()
    message["Content-Type"] = " ".join(value.split())
    charset = message.get_param("charset")
    media_type = value.partition(";")[0].strip().lower()
    return media_type, charset.strip().lower() if isinstance(charset, str) else None


def decode_body(body: bytes, headers: Headers, largest: int = LARGEST) -> bytes:
    """The body as its publisher made it: without chunks and compression.

    Args:
        body: As it came.
        headers: Of the answer.
        largest: Bytes that it may unpack to.

    Raises:
        UnreadableBodyError: It is damaged, too large, or in an encoding that is not read.
    """
    body = without_chunks(body, headers)
    for encoding in reversed(values_of(headers, "content-encoding")):
        if encoding not in {*ENCODINGS, "identity"}:
            raise UnreadableBodyError(f"its content encoding is {encoding[:40]}")
        body = _unpack(body, ENCODINGS.get(encoding, ()), largest)
    return body


def without_chunks(body: bytes, headers: Headers) -> bytes:
    """The body without the chunks of its transfer, if it is in chunks; many crawlers undo them.

    Raises:
        UnreadableBodyError: It is in too many chunks.
    """
    if "chunked" not in values_of(headers, "transfer-encoding"):
        return body
    if body.count(b"\r\n") > MOST_LINES:
        raise UnreadableBodyError(f"it is in more than {MOST_LINES // 2} chunks")
    read: bytes = ChunkedDataReader(io.BytesIO(body)).read()
    return read


def _unpack(body: bytes, forms: Iterable[int], largest: int) -> bytes:
    # Some servers and crawlers name an encoding that is no longer there.
    unpacked, limit = body, min(largest, max(UNJUDGED, MOST_TIMES * len(body)))
    for form in forms:
        unzip = zlib.decompressobj(form)
        try:
            unpacked = unzip.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(unpacked) > limit:
            raise UnreadableBodyError(f"it unpacks to more than {limit} bytes")
        if not unzip.eof:
            raise UnreadableBodyError("its compressed body is cut off")
        return unpacked
    return body
