"""What people decide on a source from its page: names, offices, ratings, merges."""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from sqlalchemy.exc import NoResultFound
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.database.engine import OpenSession
from claims.desk.access import require_person
from claims.desk.errors import BadFormError
from claims.desk.forms import changing, read_number, text_of
from claims.desk.settling import WORK, settle
from claims.desk.source import RATINGS
from claims.model.decision import Decision, Signature
from claims.sources import changes
from claims.sources.changes import SourceState
from claims.sources.edit import is_distinct, load_name, load_source, save_source_decision
from claims.sources.errors import UnknownSourceError
from claims.sources.find import find_source
from claims.sources.find_office import OfficeRequest, find_office
from claims.sources.lists import NameEntry
from claims.text.clean import clean_line

NAME_KINDS = frozenset({"alias", "former", "transliteration"})

Act = Callable[[OpenSession, SourceState, FormData, Signature], Decision | None]


def decide(request: Request, form: FormData) -> Response:
    """Do what the pressed button says."""
    require_person(request)
    act = ACTS.get(text_of(form, "do"))
    source = _source_of(request)
    if act is None:
        raise BadFormError("the form", "it does not say what to decide")

    def written(session: OpenSession, signed: Signature) -> int | None:
        decision = act(session, _load(session, source), form, signed)
        return save_source_decision(session, decision) if decision else None

    return settle(request, form, _page_after(form, source), written)


def _page_after(form: FormData, source: uuid.UUID) -> str:
    """Where a form leads: to the source's page, or on to the next pair that may be one."""
    if text_of(form, "from") != "pairs":
        return f"/sources/{source}"
    return f"{WORK['pairs']}?passed={read_number(text_of(form, 'passed')) or 0}"


def _source_of(request: Request) -> uuid.UUID:
    """The source of an address; forms name it in full."""
    try:
        return uuid.UUID(request.path_params["source"])
    except ValueError:
        raise BadFormError("the form", "it names no source") from None


def _load(session: OpenSession, source: uuid.UUID) -> SourceState:
    try:
        return load_source(session, source)
    except NoResultFound:
        raise UnknownSourceError(str(source)) from None


def _other(session: OpenSession, form: FormData) -> SourceState:
    return load_source(session, find_source(session, text_of(form, "other")))


def _merge(
    session: OpenSession, one: SourceState, form: FormData, signed: Signature
) -> Decision | None:
    return changes.merge(one, _other(session, form), signed)


def _unmerge(
    _session: OpenSession, one: SourceState, _form: FormData, signed: Signature
) -> Decision | None:
    return changes.unmerge(one, signed)


def _separate(
    session: OpenSession, one: SourceState, form: FormData, signed: Signature
) -> Decision | None:
    """Say that two sources are not the same, or take that back."""
    other = _other(session, form)
    recorded = is_distinct(session, one.source, other.source)
    change = changes.distinct if text_of(form, "do") == "distinct" else changes.undistinct
    return change(one, other, signed, recorded=recorded)


def _add_name(
    session: OpenSession, one: SourceState, form: FormData, signed: Signature
) -> Decision | None:
    name, kind = clean_line(text_of(form, "name")), text_of(form, "kind")
    if kind not in NAME_KINDS:
        raise BadFormError("the form", "a name is an alias, a former name or a transliteration")
    new = NameEntry(name, kind, text_of(form, "language").strip() or None)
    return changes.rename(one, load_name(session, one.source, name), new, signed)


def _remove_name(
    session: OpenSession, one: SourceState, form: FormData, signed: Signature
) -> Decision | None:
    stored = load_name(session, one.source, clean_line(text_of(form, "name")))
    return changes.rename(one, stored, None, signed)


def _add_office(
    session: OpenSession, one: SourceState, form: FormData, signed: Signature
) -> Decision | None:
    request = OfficeRequest(
        title=clean_line(text_of(form, "title")),
        organisation=clean_line(text_of(form, "organisation")) or None,
        first=_day_of(form, "first"),
        last=_day_of(form, "last"),
        evidence=clean_line(text_of(form, "evidence")) or None,
        claim=None,
    )
    office, stored = find_office(session, one, request)
    return changes.change_office(one, office, signed, stored=stored, remove=False)


def _rate(
    _session: OpenSession, one: SourceState, form: FormData, signed: Signature
) -> Decision | None:
    on = _day_of(form, "on") or datetime.now(UTC).date()
    rating, why = text_of(form, "rating"), clean_line(text_of(form, "why"))
    if rating not in RATINGS:
        raise BadFormError("the form", "a rating is a letter from A to F")
    return changes.rate(one, rating, on, why=why, signed=signed)


def _day_of(form: FormData, name: str) -> date | None:
    """A field with a day; None if it is empty.

    Raises:
        BadFormError: It holds something else.
    """
    written = text_of(form, name).strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise BadFormError("the form", f"{name} is no day: write 2026-05-01") from None


ACTS: Mapping[str, Act] = {
    "merge": _merge,
    "unmerge": _unmerge,
    "distinct": _separate,
    "undistinct": _separate,
    "add-name": _add_name,
    "remove-name": _remove_name,
    "add-office": _add_office,
    "rate": _rate,
}
"""What each button does."""

ROUTES = (Route("/sources/{source}", changing(decide), methods=["POST"]),)
