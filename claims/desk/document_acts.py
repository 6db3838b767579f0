"""What people decide on an article from its page: status, embargo, notices, copies, origins."""

import uuid

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.database.engine import OpenSession
from claims.desk.access import require_person
from claims.desk.errors import BadFormError
from claims.desk.forms import changing, id_of, text_of
from claims.desk.settling import settle
from claims.documents.decide import decide_on_document
from claims.documents.decisions import DocumentAction
from claims.documents.errors import DocumentRefusedError
from claims.documents.find import find_document
from claims.documents.find_notices import find_notice, to_settle
from claims.documents.settle import settle_copy, settle_origin
from claims.model.decision import NumberedDecision, Signature
from claims.sources.find import find_source

OF_STATUS = frozenset(DocumentAction) - {DocumentAction.CONFIRM, DocumentAction.DISMISS}
OF_NOTICES = frozenset({DocumentAction.CONFIRM, DocumentAction.DISMISS})


def decide(request: Request, form: FormData) -> Response:
    """Withdraw an article, mark it as corrected, restore it, lift its embargo, say whose it is."""
    require_person(request)
    action = text_of(form, "do")
    document = _document_of(request)

    def act(session: OpenSession, signed: Signature) -> int | None:
        find_document(session, str(document))
        if action in OF_STATUS:
            written = decide_on_document(session, document, DocumentAction(action), signed)
        else:
            written = _settle(session, document, form, signed)
        return written.number if written else None

    return settle(request, form, f"/documents/{document}", act)


def _settle(
    session: OpenSession, document: uuid.UUID, form: FormData, signed: Signature
) -> NumberedDecision | None:
    """Settle what an article is printed from, or whom it comes from."""
    match text_of(form, "do"):
        case "copy-of":
            original = find_document(session, text_of(form, "original"))
            if original == document:
                detail = "an article is no copy of itself; “Own report” says that"
                raise DocumentRefusedError(f"document {str(document)[:8]}", detail)
            return settle_copy(session, document, original, signed)
        case "own-report":
            return settle_copy(session, document, document, signed)
        case "origin":
            source = find_source(session, text_of(form, "origin"))
            return settle_origin(session, document, source, signed)
    raise BadFormError("the form", "it does not say what to decide")


def decide_on_notice(request: Request, form: FormData) -> Response:
    """Confirm a notice, or dismiss it."""
    require_person(request)
    document, notice = _document_of(request), id_of(form, "notice")
    action = text_of(form, "do")
    if action not in OF_NOTICES:
        raise BadFormError("the form", "notices are confirmed or dismissed")

    def act(session: OpenSession, signed: Signature) -> int | None:
        about, open_notice = to_settle(find_notice(session, str(notice)))
        if about != document:
            raise BadFormError("the form", "the notice is about another article")
        asked = DocumentAction(action)
        written = decide_on_document(session, document, asked, signed, notice=open_notice)
        return written.number if written else None

    return settle(request, form, f"/documents/{document}", act)


def _document_of(request: Request) -> uuid.UUID:
    """The article of an address; forms name it in full."""
    written: str = request.path_params["document"]
    try:
        return uuid.UUID(written)
    except ValueError:
        raise BadFormError("the form", "it names no article") from None


ROUTES = (
    Route("/documents/{document}", changing(decide), methods=["POST"]),
    Route("/documents/{document}/notices", changing(decide_on_notice), methods=["POST"]),
)
