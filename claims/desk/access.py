"""Who asks for a page, and what they may do."""

import ipaddress
import uuid
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from claims.catalogue.errors import AmbiguousIdError, EmbargoedError, UnknownIdError
from claims.desk.desk import Desk
from claims.desk.errors import NotSignedInError, PageNotFoundError, ReadOnlyError, RoleMissingError
from claims.documents.errors import UnknownDocumentError, UnknownVersionError
from claims.errors.base import ClaimsError
from claims.ledger.accounts import find_account
from claims.ledger.signed_in import LONGEST, SignedIn, load_signed_in, note_seen
from claims.model.kinds import Role
from claims.sources.errors import AmbiguousSourceError, UnknownSourceError
from claims.text.display import visible

READING = frozenset({"GET", "HEAD"})

LOOKUPS = (
    AmbiguousIdError,
    AmbiguousSourceError,
    EmbargoedError,
    PageNotFoundError,
    UnknownDocumentError,
    UnknownIdError,
    UnknownSourceError,
    UnknownVersionError,
)
"""Errors that say whether something is there, and what of it may be seen."""


def cookie_name(desk: Desk) -> str:
    """The cookie's name: cookies know no ports, and two desks on one machine are two desks."""
    port = urlsplit(desk.origin).port
    return "__Host-claims" if desk.is_encrypted else f"claims-{port}"


def give_cookie(desk: Desk, response: Response, token: str) -> None:
    """Let the browser keep a session's token, for this desk alone."""
    response.set_cookie(
        cookie_name(desk),
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=desk.is_encrypted,
        httponly=True,
        samesite="lax",
    )


def take_cookie(desk: Desk, response: Response) -> None:
    """Let the browser forget the session's token."""
    response.delete_cookie(cookie_name(desk), path="/", secure=desk.is_encrypted, httponly=True)


def find_person(request: Request) -> SignedIn | None:
    """Who asks; None if nobody is signed in there."""
    desk: Desk = request.app.state.desk
    if desk.remote_user:
        return _find_named(request, desk)
    token = request.cookies.get(cookie_name(desk))
    if not token:
        return None
    with desk.database.reader(latest=True) as session:
        person = load_signed_in(session, token)
    if person is not None and not person.noted and not desk.read_only:
        with desk.database.writer() as session:
            note_seen(session, token)
    return person


def require_person(request: Request) -> SignedIn:
    """Who asks; who asks to change something has to be one who decides.

    The database refuses a reader's decision as well (`reviewer_decides`); here it costs nothing to
    say so before.

    Raises:
        NotSignedInError: Nobody is signed in there.
        RoleMissingError: They only read.
    """
    needed = Role.READER if request.method in READING else Role.REVIEWER
    return require_role(request, needed)


def require_role(request: Request, needed: Role) -> SignedIn:
    """Who asks, if their role allows what this one does.

    Raises:
        NotSignedInError: Nobody is signed in there.
        RoleMissingError: Their role does not.
        ReadOnlyError: It is work that decides, and this desk only shows: even the page of a card
            would write who has it.
    """
    desk: Desk = request.app.state.desk
    if needed is not Role.READER and desk.read_only:
        raise ReadOnlyError(request.url.path)
    person = find_person(request)
    if person is None:
        raise NotSignedInError(request.url.path)
    if not person.role.may(needed):
        detail = f"you are a {person.role}, and this is for the role {needed}"
        raise RoleMissingError(request.url.path, detail)
    return person


def whole_id(written: str, person: SignedIn | None) -> str:
    """An id as an address has it; of whoever is not signed in, the whole of it.

    The beginning of an id, or a name, would say of how much it is one, published or not.

    Raises:
        PageNotFoundError: Nobody is signed in, and it is no id.
    """
    if person is None:
        try:
            uuid.UUID(written)
        except ValueError:
            raise PageNotFoundError(written) from None
    return written


def without_hints(request: Request, error: ClaimsError) -> ClaimsError:
    """An error as whoever asks may read it.

    What is not published is nowhere for whoever is not signed in: one answer for what is not there,
    what nobody has decided, and what is under embargo.
    """
    if not isinstance(error, LOOKUPS) or find_person(request) is not None:
        return error
    return PageNotFoundError(visible(request.url.path)[:200])


def address_of(request: Request) -> str:
    """Where a request comes from: by the connection, or as the trusted proxy says.

    Of several addresses in `X-Forwarded-For` the last is the one that the proxy wrote; whoever
    asked wrote the others.
    """
    desk: Desk = request.app.state.desk
    peer = request.client.host if request.client else ""
    if not _is_proxy(desk, peer):
        return peer
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    return forwarded.rpartition(",")[2].strip() or peer


def _find_named(request: Request, desk: Desk) -> SignedIn | None:
    """Whom the trusted proxy names; whatever anybody else says of themselves is passed over."""
    names = request.headers.getlist("remote-user")
    peer = request.client.host if request.client else ""
    if len(names) != 1 or not _is_proxy(desk, peer):
        return None
    # Headers are bytes; whoever has an account under another script's name sends UTF-8.
    name = names[0].encode("latin-1").decode("utf-8", "replace").strip()
    with desk.database.reader(latest=True) as session:
        account = find_account(session, name)
    return (
        SignedIn(account.reviewer, account.name, noted=True, role=account.role) if account else None
    )


def _is_proxy(desk: Desk, peer: str) -> bool:
    try:
        return desk.proxy is not None and ipaddress.ip_address(peer) in desk.proxy
    except ValueError:
        return False
