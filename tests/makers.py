"""Small articles, proposals and decisions for tests to work with."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.documents.identity import identify
from claims.ingest.run import IngestRun, make_run
from claims.ingest.save import save_article
from claims.ledger.append import append, save_reviewer
from claims.model.article import Article
from claims.model.decision import Decision
from claims.model.kinds import Form, Mode, SourceKind
from claims.model.proposal import Hop, Proposal, SaidOn
from claims.model.span import Span, Spans
from claims.schema import ClaimRow

TEXT = 'Mayor Ada Quill said "the bridge is safe" on Monday, the Harbour Agency reported.\n'
MORE = "She denied that money was lost.\n"
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
RUN = make_run("ingest", ["a.txt"], "0", "x")


def spans_of(text: str, *parts: str) -> Spans:
    """Where the parts stand in a text, each for the first time."""
    return tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)


def article(text: str = TEXT, **changes: object) -> Article:
    """An article as the plain reader makes it."""
    facts: dict[str, object] = {
        "text": text,
        "reader": "plain/1",
        "place": "a.txt",
        "archived": text.encode(),
        "published_at": NOW,
    }
    return Article(**(facts | changes))  # type: ignore[arg-type]


def proposal(text: str = TEXT, content: str = '"the bridge is safe"') -> Proposal:
    """A quote by a named person, carried by an agency where the text has one."""
    voice = Hop(
        "Ada Quill",
        SourceKind.PERSON,
        spans_of(text, "Ada Quill"),
        spans_of(text, "said"),
        spans_of(text, "Mayor"),
    )
    carrier = Hop(
        "Harbour Agency",
        SourceKind.OUTLET,
        spans_of(text, "Harbour Agency"),
        spans_of(text, "reported"),
    )
    spans = spans_of(text, "on Monday") if "on Monday" in text else ()
    return Proposal(
        content=spans_of(text, content),
        form=Form.QUOTE,
        chain=(voice, carrier),
        score=0.9,
        rule="verb",
        said_on=SaidOn("on Monday", NOW.date(), NOW.date(), spans),
    )


def silent(content: Span) -> Proposal:
    """A claim whose voice and day the text only implies."""
    spoken = proposal()
    voice = replace(spoken.chain[0], mention=(), cue=(), capacity=())
    said_on = SaidOn("on Monday", NOW.date(), NOW.date())
    return replace(spoken, content=(content,), chain=(voice,), said_on=said_on)


def store(
    database: Database, *proposals: Proposal, run: IngestRun = RUN, **changes: object
) -> list[uuid.UUID]:
    """Store one article with its proposals and return the claims' ids in the order of the text."""
    stored = article(**changes)  # type: ignore[arg-type]
    identity = identify(stored)
    with database.writer() as session:
        save_article(
            session,
            stored,
            identity,
            proposals or (proposal(stored.text),),
            run=run,
            retrieved_at=NOW,
        )
        query = select(ClaimRow.id).where(ClaimRow.version == identity.version)
        return list(session.scalars(query.order_by(ClaimRow.content_spans)))


def store_said_and_denied(database: Database) -> list[uuid.UUID]:
    """Two claims of one person beside each other: what she said, and what she denied."""
    text = (
        "Mayor Ada Quill said the wall stood. She denied that the quay had sunk, the "
        "Harbour Agency reported on Monday.\n"
    )
    said, denied = (proposal(text, words) for words in ("the wall stood", "the quay had sunk"))
    voice = said.chain[0]
    return store(
        database, replace(said, chain=(voice,)),
        replace(denied, chain=(replace(voice, mode=Mode.DENIES),)), text=text,
    )  # fmt: skip


def decision(claim: uuid.UUID, reviewer: uuid.UUID, revision: int = 1) -> Decision:
    """An acceptance that moves a claim to a revision."""
    return Decision(
        id=uuid.uuid4(),
        reviewer=reviewer,
        action="accept",
        subject_kind="claim",
        subject=claim,
        revision=revision,
        before={"status": "proposed" if revision == 1 else "accepted"},
        after={"status": "accepted"},
        tool_version="0",
        reason="a café, 😀",
    )


def add_reviewer(session: Session, name: str = "R. Viewer") -> uuid.UUID:
    """A new reviewer's id."""
    reviewer = uuid.uuid4()
    save_reviewer(session, reviewer, name)
    return reviewer


def settle(database: Database, claim: uuid.UUID, revision: int = 1) -> uuid.UUID:
    """Accept a claim as a new reviewer; the decision's id."""
    with database.writer() as session:
        acceptance = decision(claim, add_reviewer(session, f"R{uuid.uuid4()}"), revision)
        row = session.get_one(ClaimRow, claim)
        row.status, row.revision = "accepted", revision
        session.flush()
        append(session, acceptance)
    return acceptance.id
