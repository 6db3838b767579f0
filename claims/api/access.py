"""Who asks: the token of a request, what it allows, and addresses that only try."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy.orm import Session
from starlette.requests import Request

from claims.api.errors import (
    ScopeMissingError,
    TokenMissingError,
    TokenRefusedError,
    TooManyFailuresError,
)
from claims.api.scopes import MEANINGS, Scope
from claims.api.tokens import Token, find_token

MOST_FAILURES = 10
"""Tokens that are not valid, from one address in `WINDOW`; after them none is looked up."""

WINDOW = 60.0
"""Seconds."""

MOST_ADDRESSES = 10_000
"""Addresses that are remembered; beyond them the oldest is forgotten."""

LONGEST = 200
"""Characters of a header that can be a token of ours."""


@dataclass(slots=True)
class Failures:
    """Counts requests with tokens that are not valid, by the address they come from.

    In this process alone: the aim is that guessing does not cost the database its time. A token
    has 256 random bits, so that guessing gains nothing.

    Attributes:
        clock: Returns seconds that only grow.
    """

    clock: Callable[[], float] = time.monotonic
    _begun: OrderedDict[str, tuple[float, int]] = field(default_factory=OrderedDict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def require_few(self, address: str) -> None:
        """Refuse an address that has failed too often.

        Raises:
            TooManyFailuresError: It has, within `WINDOW`.
        """
        with self._lock:
            begun, count = self._begun.get(address, (0.0, 0))
            if count >= MOST_FAILURES and self.clock() - begun < WINDOW:
                raise TooManyFailuresError("Authorization", f"{count} within {WINDOW:.0f} seconds")

    def count(self, address: str) -> None:
        """Note a failure."""
        with self._lock:
            now = self.clock()
            begun, count = self._begun.pop(address, (now, 0))
            if now - begun >= WINDOW:
                begun, count = now, 0
            self._begun[address] = (begun, count + 1)
            while len(self._begun) > MOST_ADDRESSES:
                self._begun.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Access:
    """What a request may do.

    Attributes:
        token: What it came with; None if it came with none.
        public: Whether it may read what is public for want of a token.
    """

    token: Token | None
    public: bool

    @property
    def scopes(self) -> frozenset[Scope]:
        """What its token allows."""
        return self.token.scopes if self.token else frozenset()

    def require(self, scope: Scope, *, public: bool = False) -> None:
        """Refuse what it may not do.

        Args:
            scope: What a token must allow.
            public: Whether no token is needed where the server is open to the public.

        Raises:
            TokenMissingError: It came with none.
            ScopeMissingError: Its token does not allow it.
        """
        if public and self.public:
            return
        if self.token is None:
            raise TokenMissingError("Authorization", f"one that may {MEANINGS[scope]}")
        if scope not in self.scopes:
            raise ScopeMissingError(self.token.name, f"{scope}: {MEANINGS[scope]}")


def read_access(session: Session, request: Request, failures: Failures, *, public: bool) -> Access:
    """Who a request is from.

    Raises:
        TokenRefusedError: It has a token that is not valid, whether it needs one or not.
        TooManyFailuresError: Too many such requests came from its address.
    """
    headers = request.headers.getlist("authorization")
    if not headers:
        return Access(None, public)
    address = request.client.host if request.client else ""
    failures.require_few(address)
    kind, _, secret = headers[0].partition(" ")
    token = None
    if len(headers) == 1 and kind.lower() == "bearer" and len(secret) <= LONGEST:
        token = find_token(session, secret.strip())
    if token is None:
        failures.count(address)
        raise TokenRefusedError("Authorization")
    return Access(token, public)
