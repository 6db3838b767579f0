"""Lets whoever started the desk in, by an address that is of use once."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from claims.desk.errors import TokenUsedError


@dataclass(slots=True)
class Entrance:
    """Lets whoever started the desk in: by a token that is of use once, then there is another.

    Attributes:
        origin: The desk's address.
        announce: Is called with each new address to open; whoever sees it may come in.
        name: Whom the desk expects, for the first page to suggest.
    """

    origin: str
    announce: Callable[[str], None]
    name: str = ""
    _token: str = field(default="", init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def open(self) -> None:
        """Make a token and announce its address."""
        self._token = secrets.token_urlsafe(24)
        self.announce(f"{self.origin}/enter?token={self._token}")

    def fits(self, token: str) -> bool:
        """Whether a token is the one that was announced last."""
        return bool(self._token) and secrets.compare_digest(token.encode(), self._token.encode())

    def use(self, token: str) -> None:
        """Use the token up, and announce another.

        Raises:
            TokenUsedError: It is not the one that was announced last.
        """
        with self._lock:
            if not self.fits(token):
                raise TokenUsedError("the address")
            self.open()
