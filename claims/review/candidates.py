"""Whom a mention may mean: the candidates of a card, and sources found by name."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter

from sqlalchemy import case, func, or_, select, text
from sqlalchemy.orm import Session

from claims.database.ranges import to_spans
from claims.database.statements import read_statements
from claims.review.card import Candidate, HopView
from claims.review.same_mention import NamedSource, find_settled
from claims.schema import (
    ClaimRow,
    OtherProposalRow,
    SourceMergedRow,
    SourceRow,
    SourceSuggestionRow,
)

MOST = 9
"""Candidates on a card: as many as there are digits to choose them by."""

SUGGESTED = 3
"""Sources that a card offers for their name alone."""

SURNAME = re.compile(r"[A-Z][\w'’-]{2,}(?=,|\W*$)")
"""The name that some words end with, or stands before a comma."""

FROM_ARTICLE = 7
"""Of these so many are the article's own, in its order: their numbers are the same on each card."""

COUNTED = 100
"""Claims of a source that was found by name are counted up to here."""

QUERIES = {
    name: text(sql) for name, sql in read_statements("claims.review", "candidates.sql").items()
}
"""The statements of candidates.sql by name."""

Links = Mapping[uuid.UUID, tuple[float | None, str]]
"""What speaks for each source, and its score."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Whom a mention may mean.

    Attributes:
        candidates: The likeliest, nine at most.
        settled_elsewhere: Whether people settled the speaker of another claim of the article.
    """

    candidates: tuple[Candidate, ...]
    settled_elsewhere: bool


def load(session: Session, row: ClaimRow, voice: HopView, mention: str) -> Likely:
    """Whom the speaker's mention may mean.

    First the sources that the article names, in its order, so that a number means the same person
    from card to card; then the one that is linked if it is not among them, whom other programs
    have, those that were suggested for it or, if none is linked, have the printed surname, and
    those named closest.

    Args:
        session: A session.
        row: The claim.
        voice: The first hop of its chain.
        mention: The words that name the speaker.
    """
    parameters = {
        "version": row.version,
        "claim": row.id,
        "start": row.content_spans[0].lower,
        "most": MOST,
    }
    rows = session.execute(QUERIES["named"], parameters).all()
    named = [one.source for one in rows if one.turn <= FROM_ARTICLE]
    near = [one.source for one in sorted(rows, key=attrgetter("nearness"))]
    links: dict[uuid.UUID, tuple[float | None, str]] = dict.fromkeys(
        named, (None, "named in the article")
    )
    if voice.source:
        links[voice.source] = (voice.score, voice.reason or "as it is linked")
    for source, program in _load_others(session, row.id):
        if source != voice.source:
            links[source] = (None, f"the speaker as {program} has it")
    if voice.source:
        for source, score, reason in _load_suggested(session, voice.source):
            if links.get(source, (None, ""))[0] is None:
                links[source] = (score, reason)
    else:
        links |= _load_namesakes(session, row, mention, links)
    for source in near:
        links.setdefault(source, (None, "named in the article"))
    likely = as_candidates(session, dict(list(links.items())[:MOST]))
    return Likely(likely, any(one.settled for one in rows))


def _load_namesakes(session: Session, row: ClaimRow, mention: str, links: Links) -> Links:
    """Whom the machine would name if it were surer, and who has the printed surname."""
    namesakes: dict[uuid.UUID, tuple[float | None, str]] = {}
    if row.suggested_name:
        for one in search(session, row.suggested_name, row.version)[:1]:
            namesakes[one.source] = (row.name_score, "the machine's guess")
    if surname := SURNAME.search(mention):
        for one in search(session, surname[0], row.version)[:SUGGESTED]:
            if one.source not in links:
                namesakes.setdefault(one.source, (None, "has the name that is printed"))
    return namesakes


def _load_others(session: Session, claim: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """Whom other programs have for the speaker, as the sources are shown."""
    root = func.coalesce(SourceMergedRow.root, OtherProposalRow.speaker)
    query = (
        select(root, OtherProposalRow.program)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == OtherProposalRow.speaker)
        .where(OtherProposalRow.claim == claim, OtherProposalRow.speaker.is_not(None))
        .order_by(OtherProposalRow.program)
    )
    return [(source, program) for source, program in session.execute(query)]


def _load_suggested(session: Session, source: uuid.UUID) -> list[tuple[uuid.UUID, float, str]]:
    either = or_(SourceSuggestionRow.a == source, SourceSuggestionRow.b == source)
    other = case(
        (SourceSuggestionRow.a == source, SourceSuggestionRow.b), else_=SourceSuggestionRow.a
    )
    root = select(SourceMergedRow.root).where(SourceMergedRow.source == other).scalar_subquery()
    query = (
        select(func.coalesce(root, other), SourceSuggestionRow.score, SourceSuggestionRow.reason)
        .where(either)
        .order_by(SourceSuggestionRow.score.desc())
        .limit(MOST)
    )
    rows = session.execute(query)
    return [(shown, score, reason) for shown, score, reason in rows if shown != source]


def search(session: Session, words: str, version: uuid.UUID) -> tuple[Candidate, ...]:
    """Sources with a name that contains the words, for a card of an article's version.

    A name that has them as whole words comes before one in which a word only begins with them;
    among such the article's own people come first, then names that end with the words, as
    surnames do.
    """
    parameters = {
        "words": words,
        "like": "%" + _escaped(words) + "%",
        "version": version,
        "most": MOST,
    }
    links = {}
    for id_, here, office, latest, claims in session.execute(QUERIES["search"], parameters):
        count = f"{claims} or more claims" if claims == COUNTED else f"{claims} claims"
        total = "1 claim" if claims == 1 else count
        last = f"last {latest}" if latest and latest.year > 1 else None
        parts = (office, "named in this article" if here else None, total, last)
        links[id_] = (None, "; ".join(part for part in parts if part))
    return as_candidates(session, links)


def _escaped(words: str) -> str:
    """Words as a part of a pattern of LIKE that means just them."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def load_settled(session: Session, row: ClaimRow, voice: HopView, article: str) -> Candidate | None:
    """Whom people settled a speaker's printed name as, at other claims of the article.

    None if the claim says so already, or if it is not certain.

    Args:
        session: A session.
        row: The claim.
        voice: The first hop of its chain.
        article: The text.
    """
    parameters = {"version": row.version, "claim": row.id}
    places = session.execute(QUERIES["named_where"], parameters).all()
    if not voice.mention or not any(settled for _, _, settled in places):
        return None
    reason = "settled elsewhere in the article"
    links: Links = {source: (None, reason) for source, _, _ in places}
    sources = {one.source: one for one in as_candidates(session, links)}
    named = [
        NamedSource(sources[source], to_spans(mention), settled)
        for source, mention, settled in places
        if mention
    ]
    candidate = find_settled(article, voice.mention, voice.name, named)
    return None if candidate is None or candidate.source == voice.source else candidate


def as_candidates(session: Session, links: Links) -> tuple[Candidate, ...]:
    """Sources as candidates, with what speaks for each."""
    rows = {
        row.id: row for row in session.scalars(select(SourceRow).where(SourceRow.id.in_(links)))
    }
    return tuple(
        Candidate(
            source=source,
            name=rows[source].name,
            kind=rows[source].kind,
            description=rows[source].description,
            wikidata=rows[source].wikidata,
            score=score,
            reason=reason,
        )
        for source, (score, reason) in links.items()
        if source in rows
    )
