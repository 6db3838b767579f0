"""Web archives for tests, made by warcio or by hand."""

import gzip
import io
from datetime import UTC, datetime

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DAY = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
DATE = "2026-05-04T10:30:00Z"
FILLING = "The council met on Monday in the old town hall and talked about the bridge. " * 3
HTML = (("Content-Type", "text/html; charset=utf-8"),)

Headers = tuple[tuple[str, str], ...]


def page(said: str, title: str = "Bridge") -> bytes:
    """A page with one article."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title></head><body><article>"
        f"<h1>{title}</h1><p>Mayor Ada Quill said “{said}”.</p><p>{FILLING}</p>"
        "</article></body></html>"
    ).encode()


class Archive:
    """A web archive that grows by a record at a time."""

    def __init__(self, *, packed: bool = True, version: str = "1.0") -> None:
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=packed, warc_version=version)

    @property
    def raw(self) -> bytes:
        return self.out.getvalue()

    def add(  # noqa: PLR0917 - a record has many parts
        self,
        url: str,
        body: bytes = b"",
        kind: str = "response",
        status: str | None = "200 OK",
        headers: Headers = HTML,
        **fields: str,
    ) -> "Archive":
        """Add a record; the fields of its own header as `WARC_Date=…`."""
        answer = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if status else None
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=answer,
            warc_content_type="" if status else dict(headers)["Content-Type"],
            warc_headers_dict={"WARC-Date": DATE} | named,
        )
        self.writer.write_record(record)
        return self


def members(raw: bytes) -> list[bytes]:
    """The gzip members of a file, each as it stands there."""
    parts = raw.split(b"\x1f\x8b\x08")[1:]
    return [b"\x1f\x8b\x08" + part for part in parts]


def by_hand(url: str, block: bytes, *fields: str, kind: str = "response") -> bytes:
    """A record that no writer would write."""
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"WARC-Date: {DATE}",
        "Content-Type: application/http; msgtype=response", *fields,
    ]  # fmt: skip
    if not any(field.startswith("Content-Length") for field in fields):
        lines.append(f"Content-Length: {len(block)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def answer(body: bytes, *headers: str) -> bytes:
    """An HTTP answer as it is sent."""
    lines = ("HTTP/1.1 200 OK", "Content-Type: text/html", *headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def chunked(body: bytes) -> bytes:
    """A body in chunks of 100 bytes."""
    parts = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def zipped(body: bytes) -> bytes:
    """A body as most servers send it."""
    return gzip.compress(body, mtime=0)
