"""One claim at its permanent address: chain, words in context, confidence, printings, history."""

import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import IO, ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.catalogue.card import ClaimCard, Corroboration, History
from claims.catalogue.cards import load_cards, load_history
from claims.catalogue.corroboration import load_corroboration
from claims.catalogue.errors import UnknownIdError
from claims.catalogue.find import find_claim, find_open, find_open_claim
from claims.comparison.drift import compare_wordings, kinds_of
from claims.comparison.printing import Printing
from claims.database.engine import OpenSession
from claims.database.statements import kept_plans
from claims.desk.access import find_person, whole_id
from claims.desk.chain_picture import ChainPicture, draw_chain
from claims.desk.desk import Desk, desk_of
from claims.desk.errors import PageNotFoundError
from claims.desk.marks import Paragraph, mark_article
from claims.desk.pages import Page, render
from claims.desk.past import read_past
from claims.evidence.facts import EvidenceFacts, load_evidence_facts
from claims.exchange.cite import cite_as_bibtex, cite_as_csl, cite_as_text
from claims.exchange.formats.claimreview import Publisher, review_of, write_claimreview
from claims.exchange.formats.jsonl import write_jsonl
from claims.exchange.rows import copy_csv, copy_lines
from claims.exchange.selection import Selection
from claims.ledger.signed_in import SignedIn
from claims.model.kinds import PUBLISHED, ClaimStatus
from claims.model.moment import TICK, AsOf
from claims.review.cards import load_hops
from claims.review.placed import PlacedClaim
from claims.review.state import load_article
from claims.sources.card import Rating
from claims.sources.figures import load_rating_at
from claims.utterances.printings import load_printings_of

ADDRESS = re.compile(r"(?P<claim>[0-9a-fA-F-]{4,36})(?:@(?P<revision>\d{1,9}))?")

COMPARED = 50
"""Printings whose words are compared for the page; the comparison has all."""

CREDIBILITY = {
    1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable",
    6: "cannot be judged",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage(Page):
    """One claim.

    Attributes:
        card: The claim, in the revision that was asked for.
        latest: Its latest revision.
        picture: Its chain.
        paragraphs: The paragraphs of the article that its words stand in.
        history: Decisions, related claims and other versions; decisions for reviewers alone.
        printings: All reports of the same utterance.
        address: Where this revision is, for ever.
        linked_data: What schema.org calls it; empty unless it is published.
        evidence: What is known of the bytes that its article was read from.
        rating: What its outlet was rated on the day; None if nobody had.
        corroboration: How far what it reports went, among what is published.
        drift: How the words of its printings differ from those of the first, the worst first.
    """

    template: ClassVar[str] = "claim.html"
    here: ClassVar[str] = "claims"
    card: ClaimCard
    latest: int
    picture: ChainPicture
    paragraphs: Sequence[Paragraph]
    history: History
    printings: Sequence[Printing]
    address: str
    linked_data: str
    evidence: EvidenceFacts
    rating: Rating | None
    corroboration: Corroboration | None
    drift: Sequence[str]
    has_past: ClassVar[bool] = True
    formats: ClassVar[Sequence[str]] = ("jsonl", "csv", "claimreview")

    @property
    def is_published(self) -> bool:
        """Whether it is published."""
        return self.card.status in PUBLISHED

    @property
    def path(self) -> str:
        """Its address without a revision."""
        return f"/claims/{self.card.id}"

    @property
    def origins(self) -> Sequence[str]:
        """Whom the printings come from, each once."""
        named = (origin.name or "nobody named" for one in self.printings for origin in one.origins)
        return tuple(dict.fromkeys(named))

    @property
    def credibility(self) -> str:
        """What an editor says of the content."""
        judged = self.card.credibility
        return f"{judged} of 5, {CREDIBILITY[judged]}" if judged in CREDIBILITY else ""

    @property
    def days(self) -> str:
        """When it was said, as printed and as days."""
        days = " to ".join(dict.fromkeys(str(day) for day in self.card.said_on or ()))
        return ", ".join(filter(None, (self.card.said_on_text, days)))

    @property
    def text_citation(self) -> str:
        """How it is cited in a text."""
        return cite_as_text(self.card, self.address)

    @property
    def bibtex(self) -> str:
        """How it is cited in BibTeX."""
        return cite_as_bibtex(self.card, self.address)

    @property
    def csl(self) -> str:
        """How it is cited by programs."""
        return json.dumps(cite_as_csl(self.card, self.address), ensure_ascii=False, indent=1)


def show_claim(request: Request) -> Response:
    """A claim as it is, or as it was at a revision, at a moment or in a release."""
    desk = desk_of(request)
    person = find_person(request)
    match = ADDRESS.fullmatch(request.path_params["claim"])
    if match is None:
        raise UnknownIdError(f"claim {request.path_params['claim'][:60]}")
    past = None if match["revision"] else read_past(request)
    with desk.database.reader() as session, kept_plans(session):
        now = _load_facts(session, find_asked(session, match["claim"], person))
        claim, latest = now.card.id, now.card.revision
        revision = int(match["revision"]) if match["revision"] else latest
        state = _moment_of(now.history, revision, now.card) if revision != latest else None
        if past is not None:
            state = past.state
        page = _load(session, desk, now, person) if state is None else None
    if page is None:
        with desk.database.reader(state) as session:
            there = find_claim(session, str(claim))
            then = replace(_load_facts(session, there), evidence=now.evidence)
            page = _load(session, desk, then, person)
    if past is None:
        page = replace(page, card=replace(page.card, revision=revision))
    page = replace(
        page,
        past=past,
        latest=latest,
        history=replace(page.history, decisions=now.history.decisions),
        linked_data=page.linked_data if state is None else "",
        address=f"{desk.origin}/claims/{claim}@{page.card.revision}",
    )
    if person is None and page.card.status not in PUBLISHED:
        raise UnknownIdError(f"claim {match['claim']}")
    return render(desk, page if person else _as_published(page))


def load_public_page(
    session: OpenSession, desk: Desk, claim: uuid.UUID, *, among: frozenset[uuid.UUID]
) -> ClaimPage:
    """The page of a published claim as everybody sees it, with only these other claims on it."""
    page = _as_published(_load(session, desk, _load_facts(session, claim), None))
    printings = [one for one in page.printings if one.claim in among]
    related = tuple(one for one in page.history.related if one.id in among)
    return replace(
        page,
        command="",
        address=f"{desk.origin}/claims/{claim}@{page.card.revision}",
        history=replace(page.history, related=related),
        printings=printings,
        drift=_drift(printings),
        # It counts reports that are not on the site, too.
        corroboration=None,
    )


def _as_published(page: ClaimPage) -> ClaimPage:
    """The page without a word of an editor."""
    rating = replace(page.rating, by="", why="") if page.rating else None
    return replace(
        page,
        card=replace(page.card, document_note=None),
        history=replace(page.history, decisions=(), others=()),
        rating=rating,
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What has to be known of a claim before it is known which state of it is shown.

    Attributes:
        card: The claim.
        history: All that became of it.
        evidence: What is known of the bytes behind it; the same in every state.
    """

    card: ClaimCard
    history: History
    evidence: EvidenceFacts


def _load_facts(session: OpenSession, claim: uuid.UUID) -> _Facts:
    """The facts of a claim in the state that a session reads."""
    [card] = load_cards(session, [claim])
    return _Facts(card, load_history(session, claim), load_evidence_facts(session, claim))


def _load(session: OpenSession, desk: Desk, facts: _Facts, person: SignedIn | None) -> ClaimPage:
    """The page of a claim in the state that a session reads, which its facts were loaded in."""
    card, claim = facts.card, facts.card.id
    printings = shown_printings(session, claim, person)
    return ClaimPage(
        command=f"claims show {card.short_id}",
        person=person,
        card=card,
        latest=card.revision,
        picture=draw_chain(card),
        paragraphs=_load_context(session, card),
        history=_shown_history(session, facts.history, person),
        printings=printings,
        address="",
        linked_data=_published_review(session, desk, card) if card.status in PUBLISHED else "",
        evidence=facts.evidence,
        rating=load_rating_at(session, card.document),
        corroboration=load_corroboration(session, claim) if card.status in PUBLISHED else None,
        drift=_drift(printings),
    )


def _shown_history(session: OpenSession, history: History, person: SignedIn | None) -> History:
    """What became of a claim; to strangers, without claims that are not published."""
    if person:
        return history
    published = [one for one in history.related if one.status in PUBLISHED]
    open_ = find_open(session, [one.id for one in published])
    related = tuple(one for one in published if one.id in open_)
    return replace(history, related=related)


def _drift(printings: Sequence[Printing]) -> Sequence[str]:
    """How the words of the first printings differ from those of the very first."""
    changes = [
        change
        for one in printings[1:COMPARED]
        for change in compare_wordings(printings[0].text, one.text)
        if change.is_drift
    ]
    return [str(kind) for kind in kinds_of(changes)]


def find_asked(session: OpenSession, written: str, person: SignedIn | None) -> uuid.UUID:
    """The claim that an address names; what is under embargo is for those who are signed in."""
    find = find_claim if person else find_open_claim
    return find(session, whole_id(written, person))


def find_listed(session: OpenSession, written: str, person: SignedIn | None) -> uuid.UUID:
    """The claim that an address names as one of a list; strangers' lists have the published ones.

    Raises:
        UnknownIdError: There is none that whoever asks may know of.
    """
    claim = find_asked(session, written, person)
    if person is None and load_cards(session, [claim])[0].status not in PUBLISHED:
        raise UnknownIdError(f"claim {written}")
    return claim


def shown_printings(
    session: OpenSession, claim: uuid.UUID, person: SignedIn | None
) -> Sequence[Printing]:
    """All reports of an utterance for those who review, the published ones for everybody else."""
    printings = load_printings_of(session, claim)
    if person:
        return printings
    published = [one for one in printings if one.status in PUBLISHED]
    open_ = find_open(session, [one.claim for one in published])
    return [one for one in published if one.claim in open_]


def _moment_of(history: History, revision: int, card: ClaimCard) -> AsOf:
    """The state in which the claim had a revision.

    Raises:
        PageNotFoundError: It never had that revision.
    """
    if revision > len(history.decisions):
        latest = f"its latest revision is {card.revision}"
        raise PageNotFoundError(f"claim {card.short_id}@{revision}", latest)
    if revision == 0:
        first = history.decisions[0]
        return AsOf(first.no - 1, first.at - TICK, "as proposed")
    decision = history.decisions[revision - 1]
    return AsOf(decision.no, decision.at, f"revision {revision}")


def _load_context(session: OpenSession, card: ClaimCard) -> list[Paragraph]:
    """The paragraphs that the words stand in, marked."""
    article = load_article(session, card.id)
    hops = load_hops(session, card.id, None)
    placed = PlacedClaim(card.id, 1, card.spans, ClaimStatus(card.status), 0, card.text)
    paragraphs = mark_article(article, [placed], card.id, spans=card.spans, hops=hops)
    return [one for one in paragraphs if any(segment.claims for segment in one)]


def _published_review(session: OpenSession, desk: Desk, card: ClaimCard) -> str:
    """The claim as JSON-LD, for a script element: nothing in it can end that."""
    lines = list(copy_lines(session, Selection(claim=card.id)))
    if not lines:
        return ""
    review = review_of(json.loads(lines[0]), Publisher(site=f"{desk.origin}/claims"))
    text = json.dumps(review, ensure_ascii=False)
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


def _write_claimreview(lines: Iterable[bytes], out: IO[bytes]) -> int:
    return write_claimreview(lines, out, Publisher()).claims


WRITERS: Mapping[str, tuple[str, Callable[[Iterable[bytes], IO[bytes]], int]]] = {
    "jsonl": ("application/x-ndjson", write_jsonl),
    "claimreview": ("application/ld+json", _write_claimreview),
}
"""For each format of lines its media type, and what writes it and counts."""


def export_claim(request: Request) -> Response:
    """One published claim as a file."""
    desk: Desk = request.app.state.desk
    name: str = request.path_params["format"]
    match = ADDRESS.fullmatch(request.path_params["claim"])
    if match is None or name not in ClaimPage.formats:
        raise PageNotFoundError(request.url.path[:200])
    out = BytesIO()
    person = find_person(request)
    with desk.database.reader() as session:
        claim = find_open_claim(session, whole_id(match["claim"], person))
        selection = Selection(claim=claim, withdrawn=True)
        if name == "csv":
            media, rows = "text/csv; charset=utf-8", list(copy_csv(session, selection))
            out.writelines(rows)
            is_published = len(rows) > 1
        else:
            media, write = WRITERS[name]
            lines = list(copy_lines(session, selection))
            write(lines, out)
            is_published = bool(lines)
    if not is_published:
        raise UnknownIdError(f"claim {str(claim)[:8]}", "it is not published")
    attached = {"content-disposition": f'attachment; filename="claim-{str(claim)[:8]}.{name}"'}
    return Response(out.getvalue(), media_type=media, headers=attached)


ROUTES = (
    Route("/claims/{claim}", show_claim),
    Route("/claims/{claim}/export/{format}", export_claim),
)
