"""Links between claims: one link after the other, both claims side by side, one key a decision."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims import __version__
from claims.desk.access import require_role
from claims.desk.desk import Desk, desk_of
from claims.desk.errors import BadFormError, RefusedError
from claims.desk.forms import changing, id_of, number_of, text_of, words_in
from claims.desk.pages import NO_PAST, DecidingPage, Page, render
from claims.desk.review import KEYS_OFF
from claims.desk.settling import WORK, load_saved
from claims.ledger.append import load_decision_no
from claims.ledger.signed_in import SignedIn
from claims.model.decision import Signature
from claims.model.kinds import LinkKind, Role
from claims.review.link_card import LinkCard, LinkEnd
from claims.review.link_questions import Cursor
from claims.review.link_readings import withdraw_link_reading
from claims.review.link_session import LinkSession, Pair
from claims.terminal.screen.sentences import sentence_of

KEYS: Sequence[tuple[str, str]] = tuple(
    (str(number), kind.value) for number, kind in enumerate(LinkKind, 1)
)
"""The kinds with their keys, as in the terminal."""

OF_QUESTIONS = frozenset(
    {LinkKind.CONTRADICTS.value, LinkKind.NARROWS.value, LinkKind.RETRACTS.value}
)
"""What may be answered where words clash: they are not the same."""

DIFFERENT = "different"
CONFIRM = "confirm"


START = Cursor()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tab is in the queue of links; it is part of the address.

    Attributes:
        last: The proposal that was shown last.
        dispute: The dispute that was shown last.
        cursor: Where to look for the next question.
        asked: Whether there are no further questions.
    """

    last: Pair | None = None
    dispute: Pair | None = None
    cursor: Cursor = START
    asked: bool = False

    @property
    def fields(self) -> dict[str, str]:
        """As the fields of an address or a form."""
        values = {
            "last": "_".join(map(str, self.last or ())),
            "dispute": "_".join(map(str, self.dispute or ())),
            "at": "" if self.cursor == START else "_".join(map(str, self.cursor)),
            "asked": "yes" if self.asked else "",
        }
        return {name: value for name, value in values.items() if value}

    @property
    def address(self) -> str:
        """The page of the link that follows."""
        return Page().link(WORK["links"], **self.fields)


@dataclass(frozen=True, slots=True)
class End:
    """One of two claims in its sentence: parts of it, each with whether it is the claim's."""

    claim: LinkEnd
    parts: Sequence[tuple[bool, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksPage(DecidingPage):
    """A link, or a question.

    Attributes:
        card: The link; None if none waits.
        ends: Both claims.
        kinds: What may be said of it, with keys.
        place: Where the tab was before this link.
        beyond: Where it is when this one is passed over.
        reading: The sealed reading that was made last, which may be taken back.
        keys_on: Whether keys decide in this browser.
    """

    template: ClassVar[str] = "links.html"
    here: ClassVar[str] = "links"
    no_past: ClassVar[str] = NO_PAST
    card: LinkCard | None
    ends: Sequence[End]
    kinds: Sequence[tuple[str, str]]
    place: Place
    beyond: Place
    reading: str
    keys_on: bool


def show_link(request: Request) -> Response:
    """The next link for this reviewer."""
    desk, person = desk_of(request), require_role(request, Role.REVIEWER)
    place = _place_in({name: words_in(request.query_params, name) for name in PLACE})
    session = _session(desk, person, place, desk.new_id())
    card = session.next()
    with desk.database.reader() as reader:
        saved = load_saved(reader, request, person, None)
    page = LinksPage(
        command="claims review links",
        person=person,
        act=desk.new_id(),
        saved=saved.entry,
        unchanged=saved.unchanged,
        card=card,
        ends=[_end(end) for end in (card.a, card.b)] if card else [],
        kinds=[one for one in KEYS if card and (card.kind or one[1] in OF_QUESTIONS)],
        place=place,
        beyond=Place(session.last, session.dispute, session.cursor, session.asked),
        reading=_id_or_nothing(words_in(request.query_params, "reading")),
        keys_on=KEYS_OFF not in request.cookies,
    )
    return render(desk, page)


PLACE = ("last", "dispute", "at", "asked")


def _place_in(fields: dict[str, str]) -> Place:
    """Where a tab is; what cannot be read is as at the beginning."""
    at = fields["at"].split("_")
    try:
        cursor = Cursor(int(at[0]), int(at[1])) if len(at) == len(START) else START
    except ValueError:
        cursor = START
    if not all(-(2**63) <= key < 2**63 for key in cursor):
        cursor = START
    return Place(
        _pair(fields["last"]), _pair(fields["dispute"]), cursor, asked=bool(fields["asked"])
    )


def _pair(written: str) -> Pair | None:
    a, _, b = written.partition("_")
    try:
        return uuid.UUID(a), uuid.UUID(b)
    except ValueError:
        return None


def _id_or_nothing(written: str) -> str:
    try:
        return str(uuid.UUID(written))
    except ValueError:
        return ""


def _session(desk: Desk, person: SignedIn, place: Place, act: uuid.UUID) -> LinkSession:
    """The queue of links where a tab is in it."""
    signed = Signature(act, person.reviewer, __version__)
    return LinkSession(
        desk.database,
        lambda: signed,
        last=place.last,
        dispute=place.dispute,
        cursor=place.cursor,
        asked=place.asked,
    )


def _end(end: LinkEnd) -> End:
    return End(end, list(_parts(end)))


def _parts(end: LinkEnd) -> Iterator[tuple[bool, str]]:
    start, stop = sentence_of(end.article, end.spans)
    for span in end.spans:
        yield False, end.article[start : span.start]
        yield True, end.article[span.start : span.end]
        start = span.end
    yield False, end.article[start : max(stop, start)]


def settle(request: Request, form: FormData) -> Response:
    """Settle the link that was shown, or read it, and lead to the next one."""
    desk, person = desk_of(request), require_role(request, Role.REVIEWER)
    place = _place_in({name: text_of(form, name) for name in PLACE})
    act = id_of(form, "act")
    with desk.database.reader() as reader:
        number = load_decision_no(reader, act)
    if number is not None:  # the form was sent twice
        return RedirectResponse(_with(place.address, f"saved={number}"), 303)
    session = _session(desk, person, place, act)
    card = session.next()
    shown = (id_of(form, "a"), id_of(form, "b"), number_of(form, "revision"))
    if card is None or (card.a.id, card.b.id, card.a.revision) != shown:
        detail = "somebody settled it, or changed the claim, since it was shown"
        raise RefusedError("the link", detail)
    session.settle(_kind_of(form, card))
    step = session.decided[-1] if session.decided else None
    saved = f"reading={step}" if isinstance(step, uuid.UUID) else f"saved={step or 'unchanged'}"
    return RedirectResponse(_with(place.address, saved), 303)


def _with(address: str, field: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{field}"


def _kind_of(form: FormData, card: LinkCard) -> LinkKind | None:
    """What a form says of a link; None if the claims are different.

    Raises:
        BadFormError: It says nothing that may be said of it.
    """
    do = text_of(form, "do")
    if do == DIFFERENT:
        return None
    if do == CONFIRM and card.kind is not None:
        return card.kind
    if do not in set(LinkKind) or (card.kind is None and do not in OF_QUESTIONS):
        raise BadFormError("the form", "it does not say how the claims relate")
    return LinkKind(do)


def take_back(request: Request, form: FormData) -> Response:
    """Take back a sealed reading, unless a second person has read the link since."""
    desk, person = desk_of(request), require_role(request, Role.REVIEWER)
    signed = Signature(id_of(form, "act"), person.reviewer, __version__)
    with desk.database.writer() as session:
        claim = withdraw_link_reading(session, id_of(form, "reading"), signed)
    if claim is None:
        raise RefusedError("the reading", "another person has read the link since")
    return RedirectResponse(WORK["links"], 303)


ROUTES = (
    Route("/links", show_link),
    Route("/links", changing(settle), methods=["POST"]),
    Route("/links/reading", changing(take_back), methods=["POST"]),
)
