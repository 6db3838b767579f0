"""Adding articles: pasted, uploaded or fetched; what is proposed is seen before it is stored."""

import base64
import binascii
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import ClassVar

import orjson
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.database.engine import Database
from claims.desk.access import require_role
from claims.desk.desk import Desk, desk_of
from claims.desk.errors import BadFormError, TooLargeError
from claims.desk.forms import changing, text_of
from claims.desk.pages import NO_PAST, Page, render
from claims.documents.errors import UnknownDocumentError
from claims.documents.find import find_document, load_documents
from claims.documents.identity import Identified, find_identity
from claims.fetch.opening import make_fetcher
from claims.fetch.page import FailedFetch, FetchedPage
from claims.fetch.records import read_fetched
from claims.ingest.extractor import propose
from claims.ingest.pace import reserve_turns
from claims.ingest.records import IngestResult, ingest_records
from claims.model.article import Article, ReaderRecord
from claims.model.document import DocumentLine
from claims.model.kinds import Role
from claims.model.problem import Problem
from claims.model.proposal import Proposal
from claims.model.reported import reported_by
from claims.model.span import words_at
from claims.readers.formats import Format
from claims.readers.options import ReadOptions
from claims.readers.source import read_stream

LARGEST = 1 << 20
"""Bytes of an uploaded file: the form that stores it has it once more, a third longer."""

MOST = 20
"""Articles of one input that are shown before they are stored."""

LONGEST_WORDS = 300

FIELDS = ("text", "url", "title", "outlet", "published", "address", "name", "kept")


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """What would be stored as a claim.

    Attributes:
        speaker: The name, or the words that name somebody, in brackets.
        through: Those through whom it came.
        words: With what the chain does with them in front.
    """

    speaker: str
    through: Sequence[str]
    words: str
    form: str
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article that was read and not stored.

    Attributes:
        article: The article.
        claims: What is proposed for it.
        stored: The stored article that it is, if it is there already.
    """

    article: Article
    claims: Sequence[ProposedClaim]
    stored: DocumentLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPage(Page):
    """The form, what was read, and what was stored.

    Attributes:
        fields: What the form holds.
        articles: What was read; empty before anything was.
        problems: What could not be read, in words.
        result: What storing gave; None before.
        documents: The articles that were stored.
    """

    template: ClassVar[str] = "add.html"
    here: ClassVar[str] = "add"
    no_past: ClassVar[str] = NO_PAST
    fields: dict[str, str]
    articles: Sequence[ReadArticle] = ()
    problems: Sequence[str] = ()
    result: IngestResult | None = None
    documents: Sequence[DocumentLine] = ()


@dataclass(frozen=True, slots=True)
class _Input:
    """What a form brings: a text, a file or an address."""

    database: Database
    fields: dict[str, str]

    def records(self) -> Iterator[ReaderRecord]:
        """The articles of it, and what could not be read."""
        if self.fields["address"]:
            yield from _fetch(self.database, self.fields["address"], self._options)
        elif self.fields["kept"]:
            stream: io.BufferedReader = io.BufferedReader(io.BytesIO(_decode(self.fields["kept"])))
            name = self.fields["name"] or "the file"
            yield from read_stream(name, stream, None, self._options)
        elif self.fields["text"].strip():
            names = ("text", "url", "title", "outlet", "published")
            line = {name: self.fields[name] for name in names if self.fields[name].strip()}
            body: io.BufferedReader = io.BufferedReader(io.BytesIO(orjson.dumps(line)))
            yield from read_stream("the form", body, Format.JSON, self._options)
        else:
            raise BadFormError("the form", "it has no text, no file and no address")

    @property
    def _options(self) -> ReadOptions:
        return ReadOptions(outlet=self.fields["outlet"].strip() or None, now=datetime.now(UTC))


def _decode(written: str) -> bytes:
    try:
        return base64.b64decode(written, validate=True)
    except binascii.Error:
        raise BadFormError("the form", "the file in it is damaged") from None


def _fetch(database: Database, address: str, options: ReadOptions) -> Iterator[ReaderRecord]:
    fetcher = make_fetcher(reserve_turns(database))
    try:
        answer = fetcher.fetch(address)
        assert isinstance(answer, FetchedPage | FailedFetch), "nothing is known of it"  # noqa: S101 - narrows the type
        yield from read_fetched(answer, options)
    finally:
        fetcher.close()


def show_form(request: Request) -> Response:
    """The empty form."""
    desk, person = desk_of(request), require_role(request, Role.REVIEWER)
    fields = dict.fromkeys(FIELDS, "")
    return render(desk, AddPage(command="claims ingest FILE", person=person, fields=fields))


def add(request: Request, form: FormData) -> Response:
    """Show what an article would bring, or store it."""
    desk, person = desk_of(request), require_role(request, Role.REVIEWER)
    fields = {name: text_of(form, name) for name in FIELDS}
    upload = form.get("file")
    if isinstance(upload, UploadFile) and upload.filename:
        fields |= _uploaded(upload)
    page = AddPage(
        command="claims fetch URL" if fields["address"] else "claims ingest FILE",
        person=person,
        fields=fields,
    )
    records = list(islice(_Input(desk.database, fields).records(), MOST * 10))
    if text_of(form, "do") == "store":
        return render(desk, _stored(desk, page, records))
    return render(desk, _seen(desk, page, records))


def _uploaded(upload: UploadFile) -> dict[str, str]:
    content = upload.file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise TooLargeError((upload.filename or "")[:200], f"more than {LARGEST >> 20} MB")
    name = (upload.filename or "").replace("\0", "")[:200]
    return {"kept": base64.b64encode(content).decode(), "name": name}


def _seen(desk: Desk, page: AddPage, records: Sequence[ReaderRecord]) -> AddPage:
    """The page with what would be stored; nothing is."""
    articles = [record for record in records if isinstance(record, Article)][:MOST]
    return AddPage(
        command=page.command,
        person=page.person,
        fields=page.fields,
        articles=[
            ReadArticle(article, list(_propose(article)), _find_stored(desk, article))
            for article in articles
        ],
        problems=[str(record) for record in records if isinstance(record, Problem)],
    )


def _propose(article: Article) -> Iterator[ProposedClaim]:
    day = article.published_at.date() if article.published_at else None
    for proposal in propose(article.text, day):
        names = [_name(article.text, proposal, place) for place in range(len(proposal.chain))]
        modes = [(name, hop.mode) for name, hop in zip(names, proposal.chain, strict=True)]
        words = reported_by(words_at(article.text, proposal.content), modes)
        shown = words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS]} …"
        yield ProposedClaim(
            names[0], names[1:], shown, proposal.form, proposal.score, proposal.rule
        )


def _name(text: str, proposal: Proposal, place: int) -> str:
    hop = proposal.chain[place]
    return hop.name or (f"[{words_at(text, hop.mention)}]" if hop.mention else "[nobody named]")


def _find_stored(desk: Desk, article: Article) -> DocumentLine | None:
    """The stored article that this one is; None if it is new."""
    with desk.database.reader() as session:
        identified = find_identity(session, article)
        if not isinstance(identified, Identified):
            return None
        document = identified.identity.document
        with suppress(UnknownDocumentError):
            return load_documents(session, [find_document(session, str(document))])[0]
    return None


def _stored(desk: Desk, page: AddPage, records: Sequence[ReaderRecord]) -> AddPage:
    """The page with what storing gave."""
    result = ingest_records(desk.database, iter(records), inputs=["the desk"])
    articles = [record for record in records if isinstance(record, Article)][:MOST]
    lines = [_find_stored(desk, article) for article in articles]
    return AddPage(
        command=page.command,
        person=page.person,
        fields=dict.fromkeys(FIELDS, ""),
        problems=[str(problem) for problem in result.problems],
        result=result,
        documents=list({line.id: line for line in lines if line}.values()),
    )


ROUTES = (
    Route("/add", show_form),
    Route("/add", changing(add), methods=["POST"]),
)
