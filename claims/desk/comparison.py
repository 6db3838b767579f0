"""An utterance in all its printings: in time with what changed in the words, and how it spread."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.comparison.drift import Change, compare_wordings
from claims.comparison.drift_text import describe_change
from claims.comparison.printing import Printing, Reach, reach_of
from claims.comparison.spread import build_spread
from claims.desk.access import find_person
from claims.desk.claim import find_asked, shown_printings
from claims.desk.desk import desk_of
from claims.desk.errors import PageNotFoundError
from claims.desk.forms import words_in
from claims.desk.pages import Page, render
from claims.desk.past import reading
from claims.desk.spread_picture import SpreadPicture, draw_spread

MOST = 200
"""Printings that a page lists."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a printing next to those of another: `same`, `removed` or `added`.

    Attributes:
        change: What became of them.
        words: The words.
        calm: Whether the change is no drift, such as an editor's brackets.
    """

    change: str
    words: str
    calm: bool = False


@dataclass(frozen=True, slots=True)
class ComparedPrinting:
    """A printing, and how its words differ from those that all are compared with.

    Attributes:
        printing: The printing.
        parts: Its words with what differs.
        changes: Each change in a few words.
    """

    printing: Printing
    parts: Sequence[Part]
    changes: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage(Page):
    """The printings of an utterance.

    Attributes:
        base: What all are compared with: the first printing, or the one that the address names.
        compared: The printings in the order of publication.
        reach: How far it went.
        picture: How it spread.
        more: How many printings are not listed.
    """

    template: ClassVar[str] = "comparison.html"
    here: ClassVar[str] = "claims"
    has_past: ClassVar[bool] = True
    base: Printing
    compared: Sequence[ComparedPrinting]
    reach: Reach
    picture: SpreadPicture
    more: int


def show_comparison(request: Request) -> Response:
    """The printings of the utterance that a claim reports; to strangers, the published ones."""
    person = find_person(request)
    prefix = words_in(request.path_params, "claim")
    with reading(request) as (session, past):
        claim = find_asked(session, prefix, person)
        shown = shown_printings(session, claim, person)
    if not any(one.claim == claim for one in shown):
        raise PageNotFoundError(f"claim {prefix}")
    base = _base_in(request, shown)
    page = ComparisonPage(
        command=f"claims drift {str(claim)[:8]}",
        person=person,
        past=past,
        asked=[("base", str(base.claim))] if base is not shown[0] else (),
        base=base,
        compared=[_compare(base, one) for one in shown[:MOST]],
        reach=reach_of(shown),
        picture=draw_spread(build_spread(shown)),
        more=max(0, len(shown) - MOST),
    )
    return render(desk_of(request), page)


def _base_in(request: Request, shown: Sequence[Printing]) -> Printing:
    """What the address says to compare with; the first printing if it says nothing."""
    try:
        asked = uuid.UUID(words_in(request.query_params, "base"))
    except ValueError:
        return shown[0]
    return next((one for one in shown if one.claim == asked), shown[0])


def _compare(base: Printing, one: Printing) -> ComparedPrinting:
    changes = () if one is base else compare_wordings(base.text, one.text)
    return ComparedPrinting(
        one, list(_parts(base.text, changes)), [describe_change(change) for change in changes]
    )


def _parts(base: str, changes: Sequence[Change]) -> Iterator[Part]:
    """The words that all are compared with, with what one printing left out and added."""
    last = 0
    for change in changes:
        if base[last : change.old.start]:
            yield Part("same", base[last : change.old.start])
        if change.old_words:
            yield Part("removed", change.old_words, not change.is_drift)
        if change.new_words:
            yield Part("added", change.new_words, not change.is_drift)
        last = change.old.end
    if base[last:]:
        yield Part("same", base[last:])


ROUTES = (Route("/claims/{claim}/comparison", show_comparison),)
