"""Pairs of claims whose words clash: questions to an editor, who alone may answer them."""

import uuid
from collections.abc import Collection, Iterator
from datetime import UTC
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.comparison.questions import Report, ask
from claims.database.statements import read_statements
from claims.model.kinds import Mode
from claims.review.link_card import LinkCard, LinkEnd
from claims.review.link_ends import load_ends

SQL = {name: text(sql) for name, sql in read_statements("claims.review", "questions.sql").items()}

PAGE = 500
"""Pairs of wordings that are read at once."""

MOST = 2000
"""Pairs of wordings that are read for one card: about a second, and the next card goes on."""


class Cursor(NamedTuple):
    """A pair of wordings: what follows it was not asked of yet."""

    a: int = -(2**63)
    b: int = -(2**63)


class NextQuestion(NamedTuple):
    """What was read of the pairs.

    Attributes:
        card: The next question; None if there was none among those that were read.
        cursor: Where to go on.
        ended: Whether there are no further pairs.
    """

    card: LinkCard | None
    cursor: Cursor
    ended: bool


def find_question(
    session: Session, cursor: Cursor, *, reader: uuid.UUID | None = None, most: int = MOST
) -> NextQuestion:
    """The next question after a place.

    Args:
        session: A reading session.
        cursor: Where to begin.
        reader: Without what this reviewer read and what is sealed.
        most: How many pairs of wordings to read at most.
    """
    for _ in range(0, most, PAGE):
        after = {"after_a": cursor.a, "after_b": cursor.b, "limit": PAGE, "reader": reader}
        rows = session.execute(SQL["pairs"], after).all()
        asked = [(row.one, row.other) for row in rows if row.asked]
        cards = {(card.b.id, card.a.id): card for card in _ask_all(session, asked)}
        for row in rows:
            cursor = Cursor(row.one_key, row.other_key)
            pair = (row.one, row.other) if row.asked else None
            card = cards.get(pair) or cards.get(pair[::-1]) if pair else None
            if card is not None:
                return NextQuestion(card, cursor, ended=False)
        if len({(row.one_key, row.other_key) for row in rows}) < PAGE:
            return NextQuestion(None, cursor, ended=True)
    return NextQuestion(None, cursor, ended=False)


def load_questions(session: Session, *, limit: int) -> list[LinkCard]:
    """All questions that wait, in the order of the pairs' keys, as far as a limit."""
    cards: list[LinkCard] = []
    cursor, ended = Cursor(), False
    while not ended and len(cards) < limit:
        reached = find_question(session, cursor)
        cursor, ended = reached.cursor, reached.ended
        if reached.card is not None:
            cards.append(reached.card)
    return cards


def question_of(session: Session, a: uuid.UUID, b: uuid.UUID) -> LinkCard | None:
    """The question that two claims raise; None if they raise none that can be shown."""
    return next(_ask_all(session, [(a, b)]), None)


def _ask_all(
    session: Session, pairs: Collection[tuple[uuid.UUID, uuid.UUID]]
) -> Iterator[LinkCard]:
    claims = sorted({claim for pair in pairs for claim in pair})
    shown = set(session.scalars(SQL["open"], {"claims": claims})) if claims else set()
    ends = load_ends(session, shown)
    for pair in pairs:
        if not shown.issuperset(pair):
            continue
        earlier, later = sorted((ends[claim] for claim in pair), key=_place)
        question = ask(_report(earlier), _report(later))
        if question is not None:
            # As of a proposal, a is the later one.
            reason = question.reason
            yield LinkCard(later, earlier, None, "question", None, reason, None, question=reason)


def _place(end: LinkEnd) -> tuple[bool, str, uuid.UUID]:
    moment = end.published_at
    return moment is None, moment.astimezone(UTC).isoformat() if moment else "", end.id


def _report(end: LinkEnd) -> Report:
    return Report(
        end.text,
        str(end.speaker_id) if end.speaker_id else None,
        end.modes[0][1] if end.modes else Mode.SAYS,
        end.days,
        end.published_at.date() if end.published_at else None,
    )
