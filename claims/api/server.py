"""What every request of the API may use."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.orm import Session
from starlette.requests import Request

from claims.api.access import Access, Failures, read_access
from claims.api.tokens import Token, is_use_due, note_use
from claims.database.engine import Database
from claims.errors.base import DatabaseError


@dataclass(frozen=True, slots=True)
class Server:
    """One API over one database.

    Attributes:
        database: Where the claims are; its connections stay open.
        new_id: Makes ids that are ordered by time.
        public: Whether what is published is read without a token.
        failures: Counts tokens that are not valid.
    """

    database: Database
    new_id: Callable[[], uuid.UUID]
    public: bool = False
    failures: Failures = field(default_factory=Failures)

    def access(self, session: Session, request: Request) -> Access:
        """What a request may do.

        Raises:
            TokenRefusedError: Its token is not valid.
            TooManyFailuresError: Too many such tokens came from its address.
        """
        # A token that was revoked is refused at once, however far behind a replica is.
        with self.database.latest(session) as current:
            access = read_access(current, request, self.failures, public=self.public)
        request.state.token = access.token
        return access

    def note_use(self, request: Request) -> None:
        """Note that the token of an answered request was used, once an hour.

        After the answer is made and its connection is back: whoever held one and waited for a
        second could wait for ever.
        """
        token: Token | None = getattr(request.state, "token", None)
        if token is not None and is_use_due(token, datetime.now(UTC)):
            with suppress(DatabaseError), self.database.writer() as session:
                note_use(session, token.id)
