"""What every page of the desk may use."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from urllib.parse import urlsplit

from starlette.requests import Request

from claims.database.engine import Database
from claims.desk.entrance import Entrance
from claims.terminal.keys.keymap import DEFAULT_KEYMAP, Keymap

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk: a database, and the address under which its pages are.

    Attributes:
        database: Where the claims are; it holds a connection for each of `THREADS`.
        origin: Scheme, host and port, such as `http://127.0.0.1:8311`.
        new_id: Makes ids that are ordered by time.
        entrance: Lets whoever started it in; None if nobody signs in there.
        keymap: Which key does what; the same as in the terminal.
        read_only: Whether nothing may be changed.
        is_site: Whether its pages are written as files, which take no form.
        accounts: Whether people sign in with accounts; others reach such a desk.
        proxy: Whom the desk believes where a request comes from; None if nobody.
        remote_user: Whether the proxy also says who asks, in `Remote-User`.
    """

    database: Database
    origin: str
    new_id: Callable[[], uuid.UUID]
    entrance: Entrance | None = None
    keymap: Keymap = DEFAULT_KEYMAP
    read_only: bool = False
    is_site: bool = False
    accounts: bool = False
    proxy: Network | None = None
    remote_user: bool = False

    @property
    def is_encrypted(self) -> bool:
        """Whether browsers reach it by TLS, so that its cookie may be for TLS alone."""
        return self.origin.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """What a browser may call this desk: on a loopback address any of its names."""
        parts = urlsplit(self.origin)
        names = LOOPBACK if parts.hostname in LOOPBACK else frozenset({parts.hostname or ""})
        return frozenset(_in_address(name, parts.port) for name in names)


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


THREADS = 16
"""Pages that are made at a time, and connections: more of one than of the other would starve."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts that only this machine reaches."""


def origin_of(host: str, port: int) -> str:
    """The address of a desk that listens there without encryption."""
    return f"http://{_in_address(host, port)}"


def _in_address(host: str, port: int | None) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{port}" if port else name
