"""Whatever happens in whatever order, what is stored is what comparing from scratch finds."""

import os
import random
import uuid
from datetime import timedelta

from sqlalchemy import text

from claims.copies.due import mark_all_due
from claims.database.engine import Database
from claims.documents.decide import decide_on_document, save_document_decision
from claims.documents.decisions import DocumentAction
from claims.documents.settle import settle_copy
from claims.errors.base import ClaimsError
from claims.ledger.undo import find_undoable, undo
from claims.model.decision import Signature
from tests.copies.stories import compare, printing, results, save, sentences, words
from tests.makers import NOW, add_reviewer

ACTS = int(os.environ.get("CLAIMS_TEST_ACTS", "40"))
STORIES = [words(f"story {n}", 90) for n in range(5)]
NOTICE = words("notice", 40)


def made(chance: random.Random) -> str:
    """A text of one or two stories: whole, cut, edited or merged, perhaps with a notice."""
    one, other = chance.sample(STORIES, 2)
    start = chance.choice([0, 0, 20])
    some = one[start : chance.choice([70, 90])]
    if chance.random() < 0.3:
        some = [f"x{word}" if not n % 9 else word for n, word in enumerate(some)]
    if chance.random() < 0.3:
        some += other[: chance.choice([40, 90])]
    return sentences(some + (NOTICE if chance.random() < 0.4 else []))


def act(
    database: Database, chance: random.Random, documents: list[uuid.UUID], reviewer: uuid.UUID
) -> None:
    """An arrival, a new version, a withdrawal, a settlement or an undo."""
    signature = Signature(uuid.UUID(int=chance.getrandbits(128)), reviewer, "0", "by chance")
    kind = chance.random()
    if kind < 0.6 or len(documents) < 2:
        hours = chance.choice([None, *range(48)])
        name = f"paper{chance.randrange(40)}"
        moment = NOW + timedelta(minutes=len(documents) + int(kind * 1000))
        one = printing(name, made(chance), hours, publisher_time=moment)
        documents.append(save(database, one))
        return
    document, other = chance.choice(documents), chance.choice(documents)
    with database.writer() as session:
        if kind < 0.7:
            action = chance.choice([DocumentAction.WITHDRAW, DocumentAction.RESTORE])
            decide_on_document(session, document, action, signature)
        elif kind < 0.9:
            settle_copy(session, document, other, signature)
        elif (entry := find_undoable(session, reviewer)) is not None:
            undo(session, entry, signature, {"document": save_document_decision})


def test_what_is_stored_is_what_comparing_from_scratch_finds(database: Database) -> None:
    chance = random.Random(ACTS)
    documents: list[uuid.UUID] = []
    with database.writer() as session:
        reviewer = add_reviewer(session)
    for number in range(ACTS):
        try:
            act(database, chance, documents, reviewer)
        except ClaimsError:
            continue  # refused, such as a circle
        if number % 3:
            compare(database)
    compare(database)
    kept_up = results(database)
    assert kept_up["copies"]
    assert kept_up["due"] == set()
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "TRUNCATE claims.copy, claims.fingerprint, claims.document_text,"
                " claims.compared_text"
            )
        )
    with database.writer() as session:
        mark_all_due(session)
    compare(database)
    assert results(database) == kept_up
