"""Which document and which version an article is, and what a new version does to the queue."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims.database.engine import Database
from claims.documents.addresses import address_key, addresses_of, believed_url
from claims.ingest.articles import Outcome, ingest_articles
from claims.model.article import Article
from claims.model.capture import Capture
from claims.model.proposal import Proposal
from tests.makers import NOW, RUN, TEXT, proposal, settle
from tests.makers import article as make_article

URL = "https://pier.example/bridge"
LATER = TEXT.replace("Monday", "Tuesday")
LAST = TEXT.replace("Monday", "Wednesday")
OTHER = (
    "The council of the old town met for three hours and voted on new lamps for the market,"
    ' which "will be lit by spring", the treasurer said.\n'
)


def article(printed: str = TEXT, **changes: Any) -> Article:  # noqa: ANN401 - fields of an article
    return make_article(printed, url=URL, **changes)


def propose(printed: str, published: date | None) -> Sequence[Proposal]:
    del published
    return (proposal(printed),) if '"the bridge is safe"' in printed else ()


def ingest(database: Database, *records: Article) -> list[Outcome]:
    moments = (NOW + timedelta(minutes=number) for number in range(1000))
    return list(ingest_articles(database, records, propose, run=RUN, clock=lambda: next(moments)))


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def days(database: Database) -> tuple[list[str], str]:
    """The day that each version has, in their order, and that of the current one."""
    query = """
        SELECT substring(v.text FROM '(Mon|Tues|Wednes)day'),
               v.id = claims.current_version(v.document)
          FROM claims.document_version AS v ORDER BY v.number
    """
    stored = rows(database, query)
    [current] = [day for day, is_current in stored if is_current]
    return [day for day, _ in stored], current


def waiting(database: Database) -> list[str]:
    query = """
        SELECT substring(v.text FROM '(Mon|Tues|Wednes)day') FROM claims.waiting AS w
          JOIN claims.waiting_article AS a ON a.turn = w.turn
          JOIN claims.document_version AS v ON v.id = a.version ORDER BY 1
    """
    return [day for (day,) in rows(database, query)]


def seen(minute: int) -> datetime:
    return NOW + timedelta(minutes=minute)


def test_another_text_of_the_same_address_is_the_next_version(database: Database) -> None:
    ingest(database, article(), article(LATER))
    assert days(database) == (["Mon", "Tues"], "Tues")
    assert waiting(database) == ["Tues"]


def test_a_file_that_is_changed_back_is_a_revert(database: Database) -> None:
    first, second = article(seen_at=seen(1)), article(LATER, seen_at=seen(2))
    ingest(database, first, second, replace(first, seen_at=seen(3)))
    assert days(database) == (["Mon", "Tues"], "Mon")
    assert waiting(database) == ["Mon"]
    assert rows(database, "SELECT count(*) FROM claims.sighting") == [(3,)]


def test_a_folder_that_is_read_again_adds_nothing(database: Database) -> None:
    first, second = article(seen_at=seen(1)), article(LATER, seen_at=seen(2))
    ingest(database, first, second)
    before = rows(database, "SELECT * FROM claims.sighting ORDER BY id")
    again = ingest(database, first, second)
    assert [(one.new, one.claims) for one in again] == [(False, 0), (False, 0)]
    assert rows(database, "SELECT * FROM claims.sighting ORDER BY id") == before
    assert days(database) == (["Mon", "Tues"], "Tues")
    assert waiting(database) == ["Tues"]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_arrival_does_not_matter_where_the_publisher_counts(
    database: Database, order: Sequence[int]
) -> None:
    versions = [
        article(printed, publisher_version=number, publisher_time=seen(number))
        for number, printed in enumerate((TEXT, LATER, TEXT, LAST), 1)
    ]
    ingest(database, *(versions[number] for number in order))
    assert days(database)[1] == "Wednes"
    assert waiting(database) == ["Wednes"]
    assert rows(database, "SELECT count(*) FROM claims.sighting") == [(4,)]


def test_an_older_version_that_arrives_late_is_kept_and_proposes_nothing(
    database: Database,
) -> None:
    ingest(database, article(LATER, publisher_version=2), article(publisher_version=1))
    assert days(database) == (["Tues", "Mon"], "Tues")
    assert waiting(database) == ["Tues"]


def test_what_a_person_settled_stays_with_its_version(database: Database) -> None:
    ingest(database, article())
    [(claim,)] = rows(database, "SELECT id FROM claims.claim")
    settle(database, uuid.UUID(str(claim)))
    ingest(database, article(LATER))
    assert rows(database, "SELECT id, status FROM claims.claim WHERE revision > 0") == [
        (claim, "accepted")
    ]
    assert waiting(database) == ["Tues"]


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace('"', "”"),
        TEXT.replace(" ", "\u00a0"),
        TEXT.upper(),
        "\n" + TEXT.replace(" said", "\nsaid"),
    ],
)
def test_typography_and_spaces_make_no_version(database: Database, changed: str) -> None:
    ingest(database, article(seen_at=seen(1)), article(changed, seen_at=seen(2)))
    assert days(database) == (["Mon"], "Mon")
    assert waiting(database) == ["Mon"]


@pytest.mark.parametrize("changed", [TEXT.replace("safe", "not safe"), TEXT + "Not yet.\n"])
def test_one_word_makes_a_version(database: Database, changed: str) -> None:
    ingest(database, article(), article(changed))
    assert rows(database, "SELECT count(*) FROM claims.document_version") == [(2,)]


def capture(uri: str, minute: int = 0, *redirects: str) -> Capture:
    return Capture(uri, seen(minute), 200, (), redirects)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # the same page, tracked
        ({"url": URL}, {"url": f"{URL}/?utm_source=feed#top"}),
        # AMP and canonical
        ({"url": URL}, {"url": "https://amp.pier.example/bridge", "other_urls": (URL,)}),
        # a redirect
        ({"url": URL}, {"capture": capture("https://pier.example/b", 1, URL)}),
        # the id changed, the address did not
        ({"url": URL, "external_id": "a"}, {"url": URL, "external_id": "b"}),
        # the address changed, the id did not
        (
            {"url": URL, "external_id": "a", "outlet": "Pier"},
            {"url": f"{URL}-is-safe", "external_id": "a", "outlet": "Pier"},
        ),
        # a further id
        (
            {"external_id": "a", "outlet": "Pier"},
            {"external_id": "b", "outlet": "Pier", "other_ids": ("a",)},
        ),
        # an item that replaces another, with other words
        (
            {"external_id": "a", "outlet": "Pier"},
            {"external_id": "b", "outlet": "Pier", "evolved_from": "a", "text": OTHER},
        ),
    ],
)
def test_these_are_one_document(
    database: Database, one: dict[str, Any], two: dict[str, Any]
) -> None:
    ingest(database, make_article(**one), make_article(**{"text": LATER} | two))
    assert rows(database, "SELECT count(*) FROM claims.document") == [(1,)]
    assert rows(database, "SELECT count(*) FROM claims.document_version") == [(2,)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"url": "https://pier.example/?article=5"}, {"url": "https://pier.example/?article=6"}),
        ({"external_id": "a", "outlet": "Pier"}, {"external_id": "a", "outlet": "Quay"}),
        # a canonical address on another domain, or the site's first page, names no article
        (
            {"url": URL, "capture": capture("https://quay.example/1", 0)},
            {"url": URL, "capture": capture("https://quay.example/2", 1)},
        ),
        (
            {"url": "https://pier.example/", "capture": capture("https://pier.example/1", 0)},
            {"url": "https://pier.example/", "capture": capture("https://pier.example/2", 1)},
        ),
    ],
)
def test_these_are_two(database: Database, one: dict[str, Any], two: dict[str, Any]) -> None:
    ingest(database, make_article(**one), make_article(**{"text": LATER} | two))
    assert rows(database, "SELECT count(*) FROM claims.document") == [(2,)]


def test_a_canonical_address_of_an_unlike_text_is_not_believed(database: Database) -> None:
    first = article(capture=capture("https://pier.example/1", 1))
    other = make_article(OTHER, url=URL, capture=capture("https://pier.example/2", 2))
    ingest(database, first, other)
    again = ingest(database, first, other)
    assert [one.new for one in again] == [False, False]
    assert rows(database, "SELECT url FROM claims.document ORDER BY 1") == [
        ("https://pier.example/2",),
        (URL,),
    ]
    assert rows(database, "SELECT count(*) FROM claims.document_version") == [(2,)]
    assert rows(database, "SELECT count(*) FROM claims.sighting") == [(2,)]


def test_a_page_that_is_rewritten_stays_its_document(database: Database) -> None:
    ingest(database, article(capture=capture("https://pier.example/1", 1)))
    rewritten = make_article(OTHER, url=URL, capture=capture("https://pier.example/1", 2))
    ingest(database, rewritten)
    assert rows(database, "SELECT url FROM claims.document") == [(URL,)]
    assert rows(database, "SELECT count(*) FROM claims.document_version") == [(2,)]


@pytest.mark.parametrize(
    "second",
    [
        {"text": OTHER, "external_id": "a", "outlet": "Pier"},
        {"text": OTHER, "external_id": "a", "outlet": "Pier", "url": f"{URL}-2"},
        {"text": LATER, "external_id": "a", "outlet": "Pier", "url": "https://quay.example/a"},
    ],
)
def test_an_id_that_stands_for_another_article_is_a_problem(
    database: Database, second: dict[str, Any]
) -> None:
    first = article(external_id="a", outlet="Pier")
    outcomes = ingest(database, first, make_article(**second), article(LAST))
    assert [type(one.record).__name__ for one in outcomes] == ["Article", "Problem", "Article"]
    assert rows(database, "SELECT reason, field, value FROM claims.problem") == [
        ("id-reused", "id", "a")
    ]
    assert rows(database, "SELECT count(*) FROM claims.document") == [(1,)]


def test_two_names_of_one_outlet_with_one_id_do_not_stop_a_run(database: Database) -> None:
    ingest(database, make_article(external_id="a", outlet="The Pier"))
    outcomes = ingest(database, make_article(OTHER, external_id="a", outlet="Pier"), article(LATER))
    assert len(outcomes) == 2
    assert rows(database, "SELECT count(*) FROM claims.document_version") >= [(2,)]


def test_keys_of_addresses() -> None:
    same = [
        "https://pier.example/bridge", "http://www.pier.example/bridge/",
        "https://pier.example/bridge?utm_source=x&fbclid=1", "HTTPS://PIER.example/bridge#c2",
    ]  # fmt: skip
    assert {address_key(url) for url in same} == {"pier.example/bridge"}
    other = ["https://pier.example/bridge?article=5", "https://pier.example/Bridge",
             "https://pier.example/bridge#:~:text=it%20is", "https://pier.example:8443/bridge",
             "tag:pier.example,2026:1"]  # fmt: skip
    assert len({address_key(url) for url in [*same, *other]}) == 6


def test_addresses_of_an_article_are_told_apart() -> None:
    page = make_article(
        url=URL,
        capture=capture("https://pier.example/b?id=1", 0, "https://pier.example/short"),
        other_urls=("https://amp.pier.example/b", "https://pier.example/"),
    )
    assert believed_url(page) == URL
    assert {url: str(kind) for url, kind in addresses_of(page).items()} == {
        URL: "canonical",
        "https://pier.example/b?id=1": "fetched",
        "https://pier.example/short": "redirect",
        "https://amp.pier.example/b": "other",
    }


STATEMENTS = (
    "UPDATE claims.sighting SET seen_at = now()",
    "DELETE FROM claims.sighting",
    "TRUNCATE claims.sighting",
    "UPDATE claims.document_address SET url = 'https://x.example/'",
    "DELETE FROM claims.document_address",
    "TRUNCATE claims.document_address",
    "UPDATE claims.document_identifier SET external_id = 'x'",
    "DELETE FROM claims.document_identifier",
    "TRUNCATE claims.document_identifier",
    # a sighting of a version that is another document's
    """INSERT INTO claims.sighting (id, document, version, seen_at, run)
       SELECT gen_random_uuid(), o.id, v.id, now(), v.run FROM claims.document_version AS v
         JOIN claims.document AS o ON o.id <> v.document LIMIT 1""",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_sightings_addresses_and_ids_are_only_ever_added(
    database: Database, statement: str
) -> None:
    ingest(database, article(external_id="a"), make_article(OTHER, external_id="b"))
    with pytest.raises(DBAPIError, match=r"only ever added|of another document"):
        _run(database, [statement])


def _run(database: Database, statements: Iterable[str]) -> None:
    with database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_the_first_sighting_of_a_capture_is_its_own_moment(database: Database) -> None:
    ingest(database, article(capture=capture(URL, 5)), article(capture=capture(URL, 9)))
    assert rows(database, "SELECT seen_at FROM claims.sighting ORDER BY 1") == [
        (datetime(2026, 5, 4, 12, 5, tzinfo=UTC),),
        (datetime(2026, 5, 4, 12, 9, tzinfo=UTC),),
    ]
