"""The check of words at their spans, which looks near a claim first, says what its law says."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.database.statements import read_statements
from tests.makers import TEXT, proposal, store

FILLER = "“Ça va”, people said. " * 40
LONG = f"Ada Quill came. {FILLER}{TEXT}{FILLER}Ada Quill left"
BEGIN = LONG.index('"the bridge')
CHECK = text(read_statements("claims.archive", "invariants.sql")["words"].replace(":", "\\:"))
LAW = text(
    "SELECT claims.spans_fit(v.text, CAST(:spans AS int4multirange))"
    " AND claims.words_at(v.text, CAST(:spans AS int4multirange)) = :words"
    " FROM claims.document_version AS v"
)


def _one(begin: int, words: str) -> tuple[str, str]:
    """Words at one span that is as long as they are."""
    return f"{{[{begin},{begin + len(words)})}}", words


def _cases() -> Iterator[tuple[str, str]]:
    yield _one(0, "Ada Quill")
    yield _one(0, "Ada Quilt")
    yield _one(1, "da Quill")
    yield _one(LONG.rindex("Ada"), "Ada Quill left")
    yield _one(LONG.rindex("Ada"), "Ada Quill left.")
    yield _one(len(LONG) + 5, "Ada")
    for place in range(BEGIN - 205, BEGIN - 195):
        yield _one(place, LONG[place : place + 4])
        yield _one(place, LONG[place + 1 : place + 5])
    # The end of what is looked at, at places before its beginning.
    window = LONG[BEGIN - 201 :][: len('"the bridge is safe"') + 400]
    for size in range(1, 12):
        for place in range(BEGIN - 204 - size, BEGIN - 196 - size):
            yield _one(place, window[-size:])
            yield _one(place, LONG[-size:])
    name = LONG.index("Ada Quill said")
    # Two pieces, with the words of both, and with those of all that is between.
    yield f"{{[{name},{name + 3}),[{name + 4},{name + 9})}}", "Ada … Quill"
    yield f"{{[{name},{name + 3}),[{name + 4},{name + 9})}}", "Ada Quill"
    yield f"{{[{name},{name + 9})}}", "Ada"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session that sees one long article with a claim in its middle, without triggers."""
    store(database, proposal(LONG), text=LONG)
    with database.rehearsal() as session:
        for table in ("claim", "attribution"):
            session.execute(text(f"ALTER TABLE claims.{table} DISABLE TRIGGER ALL"))
        yield session


def test_words_of_a_hop_are_refused_where_they_do_not_stand(session: Session) -> None:
    assert session.execute(CHECK).first() is None
    lawful = set()
    for spans, words in _cases():
        given = {"spans": spans, "words": words}
        session.execute(
            text("UPDATE claims.attribution SET mention_spans = :spans, mention = :words"), given
        )
        stands = session.execute(LAW, given).scalar()
        assert (session.execute(CHECK).first() is None) == bool(stands), given
        lawful.add(bool(stands))
    assert lawful == {True, False}


def test_a_claim_in_two_pieces_has_the_words_of_both_alone(session: Session) -> None:
    gap = f"[{BEGIN + 4},{BEGIN + 5})"
    session.execute(
        text(
            "UPDATE claims.claim SET content_spans = content_spans - int4multirange(CAST(:gap AS"
            " int4range))"
        ),
        {"gap": gap},
    )
    assert session.execute(CHECK).first() is not None
