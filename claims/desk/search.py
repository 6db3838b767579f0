"""Search: claims by their words, as they are reported, and by who, where, when and what became."""

import shlex
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.catalogue.card import ClaimCard, Filters
from claims.catalogue.cards import load_cards
from claims.catalogue.find import find_claims, search_claims
from claims.database.engine import OpenSession
from claims.desk.access import LOOKUPS, find_person
from claims.desk.claim import find_listed
from claims.desk.desk import desk_of
from claims.desk.errors import BadFormError
from claims.desk.forms import choice_in, day_in, words_in
from claims.desk.pages import Page, render
from claims.desk.past import reading
from claims.ledger.signed_in import SignedIn
from claims.model.kinds import PUBLISHED, ClaimClass, ClaimStatus, Form

MOST = 50
"""Claims that a page shows."""

FIELDS = {
    "words": "Words",
    "speaker": "Speaker",
    "outlet": "Outlet",
    "status": "Status",
    "form": "Form",
    "class": "Kind",
    "since": "Since",
    "until": "Until",
    "order": "Order",
}
"""What the address may ask for, with the names that the page has for it."""

OPTIONS = {"form": "--claim-form"}
"""Options of `claims list` that are not called as the field is."""

NEWEST = "newest"
"""The order of all that is not a search for words alone, which has the best match first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """What was found.

    Attributes:
        error: Which value of the address is wrong; None if none is.
        cards: The claims: of a search for words alone the best match first, else the newest.
        last: The last claim of a full page; None if nothing follows.
    """

    template: ClassVar[str] = "search.html"
    here: ClassVar[str] = "search"
    has_past: ClassVar[bool] = True
    forms: ClassVar[Sequence[str]] = tuple(Form)
    classes: ClassVar[Sequence[str]] = tuple(ClaimClass)
    error: BadFormError | None
    cards: Sequence[ClaimCard]
    last: uuid.UUID | None

    @property
    def values(self) -> Mapping[str, str]:
        """What the address asks for, by field."""
        return dict.fromkeys(FIELDS, "") | dict(self.asked)

    @property
    def is_ranked(self) -> bool:
        """Whether the best match stands first."""
        return _is_ranked(dict(self.asked))

    @property
    def statuses(self) -> Sequence[str]:
        """The states of claims that whoever reads may meet."""
        return [one for one in ClaimStatus if self.person or one in PUBLISHED]

    @property
    def chosen(self) -> Sequence[tuple[str, str, str]]:
        """What narrows the list: its name, its value, and the address without it."""
        asked = dict(self.asked)
        return [
            (FIELDS[name], value, self.link("/search", **(asked | {name: ""})))
            for name, value in asked.items()
        ]

    @property
    def more(self) -> str:
        """The address of what follows; empty if nothing does.

        What is ranked has no second page: all that match follow by their days.
        """
        if self.last is None:
            return ""
        further = {"order": NEWEST} if self.is_ranked else {"after": str(self.last)}
        return self.link("/search", **dict(self.asked), **further)


def search(request: Request) -> Response:
    """Claims that pass what the address asks; to whoever is not signed in, the published ones."""
    person, query = find_person(request), request.query_params
    asked = {name: value for name in FIELDS if (value := words_in(query, name))}
    ids, error = list[uuid.UUID](), None
    with reading(request) as (session, past):
        try:
            ids = _find(session, query, asked, person)
        except BadFormError as wrong:
            error = wrong
        cards = load_cards(session, ids)
    page = SearchPage(
        command=_command(asked),
        person=person,
        past=past,
        asked=tuple(asked.items()),
        error=error,
        cards=[card for card in cards if person or card.status in PUBLISHED],
        last=ids[-1] if len(ids) == MOST else None,
    )
    return render(desk_of(request), page, status=400 if error else 200)


def _is_ranked(asked: Mapping[str, str]) -> bool:
    return set(asked) == {"words"}


def _find(
    session: OpenSession,
    query: Mapping[str, str],
    asked: Mapping[str, str],
    person: SignedIn | None,
) -> list[uuid.UUID]:
    """The claims of a page; none if nothing is asked for.

    Raises:
        BadFormError: A value of the address is none of its field.
    """
    filters = _read_filters(asked, person)
    if not asked:
        return []
    after = words_in(query, "after")
    if _is_ranked(asked) and not after:
        return search_claims(session, asked["words"], limit=MOST)
    start = _find_start(session, after, person) if after else None
    return find_claims(session, filters, limit=MOST, after=start)


def _read_filters(asked: Mapping[str, str], person: SignedIn | None) -> Filters:
    """What a claim must meet.

    Raises:
        BadFormError: A value of the address is none of its field.
    """
    kind = choice_in(asked, "class", ClaimClass)
    since, until = day_in(asked, "since"), day_in(asked, "until")
    if since and until and until < since:
        raise BadFormError("the address", f"until {until} is before since {since}")
    if asked.get("order", NEWEST) != NEWEST:
        raise BadFormError("the address", f"order is not {NEWEST}, the only one to ask for")
    return Filters(
        speaker=asked.get("speaker"),
        outlet=asked.get("outlet"),
        status=choice_in(asked, "status", ClaimStatus),
        form=choice_in(asked, "form", Form),
        classes=frozenset({kind} if kind else ()),
        since=since,
        until=until,
        words=asked.get("words"),
        published=True if person is None else None,
    )


def _find_start(session: OpenSession, after: str, person: SignedIn | None) -> uuid.UUID:
    """The claim that the page follows.

    Raises:
        BadFormError: There is none that whoever asks may know of.
    """
    try:
        return find_listed(session, after, person)
    except LOOKUPS:
        raise BadFormError("the address", "after is no claim that a page ends with") from None


def _command(asked: Mapping[str, str]) -> str:
    """What finds the same in a terminal."""
    if not asked or _is_ranked(asked):
        return shlex.join(["claims", "search", *asked.values()])
    named = {name: value for name, value in asked.items() if name != "order"}
    options = [word for name in named for word in (OPTIONS.get(name, f"--{name}"), named[name])]
    return shlex.join(["claims", "list", *options])


ROUTES = (Route("/search", search),)
