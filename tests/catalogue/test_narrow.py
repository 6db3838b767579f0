"""Lists and searches of the past look at few rows, and give what they gave then."""

import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from claims.catalogue import find
from claims.catalogue.card import Filters
from claims.catalogue.find import find_claims, search_claims
from claims.database.engine import Database
from claims.ingest.articles import ingest_articles
from claims.model.kinds import ClaimStatus
from claims.model.notice import Embargo
from claims.schema import DocumentRow
from tests.acts import edit_claim, edit_document, now
from tests.ingest.stub_extractor import propose
from tests.makers import NOW, RUN, add_reviewer, article

if TYPE_CHECKING:
    from claims.model.moment import AsOf

ARTICLES = 30
WORDS = ("pier", "bridge", "harbour")
Shown = tuple[list[uuid.UUID], list[uuid.UUID], dict[str, set[uuid.UUID]]]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions so small that a page of a test needs several."""
    monkeypatch.setattr(find, "PORTIONS", (2, 5))


def made(database: Database, chance: random.Random) -> list[uuid.UUID]:
    """Articles with two claims each, some of one day or of none, some under embargo."""
    records = []
    for number in range(ARTICLES):
        day = None if number % 9 == 0 else NOW - timedelta(days=chance.randrange(8))
        said = [f'Ada Quill said "the {chance.choice(WORDS)} {number} {n}".' for n in range(2)]
        ends = datetime.now(UTC) + timedelta(days=3)
        records.append(
            article(
                " ".join(said),
                place=f"f:{number}",
                external_id=str(number),
                published_at=day,
                embargo=Embargo("later", ends) if number % 11 == 5 else None,
            )
        )
    list(ingest_articles(database, records, propose, run=RUN, clock=lambda: NOW))
    with database.reader() as session:
        return list(session.scalars(select(DocumentRow.id).order_by(DocumentRow.external_id)))


def shown(session: Session) -> Shown:
    """All pages of a list, those that were accepted, and what is found by each word."""
    pages: list[uuid.UUID] = []
    while page := find_claims(session, Filters(), limit=7, after=pages[-1] if pages else None):
        pages += page
    accepted = find_claims(session, Filters(status=ClaimStatus.ACCEPTED), limit=3)
    return pages, accepted, {word: set(search_claims(session, word, limit=99)) for word in WORDS}


def change(database: Database, documents: list[uuid.UUID], chance: random.Random) -> None:
    """Decide on the day of an article, and on the words and status of a claim."""
    with database.writer() as session:
        reviewer = add_reviewer(session, f"R{uuid.uuid4()}")
        claims = list(session.scalars(text("SELECT id FROM claims.claim ORDER BY id")))
    day = NOW - timedelta(days=chance.randrange(8))
    edit_document(database, chance.choice(documents), reviewer, published_at=day.isoformat())
    words = f"It is about the {chance.choice(WORDS)}."
    edit_claim(database, chance.choice(claims), reviewer, statement=words, status="accepted")


@pytest.mark.usefixtures("few")
def test_any_state_is_listed_and_searched_as_it_was(database: Database) -> None:
    chance = random.Random(4)
    documents = made(database, chance)
    then: list[tuple[AsOf, Shown]] = []
    for _ in range(6):
        with database.reader() as session:
            then.append((now(database), shown(session)))
        for _ in range(4):
            change(database, documents, chance)
    assert len(then[0][1][0]) > ARTICLES
    assert len({str(one) for _, one in then}) == len(then), "each state differs"
    for state, was in then:
        with database.reader(state) as session:
            assert shown(session) == was
