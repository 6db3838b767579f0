"""Decisions on sources and articles from forms: signed, written once, undone from their page."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims import __version__
from claims.database.engine import OpenSession
from claims.desk.access import require_person
from claims.desk.desk import desk_of
from claims.desk.errors import BadFormError
from claims.desk.forms import changing, id_of, read_number, text_of
from claims.documents.decide import save_document_decision
from claims.ledger.append import load_decision_no
from claims.ledger.entries import load_entry
from claims.ledger.entry import LedgerEntry
from claims.ledger.errors import UndoRefusedError
from claims.ledger.signed_in import SignedIn
from claims.ledger.undo import Writer, undo
from claims.model.decision import Signature
from claims.review.state import save_decision
from claims.sources.edit import save_source_decision

Decide = Callable[[OpenSession, Signature], int | None]
"""Makes a decision in a session; its number in the ledger, None if it is so already."""

WRITERS: Mapping[str, Writer] = {
    "claim": save_decision,
    "source": save_source_decision,
    "document": save_document_decision,
}
PAGES = {"claim": "/claims", "source": "/sources", "document": "/documents"}
"""Where the page of each kind of subject is."""
WORK = {"pairs": "/pairs", "links": "/links"}
"""Pages with one decision after the other, by what their forms call them."""

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Saved:
    """What a page says of the decision before.

    Attributes:
        entry: The decision; None if there is none, or it is about something else.
        unchanged: Whether what was asked for was so already.
    """

    entry: LedgerEntry | None = None
    unchanged: bool = False


def settle(request: Request, form: FormData, path: str, decide: Decide) -> Response:
    """Make a decision that a form asks for, and lead to a page that says so.

    A form that is sent twice decides once.
    """
    desk = desk_of(request)
    person = require_person(request)
    reason = text_of(form, "reason")[:LONGEST_REASON] or None
    signed = Signature(id_of(form, "act"), person.reviewer, __version__, reason)
    with desk.database.writer() as session:
        number = load_decision_no(session, signed.id) or decide(session, signed)
    return RedirectResponse(_with_saved(path, number), 303)


def _with_saved(path: str, number: int | None) -> str:
    """An address whose page says what was saved."""
    return f"{path}{'&' if '?' in path else '?'}saved={number or 'unchanged'}"


def load_saved(
    session: OpenSession, request: Request, person: SignedIn | None, subject: uuid.UUID | None
) -> Saved:
    """What the address says was decided; only to whoever is signed in.

    Args:
        session: A session, reading or writing.
        request: The request, whose address has the number in the ledger.
        person: Who asks.
        subject: What the page is about; None for whatever this person decided.
    """
    written = request.query_params.get("saved", "")
    if person is None or not written:
        return Saved()
    number = read_number(written)
    if number is None:
        return Saved(unchanged=written == "unchanged")
    with suppress(UndoRefusedError):  # the ledger has no such number
        entry = load_entry(session, number)
        mine = subject is None and entry.decision.reviewer == person.reviewer
        if mine or entry.decision.subject == subject:
            return Saved(entry)
    return Saved()


def undo_entry(request: Request, form: FormData) -> Response:
    """Undo a decision of the ledger with all that were made together with it."""
    desk = desk_of(request)
    person = require_person(request)
    number = read_number(request.path_params["no"])
    if number is None:
        raise BadFormError("the form", "it names no decision")
    reason = text_of(form, "reason")[:LONGEST_REASON] or None
    signed = Signature(id_of(form, "act"), person.reviewer, __version__, reason)
    with desk.database.writer() as session:
        written = undo(session, load_entry(session, number), signed, WRITERS)
    last = written[-1]
    path = WORK.get(text_of(form, "from")) or _path_of(
        last.decision.subject_kind, last.decision.subject
    )
    return RedirectResponse(_with_saved(path, last.number), 303)


def _path_of(kind: str, subject: uuid.UUID) -> str:
    return f"{PAGES[kind]}/{subject}" if kind in PAGES else "/ledger"


ROUTES = (Route("/ledger/{no}/undo", changing(undo_entry), methods=["POST"]),)
