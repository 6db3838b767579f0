"""The queue: the next card, one card, and what is done on it; a form redirects to a page."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import NoResultFound
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from claims.catalogue.errors import UnknownIdError
from claims.desk.access import require_role
from claims.desk.acts import Sent, Verdict, perform, read_sent, verdict_of
from claims.desk.card_page import (
    RECENT,
    CardPage,
    Difference,
    EmptyPage,
    differences_between,
    load_around,
)
from claims.desk.desk import Desk
from claims.desk.errors import BadFormError, RefusedError, status_of
from claims.desk.forms import changing, id_of, text_of
from claims.desk.pages import render
from claims.desk.tab import Tab, read_tab, review_session
from claims.errors.base import ClaimsError, DatabaseError
from claims.ledger.errors import ChangedMeanwhileError
from claims.ledger.signed_in import SignedIn
from claims.model.kinds import WAITING, Role
from claims.review.card import Card, Seen
from claims.review.leases import Leasing
from claims.review.session import ReviewSession
from claims.review.transitions import Action
from claims.terminal.deciding import remember_draft
from claims.terminal.draft import draft_of, with_draft
from claims.terminal.keys.table import NOT_A_CLAIM
from claims.terminal.state import State, with_fresh_card

KEYS_OFF = "claims-keys"
"""The cookie of a browser whose keys do nothing."""

MOST_MARKED = 50


@dataclass(frozen=True, slots=True)
class Visit:
    """One request about the queue.

    Attributes:
        request: The request.
        desk: The desk.
        person: Who asks.
        tab: The settings of their tab.
    """

    request: Request
    desk: Desk
    person: SignedIn
    tab: Tab

    def session(self, act: Callable[[], uuid.UUID] | None = None) -> ReviewSession:
        """A session of review."""
        return review_session(self.desk, self.person, self.tab, act)

    def go_on(self) -> Response:
        """A redirect to the next card."""
        return RedirectResponse(f"/review{self.tab.query}", 303)

    def go_to(self, claim: uuid.UUID | None, tab: Tab) -> Response:
        """A redirect to a card, or to where no card is."""
        path = f"/review/{claim}" if claim else "/review/empty"
        return RedirectResponse(f"{path}{tab.query}", 303)


def _visit(request: Request) -> Visit:
    desk: Desk = request.app.state.desk
    person = require_role(request, Role.REVIEWER)
    return Visit(request, desk, person, read_tab(request.query_params, desk.new_id))


def show_next(request: Request) -> Response:
    """Lead to the next card."""
    visit = _visit(request)
    return _go_on(visit, visit.session(), visit.tab.after)


def _go_on(
    visit: Visit,
    session: ReviewSession,
    after: uuid.UUID | None,
    near: uuid.UUID | None = None,
) -> Response:
    """Lease the next card and lead to its page, which loads it."""
    onward = session.go_on(after, near=near, loaded=False)
    return visit.go_to(onward.claim, visit.tab.past(onward.after))


def show_empty(request: Request) -> Response:
    """Say that nothing waits."""
    visit = _visit(request)
    recent = visit.session().recent_decisions(RECENT)
    page = EmptyPage(
        command="claims review",
        person=visit.person,
        tab=visit.tab,
        act=visit.desk.new_id(),
        recent=recent,
    )
    return render(visit.desk, page)


def show_card(request: Request) -> Response:
    """One card, with what was typed on it earlier; its address says in which tab."""
    visit = _visit(request)
    session = visit.session()
    if "tab" not in request.query_params:
        return visit.go_to(_load(session, _claim_of(request)).claim, visit.tab)
    state = with_draft(State(card=_load(session, _claim_of(request))))
    searched = " ".join(request.query_params.get("who", "").replace("\0", "").split())[:200]
    return _page(visit, session, _with_results(session, replace(state, searched=searched)))


SHOWN_AT_ONCE = frozenset({"search", "merge"})
"""What changes nothing, and only shows what there is to choose from."""


def act_on_card(request: Request, form: FormData) -> Response:
    """Do what a form of a card's page says, and lead to the page that follows."""
    visit = _visit(request)
    sent = read_sent(form)
    session = visit.session(lambda: sent.act)
    verdict = verdict_of(sent)
    if verdict is not None:
        return _decide(visit, session, sent, verdict)
    card = _load(session, _claim_of(request))
    begun = replace(sent.applied_to(card), resume_after=visit.tab.after)
    state = _with_results(session, begun)
    try:
        after = perform(session, state, sent)
    except ChangedMeanwhileError as error:
        return _conflict(visit, session, sent, error)
    except DatabaseError:
        raise
    except ClaimsError as error:
        session.keep_draft(card, draft_of(state))
        return _page(visit, session, state, error=error)
    if after.message.is_error:
        return _page(visit, session, after, error=RefusedError("the card", after.message.text))
    if sent.action in SHOWN_AT_ONCE:
        return _page(visit, session, after)
    return _follow(visit, session, state, after)


def _decide(visit: Visit, session: ReviewSession, sent: Sent, verdict: Verdict) -> Response:
    """Decide on a claim as it was seen, and lead to the next card: neither is loaded for it."""
    claim = _claim_of(visit.request)
    seen = Seen(claim, sent.revision, sent.held, sent.article_status)
    try:
        outcome = session.decide(seen, verdict.action, verdict.changes, verdict.reason)
    except NoResultFound:
        raise UnknownIdError(f"claim {claim}") from None
    except ChangedMeanwhileError as error:
        return _conflict(visit, session, sent, error)
    except DatabaseError:
        raise
    except ClaimsError as error:
        card = _load(session, claim)
        state = sent.applied_to(card)
        session.keep_draft(card, draft_of(state))
        return _page(visit, session, state, error=error)
    if outcome.number is None and verdict.action is Action.LATER:
        session.held = claim
        return _go_on(visit, session, claim, sent.version)
    return _go_on(visit, session, visit.tab.after, sent.version)


def _follow(visit: Visit, session: ReviewSession, before: State, after: State) -> Response:
    """Lead to the card that follows; what was changed on the same one is kept as a draft."""
    claim = before.current_card.claim
    if after.card is not None and after.card.claim == claim and after.last_saved is None:
        remember_draft(session, after)
        return visit.go_to(claim, visit.tab)
    tab = visit.tab.past(after.resume_after or (visit.tab.after if after.card else None))
    return visit.go_to(after.card.claim if after.card else None, tab)


def _conflict(visit: Visit, session: ReviewSession, sent: Sent, error: ClaimsError) -> Response:
    """Both versions of a card that somebody else changed; what was changed here is kept.

    If it was not changed, but is open in another tab, this one has it from now on.
    """
    fresh = _load(session, _claim_of(visit.request), Leasing.TAKE_OVER)
    seen = State(card=replace(fresh, state=sent.seen))
    state = with_fresh_card(replace(seen, steps=sent.steps_from(sent.seen)), fresh)
    session.keep_draft(fresh, draft_of(state))
    changed = fresh.revision != sent.revision
    differences = differences_between(sent.seen, state) if changed else None
    return _page(visit, session, state, error=error, differences=differences)


def keep_draft(request: Request, form: FormData) -> Response:
    """Keep what is being typed in a field, so that it survives a tab that is closed."""
    visit = _visit(request)
    sent = read_sent(form)
    session = visit.session()
    card = _load(session, _claim_of(request))
    state = sent.applied_to(card)
    draft = dict(draft_of(state))
    if sent.action in {"statement", "note"} and sent.argument:
        draft["typed"] = [sent.action, sent.action, sent.argument, 1, "card"]
    session.keep_draft(card, draft)
    return Response(status_code=204)


def renew(request: Request, _form: FormData) -> Response:
    """Keep the card for another ten minutes: somebody is at it. Says until when that is."""
    visit = _visit(request)
    session, claim = visit.session(), _claim_of(request)
    until = session.renew(claim)
    if until is None:
        _load(session, claim)  # is there such a claim at all?
        return PlainTextResponse("it is before somebody else, or in another tab, by now", 409)
    return PlainTextResponse(until.isoformat())


def free(request: Request, form: FormData) -> Response:
    """Let others have a card whose page is closed, unless another page of the tab renewed it."""
    visit = _visit(request)
    try:
        up_to = datetime.fromisoformat(text_of(form, "until"))
    except ValueError:
        raise BadFormError("the form", "it does not say until when the card was held") from None
    visit.session().free(_claim_of(request), up_to)
    return Response(status_code=204)


def undo(request: Request, form: FormData) -> Response:
    """Undo this person's last decision, or redo what was undone last."""
    visit = _visit(request)
    act = id_of(form, "act")
    session = visit.session(lambda: act)
    outcome = session.redo() if text_of(form, "do") == "redo" else session.undo()
    # What is decided again is not put under the next key.
    waits = _load(session, outcome.claim).state.status in WAITING
    return visit.go_to(outcome.claim, visit.tab) if waits else visit.go_on()


def decide_marked(request: Request, form: FormData) -> Response:
    """Accept or reject the marked claims of an article as one batch, which one undo reverses."""
    visit = _visit(request)
    act, action = id_of(form, "act"), text_of(form, "do")
    if action not in {"accept", "reject"}:
        raise BadFormError("the form", "marked claims are accepted or rejected")
    marked = [str(value) for value in form.getlist("mark")][:MOST_MARKED]
    if not marked:
        raise RefusedError("the marked claims", "none is marked")
    session = visit.session(lambda: act)
    cards = [_marked_card(session, one) for one in marked]
    reason = NOT_A_CLAIM if action == "reject" else None
    session.decide_in_bulk(cards, Action(action), reason)
    return visit.go_on()


def _marked_card(session: ReviewSession, marked: str) -> Card:
    """A claim that was marked, in the revision that was seen: `ID@REVISION`."""
    claim, _, revision = marked.partition("@")
    try:
        card = _load(session, uuid.UUID(claim))
        return replace(card, revision=int(revision))
    except ValueError:
        raise BadFormError("the form", "a mark names no claim") from None


def switch_keys(request: Request, form: FormData) -> Response:
    """Switch the keys off, or on again, in this browser."""
    visit = _visit(request)
    claim = text_of(form, "claim")
    response = visit.go_to(id_of(form, "claim") if claim else None, visit.tab)
    if text_of(form, "do") == "off":
        response.set_cookie(KEYS_OFF, "off", max_age=31_536_000, httponly=True, samesite="lax")
    else:
        response.delete_cookie(KEYS_OFF)
    return response


def _claim_of(request: Request) -> uuid.UUID:
    text: str = request.path_params["claim"]
    try:
        return uuid.UUID(text)
    except ValueError:
        raise UnknownIdError(f"claim {text[:60]}") from None


def _load(session: ReviewSession, claim: uuid.UUID, leasing: Leasing = Leasing.OWN) -> Card:
    try:
        return session.card(claim, leasing)
    except NoResultFound:
        raise UnknownIdError(f"claim {claim}") from None


def _with_results(session: ReviewSession, state: State) -> State:
    """The state with the sources that were searched for."""
    if not state.searched:
        return state
    results = session.search_sources(state.searched, state.current_card)
    return replace(state, search_results=results)


def _page(
    visit: Visit,
    session: ReviewSession,
    state: State,
    *,
    error: ClaimsError | None = None,
    differences: list[Difference] | None = None,
) -> Response:
    paragraphs, placed, recent = load_around(visit.desk.database, session, state)
    page = CardPage(
        command=f"claims review accept {state.current_card.short_id}",
        person=visit.person,
        state=state,
        paragraphs=paragraphs,
        placed=placed,
        act=visit.desk.new_id(),
        tab=visit.tab,
        keymap=visit.desk.keymap,
        keys_on=KEYS_OFF not in visit.request.cookies,
        recent=recent,
        differences=differences,
        error=error,
    )
    return render(visit.desk, page, status=status_of(error) if error else 200)


ROUTES = (
    Route("/review", show_next),
    Route("/review/empty", show_empty),
    Route("/review/undo", changing(undo), methods=["POST"]),
    Route("/review/marked", changing(decide_marked), methods=["POST"]),
    Route("/review/keys", changing(switch_keys), methods=["POST"]),
    Route("/review/{claim}", show_card),
    Route("/review/{claim}", changing(act_on_card), methods=["POST"]),
    Route("/review/{claim}/draft", changing(keep_draft), methods=["POST"]),
    Route("/review/{claim}/lease", changing(renew), methods=["POST"]),
    Route("/review/{claim}/free", changing(free), methods=["POST"]),
)
