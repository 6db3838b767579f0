"""Connects to public addresses alone: a name is resolved once, and that very address is used."""

import math
import socket
import ssl
from collections.abc import Callable, Iterable

import httpcore

from claims.fetch.public import is_public

Resolve = Callable[[str, int], Iterable[str]]
"""The addresses of a host, for a port.

Raises:
    OSError: The name has none.
"""

SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


class RefusedAddressError(Exception):
    """A host with an address that is not public; the message names it."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system's resolver."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in answers))


class TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends by the deadline of the request, however slowly it drips.

    Args:
        stream: The connection.
        left: Returns the seconds that are left.
    """

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come.

        Raises:
            httpcore.ReadTimeout: Nothing came in time.
        """
        return self._stream.read(max_bytes, self._limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, self._limit(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Secure the connection."""
        limit = self._limit(timeout)
        secured = self._stream.start_tls(ssl_context, server_hostname, limit)
        return TimedStream(secured, self._left)

    def _limit(self, timeout: float | None) -> float:
        left = self._left()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for one answer is over")
        return left if timeout is None else min(timeout, left)


class PublicBackend(httpcore.NetworkBackend):
    """Connects for httpcore.

    Every address of a host must be public, or the connection is refused: a server that answers with
    a private address among others, or with another one the second time it is asked, gains nothing.

    Args:
        allowed: Hosts with ports that are connected to wherever they are.
        resolve: Finds the addresses of a host.
        connect: Makes the connection to an address.

    Attributes:
        left: Returns the seconds that the present request may still take.
    """

    def __init__(
        self,
        allowed: frozenset[tuple[str, int]] = frozenset(),
        resolve: Resolve = resolve,
        connect: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._connect = connect or httpcore.SyncBackend()
        self.left: Callable[[], float] = lambda: math.inf

    def connect_tcp(  # noqa: PLR0917 - httpcore's signature
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host, at the first of its addresses that answers.

        Raises:
            RefusedAddressError: One of its addresses is not public.
            httpcore.ConnectError: It has no address, or none answers.
        """
        try:
            addresses = list(self._resolve(host, port))
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise httpcore.ConnectError(f"the host has no address: {reason}") from error
        if (host, port) not in self._allowed:
            for address in addresses:
                if not is_public(address):
                    raise RefusedAddressError(f"{host} is at {address}, which is not public")
        failed: Exception = httpcore.ConnectError("the host has no address")
        for address in addresses:
            try:
                limit = min(timeout or math.inf, max(self.left(), 0.001))
                stream = self._connect.connect_tcp(
                    address, port, limit, local_address, socket_options
                )
                return TimedStream(stream, self._seconds_left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def _seconds_left(self) -> float:
        # `left` is another function for each request; connections stay open between them.
        return self.left()
