"""The ledger's page: its rows with filters, the chain verified now, the whole to take along."""

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import ClassVar

from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from claims.desk.access import require_person
from claims.desk.desk import desk_of
from claims.desk.forms import changing, day_in, read_number, text_of, words_in
from claims.desk.pages import Page, render
from claims.desk.past import reading
from claims.desk.settling import PAGES
from claims.ledger import chain
from claims.ledger.append import load_end, load_rows
from claims.ledger.chain import Verdict
from claims.ledger.consistency import find_differences
from claims.ledger.entry import LedgerEntry
from claims.ledger.find import LedgerFilters, find_entries, load_undone
from claims.ledger.lines import CHECKER, Head, write_ledger
from claims.model.json import JsonObject
from claims.sources.lexicon import registered_names

MOST = 50
"""Decisions that a page lists."""

SHOWN = 300
"""Characters of a change that a row has room for."""

MOST_DIFFERENCES = 20
IN_MEMORY = 4 << 20
"""Bytes of an export that are kept in memory; the rest goes to a temporary file."""

CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Row:
    """One decision as the page shows it.

    Attributes:
        entry: The decision.
        page: The address of what was decided on; empty if it has no page.
        change: What it changed, in a few words.
        undone: Whether it was undone since.
    """

    entry: LedgerEntry
    page: str
    change: str
    undone: bool

    @property
    def before(self) -> str:
        """The fields that changed as they were, as JSON."""
        return _json(self.entry.decision.before)

    @property
    def after(self) -> str:
        """The same fields afterwards."""
        return _json(self.entry.decision.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage(Page):
    """The ledger.

    Attributes:
        end: Where it ends.
        filters: Which decisions are listed.
        rows: The decisions, the newest first.
        more: The address of the next page; empty if there is none.
        act: The id of an undo, so that a form that is sent twice undoes once.
    """

    template: ClassVar[str] = "ledger.html"
    here: ClassVar[str] = "ledger"
    kinds: ClassVar[Sequence[str]] = ("claim", "source", "document")
    has_past: ClassVar[bool] = True
    end: Head
    filters: LedgerFilters
    rows: Sequence[Row]
    more: str
    act: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictPage(Page):
    """What a check of the ledger gave.

    Attributes:
        verdict: Of the chain.
        differences: Claims, sources and articles that disagree with their decisions, in words;
            None if they were not compared.
        more: How many differences are not listed.
    """

    template: ClassVar[str] = "verdict.html"
    here: ClassVar[str] = "ledger"
    verdict: Verdict
    differences: Sequence[str] | None
    more: int


def show_ledger(request: Request) -> Response:
    """Decisions by who, what, on what and when."""
    desk, person, query = desk_of(request), require_person(request), request.query_params
    kind, subject = words_in(query, "kind"), words_in(query, "subject")
    filters = LedgerFilters(
        by=words_in(query, "by") or None,
        action=words_in(query, "action") or None,
        kind=kind if kind in LedgerPage.kinds else None,
        subject=_id_in(subject),
        since=day_in(query, "since"),
        until=day_in(query, "until"),
    )
    with reading(request) as (session, past):
        before = read_number(words_in(query, "before"))
        entries = find_entries(session, filters, limit=MOST, before=before)
        undone = load_undone(session, entries)
        end = load_end(session)
    page = LedgerPage(
        command="claims ledger show",
        person=person,
        past=past,
        asked=[one for one in _asked(filters).items() if one[1]],
        end=end,
        filters=filters,
        rows=[_row(entry, undone) for entry in entries],
        more="",
        act=desk.new_id(),
    )
    if len(entries) == MOST:
        more = page.link("/ledger", **_asked(filters), before=str(entries[-1].no))
        page = replace(page, more=more)
    return render(desk, page)


def _id_in(written: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(written) if written else None
    except ValueError:
        return uuid.UUID(int=0)  # no subject has it: nothing is listed


def _asked(filters: LedgerFilters) -> dict[str, str]:
    """The filters as fields of an address."""
    return {
        "by": filters.by or "",
        "action": filters.action or "",
        "kind": filters.kind or "",
        "subject": str(filters.subject or ""),
        "since": filters.since.isoformat() if filters.since else "",
        "until": filters.until.isoformat() if filters.until else "",
    }


def _row(entry: LedgerEntry, undone: frozenset[int]) -> Row:
    decision = entry.decision
    path = PAGES.get(decision.subject_kind)
    before, after = decision.before.get("status"), decision.after.get("status")
    fields = ", ".join(sorted(decision.after)).replace("_", " ")
    return Row(
        entry,
        f"{path}/{decision.subject}" if path else "",
        f"{before or 'nothing'} to {after}" if after else fields,
        entry.no in undone,
    )


def _json(fields: JsonObject) -> str:
    text = json.dumps(fields, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …"


def verify(request: Request, form: FormData) -> Response:
    """Follow the chain from its first row; if asked, compare the tables with the decisions."""
    desk, person = desk_of(request), require_person(request)
    with desk.database.reader() as session:
        end = load_end(session)
        verdict = chain.verify(load_rows(session), end.digest, number=end.no)
        differences = None
        if text_of(form, "do") == "all":
            differences = [str(one) for one in find_differences(session, registered_names())]
    page = VerdictPage(
        command="claims ledger verify",
        person=person,
        verdict=verdict,
        differences=None if differences is None else differences[:MOST_DIFFERENCES],
        more=max(0, len(differences or ()) - MOST_DIFFERENCES),
    )
    return render(desk, page)


def export(request: Request) -> Response:
    """The whole ledger as JSON lines."""
    desk = desk_of(request)
    require_person(request)
    # A file of its own: the transaction ends before the first byte is sent to a slow reader.
    spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed when all is sent
    with desk.database.reader() as session:
        write_ledger(load_rows(session), load_end(session), spool)
    spool.seek(0)
    return StreamingResponse(
        _chunks(spool),
        media_type="application/x-ndjson",
        headers={"content-disposition": 'attachment; filename="ledger.jsonl"'},
        background=BackgroundTask(spool.close),
    )


def _chunks(spool: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    while chunk := spool.read(CHUNK):
        yield chunk


def export_checker(request: Request) -> Response:
    """The program that verifies an exported ledger; it needs nothing but Python."""
    require_person(request)
    return FileResponse(CHECKER, media_type="text/x-python", filename="checker.py")


ROUTES = (
    Route("/ledger", show_ledger),
    Route("/ledger/verify", changing(verify), methods=["POST"]),
    Route("/ledger/export", export),
    Route("/ledger/checker", export_checker),
)
