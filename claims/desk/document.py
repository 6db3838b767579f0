"""An article's page: its addresses, versions and what changed, notices, copies, claims."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.catalogue.copy_card import TextCard
from claims.catalogue.copy_notes import load_text_card
from claims.catalogue.document_notes import load_document_notes
from claims.database.engine import OpenSession
from claims.desk.access import find_person, require_person, whole_id
from claims.desk.desk import desk_of
from claims.desk.forms import day_in, read_number, words_in
from claims.desk.marks import Paragraph, mark_article
from claims.desk.pages import DecidingPage, Page, render
from claims.desk.past import reading
from claims.desk.settling import load_saved
from claims.documents.diff import Paragraph as ChangedParagraph
from claims.documents.diff import changed_paragraphs, compare_words, count_changed
from claims.documents.errors import UnknownDocumentError, UnknownVersionError
from claims.documents.find import (
    find_document,
    list_documents,
    load_claims,
    load_documents,
    load_names,
    load_versions,
)
from claims.documents.find_notices import list_notices
from claims.ledger.signed_in import SignedIn
from claims.model.document import (
    DocumentClaim,
    DocumentFilters,
    DocumentLine,
    DocumentName,
    NoticeLine,
    VersionLine,
)
from claims.model.kinds import PUBLISHED, DocumentStatus
from claims.review.placed import PlacedClaim, load_placed

MOST = 50
"""Articles that a page lists."""

MOST_COPIES = 100
NOBODY = uuid.UUID(int=0)
"""No claim: where none of an article's is before the reader."""

PUBLIC_NOTICES = frozenset({"in force", "confirmed"})
"""States of notices that everybody is shown: what a person has not settled is not published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage(Page):
    """A list of articles.

    Attributes:
        filters: What they must meet.
        lines: The articles, the newest first.
        last: The last of them, after which the next page begins; None if there is none.
    """

    template: ClassVar[str] = "documents.html"
    here: ClassVar[str] = "documents"
    has_past: ClassVar[bool] = True
    statuses: ClassVar[Sequence[str]] = tuple(status.value for status in DocumentStatus)
    filters: DocumentFilters
    lines: Sequence[DocumentLine]
    last: uuid.UUID | None

    @property
    def more(self) -> str:
        """The address of the next page; empty if there is none."""
        if self.last is None:
            return ""
        return self.link("/documents", **dict(self.asked), after=str(self.last))


@dataclass(frozen=True, slots=True)
class Version:
    """A version with how many words were removed or added since the one before."""

    line: VersionLine
    changed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage(DecidingPage):
    """One article.

    Attributes:
        line: What lists show of it.
        note: Why it may not be relied on, with who said so; for reviewers alone.
        names: Its addresses and ids.
        versions: Its texts, by number.
        claims: Those of all versions.
        text: Copies and origins.
        notices: What its publisher said of it.
    """

    template: ClassVar[str] = "document.html"
    here: ClassVar[str] = "documents"
    has_past: ClassVar[bool] = True
    line: DocumentLine
    note: str | None
    names: Sequence[DocumentName]
    versions: Sequence[Version]
    claims: Sequence[DocumentClaim]
    text: TextCard
    notices: Sequence[NoticeLine]

    @property
    def path(self) -> str:
        """Its address."""
        return f"/documents/{self.line.id}"

    @property
    def before_current(self) -> VersionLine | None:
        """The version that the current one is compared with first; None if it is the only one."""
        numbers = [one.line for one in self.versions]
        current = next((line for line in numbers if line.current), None)
        if current is None:
            return None
        earlier = [line for line in numbers if line.number < current.number]
        return earlier[-1] if earlier else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(Page):
    """What changed between two versions."""

    template: ClassVar[str] = "changes.html"
    here: ClassVar[str] = "documents"
    has_past: ClassVar[bool] = True
    line: DocumentLine
    numbers: Sequence[int]
    old: int
    new: int
    paragraphs: Sequence[ChangedParagraph]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage(Page):
    """A version's whole text with its claims."""

    template: ClassVar[str] = "article.html"
    here: ClassVar[str] = "documents"
    has_past: ClassVar[bool] = True
    line: DocumentLine
    version: int
    paragraphs: Sequence[Paragraph]
    placed: Sequence[PlacedClaim]


def show_documents(request: Request) -> Response:
    """Articles by outlet, headline, status and day; to strangers, those with published claims."""
    person, query = find_person(request), request.query_params
    address = words_in(query, "address")
    status = words_in(query, "status")
    filters = DocumentFilters(
        outlet=words_in(query, "outlet") or None,
        title=words_in(query, "title") or None,
        status=status if status in set(DocumentStatus) else None,
        since=day_in(query, "since"),
        until=day_in(query, "until"),
        published=person is None,
    )
    after = words_in(query, "after")
    with reading(request) as (session, past):
        if address:
            lines = [_find(session, address, person)]
        else:
            start = _find(session, whole_id(after, person), person).id if after else None
            lines = list_documents(session, filters, limit=MOST, after=start)
    is_last = bool(address) or len(lines) < MOST
    page = DocumentsPage(
        command="claims documents list",
        person=person,
        past=past,
        asked=_asked_for(filters, address),
        filters=filters,
        lines=[line for line in lines if person or _is_public(line)],
        last=None if is_last else lines[-1].id,
    )
    return render(desk_of(request), page)


def _asked_for(filters: DocumentFilters, address: str) -> list[tuple[str, str]]:
    """What an address of the list asks for."""
    asked = {
        "outlet": filters.outlet or "",
        "title": filters.title or "",
        "status": filters.status or "",
        "since": _written(filters.since),
        "until": _written(filters.until),
        "address": address,
    }
    return [(name, value) for name, value in asked.items() if value]


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _is_public(line: DocumentLine) -> bool:
    """Whether everybody may know of an article: something of it is published."""
    return line.embargo is None and line.published > 0


def show_document(request: Request) -> Response:
    """Everything known about one article."""
    desk = desk_of(request)
    person = find_person(request)
    with reading(request) as (session, past):
        line = _find(session, _asked(request, person), person)
        text = _load_text_card(session, line.id, person)
        notices = list_notices(session, document=line.id, only_open=False)
        claims = load_claims(session, line.id)
        note = load_document_notes(session, [line.id]).get(line.id)
        saved = load_saved(session, request, person, line.id)
        page = DocumentPage(
            command=f"claims documents show {line.short_id}",
            person=person,
            past=past,
            act=desk.new_id(),
            saved=saved.entry,
            unchanged=saved.unchanged,
            line=line,
            note=note,
            names=load_names(session, line.id),
            versions=list(_versions(load_versions(session, line.id))),
            claims=claims,
            text=text,
            notices=notices,
        )
    return render(desk, page if person else _as_published(page))


def _load_text_card(session: OpenSession, document: uuid.UUID, person: SignedIn | None) -> TextCard:
    """Copies and origins; to strangers, only copies of which something is published."""
    card = load_text_card(session, document, limit=MOST_COPIES)
    if person:
        return card
    others = [one.document for one in (*card.copy_of, *card.copies)]
    public = {line.id for line in load_documents(session, others) if _is_public(line)}
    return replace(
        card,
        copy_of=tuple(one for one in card.copy_of if one.document in public),
        copies=tuple(one for one in card.copies if one.document in public),
    )


def _as_published(page: DocumentPage) -> DocumentPage:
    """The page without a word of an editor, and without what nobody decided."""
    return replace(
        page,
        note=None,
        claims=[one for one in page.claims if one.status in PUBLISHED],
        notices=[one for one in page.notices if one.state in PUBLIC_NOTICES],
    )


def _asked(request: Request, person: SignedIn | None) -> str:
    """What names an article in the path of an address."""
    words: str = request.path_params["document"]
    return whole_id(words[:60], person)


def _find(session: OpenSession, words: str, person: SignedIn | None) -> DocumentLine:
    """The article with an id or an address, if whoever asks may see it.

    Raises:
        UnknownDocumentError: There is none, or nothing of it is published.
    """
    [line] = load_documents(session, [find_document(session, words)])
    if person is None and not _is_public(line):
        raise UnknownDocumentError(f"document {words}")
    return line


def _versions(lines: Sequence[VersionLine]) -> Iterator[Version]:
    for before, line in zip([None, *lines], lines, strict=False):
        yield Version(line, count_changed(before.text, line.text) if before else None)


def show_changes(request: Request) -> Response:
    """The words that changed between two versions."""
    person = require_person(request)
    with reading(request) as (session, past):
        line, versions = _find_versions(session, request, person)
    old, new = (_version_in(request, name, versions) for name in ("from", "to"))
    stretches = compare_words(old.text, new.text)
    page = ChangesPage(
        command=f"claims diff {line.short_id} {old.number}..{new.number}",
        person=person,
        past=past,
        asked=[("from", str(old.number)), ("to", str(new.number))],
        line=line,
        numbers=sorted(versions),
        old=old.number,
        new=new.number,
        paragraphs=list(changed_paragraphs(stretches, new.text)),
    )
    return render(desk_of(request), page)


def _find_versions(
    session: OpenSession, request: Request, person: SignedIn
) -> tuple[DocumentLine, dict[int, VersionLine]]:
    """The article that an address names, and its versions by number, for those who review."""
    line = _find(session, _asked(request, person), person)
    return line, {one.number: one for one in load_versions(session, line.id)}


def _version_in(request: Request, name: str, versions: dict[int, VersionLine]) -> VersionLine:
    """The version that a field of the address names; at first the current one.

    Raises:
        UnknownVersionError: The article has no such version.
    """
    written = words_in(request.query_params, name)
    if not written:
        return next(one for one in versions.values() if one.current)
    number = read_number(written)
    if number is None or number not in versions:
        raise UnknownVersionError(f"version {written[:20]}", f"it has {len(versions)}")
    return versions[number]


def show_text(request: Request) -> Response:
    """A version's whole text with its claims, for those who review."""
    person = require_person(request)
    with reading(request) as (session, past):
        line, versions = _find_versions(session, request, person)
        version = _version_in(request, "version", versions)
        placed = load_placed(session, version.id)
    page = TextPage(
        command=f"claims documents show {line.short_id}",
        person=person,
        past=past,
        asked=[("version", str(version.number))] if request.query_params.get("version") else (),
        line=line,
        version=version.number,
        paragraphs=mark_article(version.text, placed, NOBODY, spans=(), hops=()),
        placed=placed,
    )
    return render(desk_of(request), page)


ROUTES = (
    Route("/documents", show_documents),
    Route("/documents/{document}", show_document),
    Route("/documents/{document}/changes", show_changes),
    Route("/documents/{document}/text", show_text),
)
