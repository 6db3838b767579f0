"""Listens at an address and serves the desk until it is stopped."""

import socket
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from claims.desk.desk import LOOPBACK
from claims.desk.errors import OtherHostError, PortTakenError

LAST_REQUESTS = 5
"""Seconds that requests have to end when the desk is stopped."""


def listen(host: str, port: int, *, reached: bool = False) -> socket.socket:
    """A socket that listens there.

    Args:
        host: Its address.
        port: 0 takes any that is free.
        reached: Whether other machines may reach it: it has accounts, and TLS before it.

    Raises:
        OtherHostError: Other machines could reach it, and may not.
        PortTakenError: The system refuses: another program listens there, or it is not allowed.
    """
    if host not in LOOPBACK and not reached:
        raise OtherHostError(host, "whoever reaches it could decide")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise PortTakenError(f"{host}:{port}", error.strerror or "") from error
    # What it accepts has it too. Without it a page waits 40 ms until its head was acknowledged.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def server_of(app: ASGIApp) -> uvicorn.Server:
    """What serves the application; it says nothing but errors."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=LAST_REQUESTS,
    )
    return uvicorn.Server(config)


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM; requests that have begun are answered."""
    with suppress(KeyboardInterrupt):  # raised again when all has ended
        server_of(app).run(sockets=[listening])
