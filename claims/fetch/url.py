"""Web addresses that people and pages name: read strictly, because any of them may be hostile."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urljoin, urlsplit

LONGEST = 2048
"""Characters of an address."""

PORTS = {"http": 80, "https": 443}
FIRST_FREE_PORT = 1024
"""Below it a port belongs to a service, such as mail, that might take a request for its own."""
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_NETLOC = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\[\]@:]+)(?::\d{1,5})?")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?")
_SAFE = "/?#[]@!$&'()*+,;=:%~"


class BadUrlError(ValueError):
    """An address that is not fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class Url:
    """One address.

    Attributes:
        text: As it is asked for, without a fragment.
        scheme: http or https.
        host: A name in its ASCII form, or an address.
        port: The port that is connected to.
    """

    text: str
    scheme: str
    host: str
    port: int


def parse_url(text: str, base: str | None = None) -> Url:
    """Read an address.

    Args:
        text: As it was written.
        base: The address of the page that names it, if it may be relative.

    Raises:
        BadUrlError: It is no address of http or https, or one with a user or a host in disguise.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise BadUrlError(f"it is longer than {LONGEST} characters")
    if any(ord(sign) < 0x21 or ord(sign) == 0x7F or sign == "\\" for sign in text):  # noqa: PLR2004 - controls and space
        raise BadUrlError("it has a space, a control character or a backslash in it")
    try:
        joined = urldefrag(urljoin(base, text) if base else text).url
        parts = urlsplit(joined)
        port = parts.port
    except ValueError as error:
        raise BadUrlError(f"it cannot be read: {error}") from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        reason = f"{scheme}: is not fetched" if scheme else "it has no scheme, such as https:"
        raise BadUrlError(reason)
    if "@" in parts.netloc:
        raise BadUrlError("it has a user in it")
    if not _NETLOC.fullmatch(parts.netloc):
        raise BadUrlError("its host cannot be read" if parts.netloc else "it has no host")
    if port is not None and port not in PORTS.values() and port < FIRST_FREE_PORT:
        raise BadUrlError(f"port {port} is another service's")
    host = _host(parts.hostname or "")
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in {None, PORTS[scheme]} else f"{shown}:{port}"
    path = quote(parts.path or "/", safe=_SAFE)
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return Url(f"{scheme}://{netloc}{path}{query}", scheme, host, port or PORTS[scheme])


def _host(host: str) -> str:
    """A host in ASCII; numbers that merely stand for an address are refused."""
    if not host:
        raise BadUrlError("it has no host")
    if ":" in host or _NUMERIC.fullmatch(host):
        try:
            return str(ipaddress.ip_address(host))
        except ValueError:
            raise BadUrlError("its host is a number in disguise") from None
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise BadUrlError("its host is no name") from None
    # Other digits and dots become ASCII ones: a number may appear only now.
    if _NUMERIC.fullmatch(name) and name != host:
        raise BadUrlError("its host is a number in disguise")
    if not _HOST.fullmatch(name):
        raise BadUrlError("its host is no name")
    return name
