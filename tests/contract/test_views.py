"""What the views say of a claim: office and rating of the day, chain, words around it."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from tests.acts import edit_claim
from tests.contract.conftest import Published, past_the_invariants
from tests.makers import TEXT, add_reviewer, store


def rows(database: Database, query: str, **values: object) -> list[dict[str, Any]]:
    with database.engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(query), values).mappings()]


ROLE = (
    "INSERT INTO claims.source_role (id, source, title, organisation, valid, keys)"
    " SELECT gen_random_uuid(), s.id, '{title}', o.id, '{valid}', '{{}}'"
    " FROM claims.source AS s, claims.source AS o"
    " WHERE s.name = 'Ada Quill' AND o.name = 'Harbour Agency'"
)


def test_the_office_is_that_of_the_day(database: Database, published: Published) -> None:
    past_the_invariants(
        database,
        ROLE.format(title="mayor", valid="[2026-05-04,2026-05-05)"),
        ROLE.format(title="governor", valid="[2026-05-05,)"),
        ROLE.format(title="clerk", valid="(,2026-05-04)"),
        ROLE.format(title="chair", valid="[2020-01-01,2027-01-01)"),
    )
    [row] = rows(database, "SELECT * FROM claims_v1.claims")
    assert row["claim"] == published.claim
    assert row["office"] == "mayor, Harbour Agency; chair, Harbour Agency"
    assert (row["said_from"], row["said_to"], row["day"]) == (date(2026, 5, 4),) * 3
    spans = rows(
        database, "SELECT title, valid_from, valid_to FROM claims_v1.source_roles ORDER BY 1"
    )
    assert [(row["title"], row["valid_from"], row["valid_to"]) for row in spans] == [
        ("chair", date(2020, 1, 1), date(2026, 12, 31)),
        ("clerk", None, date(2026, 5, 3)),
        ("governor", date(2026, 5, 5), None),
        ("mayor", date(2026, 5, 4), date(2026, 5, 4)),
    ]


def test_without_any_day_there_is_no_office(database: Database) -> None:
    store(database, published_at=None)
    past_the_invariants(
        database,
        ROLE.format(title="mayor", valid="(,)"),
        "UPDATE claims.claim SET said_on = NULL, listed_on = '0001-01-01'",
    )
    [row] = rows(database, "SELECT day, said_from, office FROM claims_v1.proposals")
    assert set(row.values()) == {None}


RATE = (
    "INSERT INTO claims.outlet_rating SELECT gen_random_uuid(), s.id, '{}', '{}', r.id, 'so'"
    " FROM claims.source AS s, (SELECT id FROM claims.reviewer ORDER BY id {} LIMIT 1) AS r"
    " WHERE s.name = 'The Pier'"
)


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ((), None),
        ((("A", "2026-05-05", ""),), None),  # nobody had rated it then
        ((("A", "2026-05-04", ""),), "A"),
        ((("B", "2020-01-01", ""), ("A", "2020-01-02", "")), "A"),
        # Two people, one day: the more cautious of the two; F says nothing, and does not count.
        ((("B", "2020-01-01", ""), ("D", "2020-01-01", "DESC")), "D"),
        ((("B", "2020-01-01", ""), ("F", "2020-01-01", "DESC")), "B"),
        ((("F", "2020-01-01", ""),), "F"),
    ],
)
@pytest.mark.usefixtures("published")
def test_the_outlets_rating_is_the_one_that_held(
    database: Database, ratings: tuple[tuple[str, str, str], ...], expected: str | None
) -> None:
    past_the_invariants(
        database,
        "INSERT INTO claims.reviewer (id, name) VALUES (gen_random_uuid(), 'other')",
        *(RATE.format(*rating) for rating in ratings),
    )
    [row] = rows(database, "SELECT outlet, outlet_rating FROM claims_v1.who_said_what")
    assert row == {"outlet": "The Pier", "outlet_rating": expected}
    assert len(rows(database, "SELECT * FROM claims_v1.outlet_ratings")) == len(ratings)


def test_a_merged_speaker_keeps_offices_and_is_found_under_the_other_name(
    database: Database, published: Published
) -> None:
    other = uuid.uuid4()
    past_the_invariants(
        database,
        ROLE.format(title="mayor", valid="(,)"),
        "INSERT INTO claims.source (id, kind, name) VALUES (:other, 'person', 'A. Quill-Marsh')",
        "UPDATE claims.source SET merged_into = :other, revision = 1 WHERE name = 'Ada Quill'",
        "INSERT INTO claims.source_merged SELECT id, merged_into FROM claims.source"
        " WHERE name = 'Ada Quill'",
        other=other,
    )
    query = "SELECT claim, office, speaker_id FROM claims_v1.claims WHERE speaker = :name"
    [row] = rows(database, query, name="A. Quill-Marsh")
    assert row == {
        "claim": published.claim,
        "office": "mayor, Harbour Agency",
        "speaker_id": other,
    }
    assert rows(database, query, name="Ada Quill") == []
    [page] = rows(database, "SELECT claim FROM claims_v1.timeline(:who)", who=other)
    assert page == {"claim": published.claim}
    names = rows(
        database, "SELECT DISTINCT shown_as FROM claims_v1.source_names WHERE name ~ 'Ada'"
    )
    assert names == [{"shown_as": other}]


def test_a_chain_reads_from_the_voice_to_the_page(database: Database, published: Published) -> None:
    [row] = rows(
        database,
        "SELECT chain, claims_v1.chain_text(claim) AS told FROM claims_v1.who_said_what",
    )
    assert row["chain"] == "Ada Quill ← Harbour Agency ← The Pier, 2026-05-04"
    assert row["told"] == row["chain"]
    [none] = rows(database, "SELECT claims_v1.chain_text(gen_random_uuid()) AS told")
    assert none == {"told": None}
    past_the_invariants(
        database,
        "UPDATE claims.document SET status = 'withdrawn', outlet = NULL, published_at = NULL,"
        " revision = 1",
        "ALTER TABLE claims.attribution DISABLE TRIGGER ALL",
        "UPDATE claims.attribution SET mode = 'denies', source = NULL, link_rule = NULL"
        " WHERE position = 2",
    )
    [row] = rows(database, "SELECT claims_v1.chain_text(:claim) AS told", claim=published.claim)
    assert row["told"] == "Ada Quill ← [Harbour Agency] (denies) (withdrawn)"


def test_a_withdrawn_article_marks_all_that_rests_on_it(
    database: Database, published: Published
) -> None:
    [second] = store(database, external_id="2")
    past_the_invariants(
        database,
        "UPDATE claims.document SET status = 'withdrawn', revision = 1 WHERE id = :document",
        "INSERT INTO claims.claim_link (id, a, b, kind) VALUES (:second, :second, :claim,"
        " 'same_words')",
        ROLE.format(title="mayor", valid="(,)"),
        "UPDATE claims.source_role SET evidence_version = v.id, evidence_spans = '{[0,3)}'"
        " FROM claims.document_version AS v WHERE v.document = :document",
        claim=published.claim,
        document=published.document,
        second=second,
    )
    marked = [
        "SELECT document_status FROM claims_v1.claims",
        "SELECT document_status FROM claims_v1.who_said_what",
        "SELECT document_status FROM claims_v1.source_roles",
        "SELECT b_document_status FROM claims_v1.links",
        "SELECT document_status FROM claims_v1.evidence WHERE claim = :claim",
        "SELECT DISTINCT document_status FROM claims_v1.attributions WHERE claim = :claim",
        "SELECT status FROM claims_v1.documents WHERE document = :document",
    ]
    for query in marked:
        [row] = rows(database, query, claim=published.claim, document=published.document)
        assert list(row.values()) == ["withdrawn"], query


def test_evidence_is_sixty_four_characters_around_never_the_article(database: Database) -> None:
    printed = "😀" * 70 + TEXT + "é" * 70
    [claim] = store(database, text=printed)
    [row] = rows(database, "SELECT * FROM claims_v1.evidence")
    start = printed.index('"the bridge')
    assert row["claim"] == claim
    assert row["spans"] == [[start, start + 20]]
    assert (row["first_character"], row["end_character"]) == (start, start + 20)
    assert row["exact"] == '"the bridge is safe"'
    assert row["before"] == printed[start - 64 : start]
    assert row["after"] == printed[start + 20 : start + 84]


def test_a_release_is_listed_with_its_digest(database: Database, published: Published) -> None:
    past_the_invariants(
        database,
        "INSERT INTO claims.release (id, name, made_by, note) SELECT gen_random_uuid(), 'May',"
        " id, 'first' FROM claims.reviewer LIMIT 1",
    )
    [row] = rows(database, "SELECT name, no, digest, note FROM claims_v1.releases")
    [last] = rows(database, "SELECT no, digest FROM claims_v1.decisions")
    assert row == {"name": "May", "note": "first", **last}
    assert published.claim


def test_a_timeline_is_walked_page_by_page_each_claim_once(database: Database) -> None:
    days = [datetime(2026, 5, 1 + n % 3, tzinfo=UTC) for n in range(7)]
    claims = [store(database, external_id=str(day) + str(n), published_at=day)[0]
              for n, day in enumerate(days)]  # fmt: skip
    past_the_invariants(
        database,
        "UPDATE claims.claim SET status = 'accepted', revision = 1, said_on = NULL",
        "UPDATE claims.claim SET listed_on = '0001-01-01' WHERE id = :one",
        one=claims[0],
    )
    [who] = rows(database, "SELECT DISTINCT speaker_id FROM claims_v1.claims")
    seen: list[dict[str, Any]] = []
    while True:
        page = rows(
            database,
            "SELECT claim, day FROM claims_v1.timeline(:who, 2, :after)",
            who=who["speaker_id"],
            after=seen[-1]["claim"] if seen else None,
        )
        if not page:
            break
        seen += page
    assert {row["claim"] for row in seen} == set(claims)
    assert len(seen) == len(claims)
    assert [row["day"] for row in seen[:-1]] == sorted(
        (row["day"] for row in seen[:-1]), reverse=True
    )
    assert seen[-1]["day"] is None


@pytest.mark.usefixtures("published")
def test_search_finds_published_claims_alone(database: Database) -> None:
    store(database, external_id="not published")
    for words, found in (("bridges", 1), ('"bridge is"', 1), ("bridge -safe", 0), ("", 0)):
        query = "SELECT claim FROM claims_v1.search(:words)"
        assert len(rows(database, query, words=words)) == found


def test_where_a_day_is_said_is_shown_while_the_claim_says_it_so(database: Database) -> None:
    [claim] = store(database)
    with database.writer() as session:
        reviewer = add_reviewer(session)
    spans = []
    for words in (None, "in spring", "on Monday"):
        if words:
            edit_claim(database, claim, reviewer, said_on_text=words)
        spans += rows(database, "SELECT said_on_spans, venue_spans FROM claims_v1.evidence")
    place = [TEXT.index("on Monday"), TEXT.index("on Monday") + len("on Monday")]
    assert [tuple(row.values()) for row in spans] == [
        ([place], None),
        (None, None),
        ([place], None),
    ]
