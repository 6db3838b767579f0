"""Claims that the machine missed: a person adds them, anchored in the words of the article."""

import uuid
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.database.ranges import to_spans
from claims.extraction.form import form_of
from claims.model.claim import ClaimOrigin, ClaimState, HopState
from claims.model.decision import Decision, Signature
from claims.model.identity import claim_id
from claims.model.kinds import ClaimStatus
from claims.model.span import Spans, words_at
from claims.review.decide import DecisionResult, find_result, save_decisions
from claims.review.edits import find_part
from claims.review.errors import BadChangeError
from claims.review.quotes import require_printed
from claims.review.second_review import load_policy
from claims.review.state import load_claim
from claims.review.transitions import decision_on, place_of
from claims.schema import ClaimRow, DocumentVersionRow

ADD = "add"
"""What the ledger calls the addition of a claim."""

EDITOR = "editor"
"""The rule of claims that people add; no machine scored them."""


@dataclass(frozen=True, slots=True)
class Printing:
    """The text that a claim is added to.

    Attributes:
        version: Its id.
        article: The text.
        run: The run that read it.
    """

    version: uuid.UUID
    article: str
    run: uuid.UUID


def load_printing(session: Session, version: uuid.UUID) -> Printing:
    """A version of an article.

    Raises:
        sqlalchemy.exc.NoResultFound: No version has this id.
    """
    query = select(DocumentVersionRow.text, DocumentVersionRow.run)
    article, run = session.execute(query.where(DocumentVersionRow.id == version)).one()
    return Printing(version, article, run)


def load_current(session: Session, document: uuid.UUID) -> Printing:
    """The current version of a document."""
    current = select(func.claims.current_version(document))
    return load_printing(session, session.scalars(current).one())


def load_claimed(session: Session, version: uuid.UUID) -> list[Spans]:
    """Where the claims of a version stand that were not replaced by others, in no order."""
    here = (ClaimRow.version == version, ClaimRow.status != ClaimStatus.REPLACED)
    return [to_spans(one) for one in session.scalars(select(ClaimRow.content_spans).where(*here))]


def find_quote(article: str, quote: str) -> Spans:
    """Where quoted words stand, with `…` between parts that do not stand together.

    Raises:
        QuoteDiffersError: The article does not have them; the message shows the difference.
        BadChangeError: No words are given, or they stand in several places.
    """
    parts = [part for part in quote.split("…") if part.strip()]
    if not parts:
        raise BadChangeError("the content", "no word is given")
    first = find_part(article, parts[0], alone=True)
    spans = [first]
    for part in parts[1:]:
        spans.append(find_part(article, part, near=spans[-1].end))
    return tuple(spans)


def blank_state(article: str, content: Spans) -> ClaimState:
    """A claim of some words of an article, of which nobody knows yet who said them."""
    words, form = words_at(article, content), form_of(article, content)
    return ClaimState(ClaimStatus.PROPOSED, content, words, form, (HopState(),))


def add_claim(
    session: Session, printing: Printing, state: ClaimState, signature: Signature
) -> DecisionResult:
    """Add a claim; the same signature again adds nothing more.

    If two people have to read such a claim, it waits for them whatever its state says.

    Args:
        session: A writing session.
        printing: The text that it stands in.
        state: What it is: accepted, or proposed if it shall wait for a decision of its own.
        signature: Who adds it.

    Raises:
        BadChangeError: The article has a claim of just these words.
        QuoteDiffersError: The statement quotes what is not printed.
    """
    earlier = find_result(session, signature.id)
    if earlier is not None:
        return earlier
    id_ = claim_id(printing.version, state.content)
    require_printed("the statement", state.statement or "", state.text)
    if load_policy(session).needs_two(id_, state.form, None):
        state = replace(state, status=ClaimStatus.PROPOSED)
    decision = _addition(session, id_, printing, state, signature=signature)
    return save_decisions(session, decision)


def _addition(
    session: Session,
    id_: uuid.UUID,
    printing: Printing,
    state: ClaimState,
    *,
    signature: Signature,
) -> Decision:
    same_words = select(ClaimRow.id).where(ClaimRow.version == printing.version, ClaimRow.id == id_)
    if session.scalar(same_words) is not None:
        existing = load_claim(session, id_, lock=True)
        # An addition that was undone is made again on the same claim.
        if existing.status is not ClaimStatus.REPLACED:
            raise BadChangeError(place_of(id_), f"it has just these words: {existing.status}")
        return decision_on(existing, ADD, state, signature)
    origin = ClaimOrigin(printing.version, printing.run, EDITOR, None, ())
    return Decision(
        id=signature.id,
        reviewer=signature.reviewer,
        action=ADD,
        subject_kind="claim",
        subject=id_,
        revision=1,
        before={"status": ClaimStatus.REPLACED.value},
        after=state.to_json() | origin.to_json(),
        tool_version=signature.tool_version,
        reason=signature.reason_line,
    )
