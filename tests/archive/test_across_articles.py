"""What is known across articles comes out and in: settled by people, found by the machine."""

import uuid

from sqlalchemy import text

from claims.copies.due import compare_due
from claims.database.engine import Database
from claims.documents.settle import settle_copy, settle_origin
from claims.ledger.append import sign_in
from claims.model.kinds import LinkKind
from claims.review.link_decisions import settle_link
from claims.review.link_readings import save_link_reading
from claims.review.links import load_link
from claims.review.policy import Policy
from claims.review.second_review import save_policy
from claims.utterances.compare import compare_all_due
from tests.acts import edit_claim, signed
from tests.copies.stories import story
from tests.exchange.histories import import_archive, write
from tests.exchange.test_reach import print_words
from tests.makers import add_reviewer, settle

VIEWS = ("copies", "origins", "claim_origins", "utterances", "links", "corroboration")
TABLES = ("claim_link", "link_refused", "link_disputed", "link_reading", "review_policy")


def compare(database: Database) -> None:
    list(compare_due(database))
    with database.writer() as session:
        compare_all_due(session)


def contents(database: Database) -> dict[str, list[str]]:
    """All rows of what is said across articles, as text."""
    relations = [f"claims_v1.{view}" for view in VIEWS] + [f"claims.{table}" for table in TABLES]
    with database.engine.connect() as connection:
        return {
            name: sorted(connection.scalars(text(f"SELECT CAST(x AS text) FROM {name} AS x")))
            for name in relations
        }


def document_of(database: Database, claim: uuid.UUID) -> uuid.UUID:
    with database.reader() as session:
        query = text(
            "SELECT v.document FROM claims.claim AS c"
            " JOIN claims.document_version AS v ON v.id = c.version WHERE c.id = :claim"
        )
        document: uuid.UUID = session.execute(query, {"claim": claim}).scalar_one()
    return document


def read_links(database: Database, a: uuid.UUID, b: uuid.UUID) -> None:
    """Two readers who differ on a link, and one whose reading of another one is sealed."""
    for reader, pair, kind in (("Ann", (a, b), None), ("Ben", (a, b), LinkKind.SAME_WORDS),
                               ("Ann", (b, a), LinkKind.NARROWS)):  # fmt: skip
        with database.writer() as session:
            signature = signed(sign_in(session, reader, uuid.uuid4()))
            if reader == "Ann":
                save_policy(session, Policy(link_share=1), signature)
            if pair == (a, b):
                settle_link(session, load_link(session, a, b), kind, signed(signature.reviewer))
            else:
                save_link_reading(session, pair, kind, signed(signature.reviewer))


def test_copies_origins_utterances_and_links_come_back(
    two_databases: tuple[Database, Database],
) -> None:
    database, other = two_databases
    agency, copy, own, denied, apart = (
        print_words(database, name, hour, body=story(body))
        for hour, (name, body) in enumerate(
            (("Wire", "wire"), ("Pier", "wire"), ("Herald", "herald"), ("Post", "post"),
             ("Star", "wire"))
        )
    )  # fmt: skip
    compare(database)
    for claim in (agency, copy, own):
        settle(database, claim)
    with database.writer() as session:
        reviewer = add_reviewer(session)
    edit_claim(database, own, reviewer, links=[{"b": str(agency), "kind": "same_words"}])
    edit_claim(database, denied, reviewer,
               refused_links=[{"b": str(agency), "kind": "same_words"}])  # fmt: skip
    with database.writer() as session:
        source = session.execute(
            text("SELECT id FROM claims.source WHERE name = 'Herald'")
        ).scalar_one()
        settle_copy(session, document_of(database, apart), document_of(database, apart),
                    signed(reviewer))  # fmt: skip
        settle_origin(session, document_of(database, copy), source, signed(reviewer))
    read_links(database, copy, agency)
    compare(database)
    before = contents(database)
    assert all(before[f"claims_v1.{view}"] for view in VIEWS)
    assert all(before[f"claims.{table}"] for table in TABLES)
    restored = import_archive(other, write(database))[0].restored
    assert restored is not None
    assert restored["claim"] == 5
    compare(other)
    assert contents(other) == before
    assert write(other) == write(database)
