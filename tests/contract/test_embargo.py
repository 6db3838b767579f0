"""Nothing of an article is published before its embargo has ended: no view, function or export."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import Connection, select, text

from claims.catalogue.card import Filters
from claims.catalogue.errors import EmbargoedError
from claims.catalogue.find import find_claims, find_open_claim, search_claims
from claims.database.engine import Database
from claims.exchange.export import ExportRequest, write_export
from claims.ingest.articles import ingest_articles
from claims.model.notice import ENDLESS, Embargo, Notice, NoticeKind
from claims.model.proposal import Proposal
from claims.releases.states import count_published
from claims.review.cards import load_card
from claims.schema import ClaimRow, ReviewerRow
from claims.sources.timeline import load_timeline
from tests.makers import NOW, RUN, article, proposal, settle

ADDRESS = "https://pier.example/secret"

VIEWS = text("""
    SELECT c.relname FROM pg_class AS c
     WHERE c.relnamespace = 'claims_v1'::regnamespace AND c.relkind = 'v' ORDER BY 1
""")
FUNCTIONS = {
    "search": "claims_v1.search('bridge')",
    "timeline": "claims_v1.timeline((SELECT speaker FROM claims.claim))",
    "claims_as_of": "claims_v1.claims_as_of(now())",
    "claims_as_of one": "claims_v1.claims_as_of(now(), (SELECT id FROM claims.claim))",
    "changes_since": "claims_v1.changes_since(NULL)",
    "chain_text": "(SELECT claims_v1.chain_text(id) AS chain FROM claims.claim) AS f"
    " WHERE chain IS NOT NULL",
}
SHARED = {"outlet_ratings", "releases"}
"""Views of what no article owns: ratings, and states by name."""


def propose(printed: str, published: date | None) -> tuple[Proposal, ...]:
    del published
    return (proposal(printed),)


@pytest.fixture
def secret(database: Database) -> Database:
    """An article with a published claim and an open notice, under embargo until the year 9999."""
    asked = Notice(NoticeKind.CORRECT, "correction-paragraph", "It was Tuesday.", "a.txt")
    held = article(url=ADDRESS, notices=(asked,), embargo=Embargo("not yet", None))
    list(ingest_articles(database, [held], propose, run=RUN, clock=lambda: NOW))
    with database.engine.connect() as connection:
        claim = connection.execute(text("SELECT id FROM claims.claim")).scalar_one()
    settle(database, claim)
    return database


def relations(connection: Connection) -> dict[str, str]:
    views = [str(name) for name in connection.scalars(VIEWS)]
    functions = set(
        connection.scalars(
            text("SELECT proname FROM pg_proc WHERE pronamespace = 'claims_v1'::regnamespace")
        )
    )
    assert functions == {name.split()[0] for name in FUNCTIONS}
    return {name: f"claims_v1.{name}" for name in views if name not in SHARED} | FUNCTIONS


def counts(connection: Connection) -> dict[str, int]:
    return {
        name: connection.execute(text(f"SELECT count(*) FROM {relation}")).scalar_one()
        for name, relation in relations(connection).items()
    }


def test_no_view_and_no_function_has_a_row_before_its_minute(secret: Database) -> None:
    with secret.engine.connect() as connection:
        assert {name: count for name, count in counts(connection).items() if count} == {}


# A later word of the publisher on the same version, as the program stores it.
SAY = text("""
    INSERT INTO claims.sighting (id, document, version, seen_at, publisher_version, embargo, run)
    SELECT gen_random_uuid(), document, version, seen_at, :number, CAST(:until AS timestamptz), run
      FROM claims.sighting LIMIT 1
""")


def test_lists_and_exports_have_nothing_of_it_and_reviewers_see_it(secret: Database) -> None:
    with secret.reader() as session:
        claim = session.scalars(select(ClaimRow.id)).one()
        speaker = session.scalars(select(ClaimRow.speaker)).one()
        assert speaker
        assert find_claims(session, Filters(), limit=9) == []
        assert search_claims(session, "bridge", limit=9) == []
        assert load_timeline(session, speaker, Filters(), limit=9) == []
        assert count_published(session) == 0
        with pytest.raises(EmbargoedError, match="under embargo until a person lifts it"):
            find_open_claim(session, str(claim))
        reviewer = session.scalars(select(ReviewerRow.id)).one()
        assert load_card(session, claim, reviewer).embargo == ENDLESS
        for form in sorted({"jsonl", "csv", "webannotation", "ftm"}):
            out = BytesIO()
            write_export(session, ExportRequest(form), out, lambda *_: None)
            assert b"bridge is safe" not in out.getvalue()
            assert b"pier.example" not in out.getvalue()


def test_the_minute_itself_ends_it(secret: Database) -> None:
    # now() stands still within a transaction, so that the edge itself can be looked at.
    with secret.engine.connect() as connection:
        ends = connection.execute(text("SELECT now(), now() + interval '1 microsecond'")).one()
        for number, (end, seen) in enumerate(zip(ends, (1, 0), strict=True), 1):
            connection.execute(SAY, {"number": number, "until": end})
            published = counts(connection)
            assert (published["documents"], published["claims"], published["search"]) == (seen,) * 3


def test_a_follower_is_told_when_an_embargo_has_ended(secret: Database) -> None:
    feed = "SELECT token, action, subject_kind FROM claims_v1.changes_since(CAST(:token AS text))"
    words: list[tuple[str, list[str]]] = [
        ("9999-12-31 01:00+00", []),
        ("clock", ["embargo-ended"]),
    ]
    with secret.engine.connect() as connection:
        other = article("The pier is shut, the harbour agency said.", url="https://pier.example/b")
        list(ingest_articles(secret, [other], lambda *_: (), run=RUN, clock=lambda: NOW))
        killed = Notice(NoticeKind.KILL, "ninjs-pubstatus", "canceled", "b", url=other.url)
        list(ingest_articles(secret, [killed], lambda *_: (), run=RUN, clock=lambda: NOW))
        [(token, action, _)] = connection.execute(text(feed), {"token": None})
        connection.rollback()
        assert action == "killed"
        for number, (until, actions) in enumerate(words, 1):
            end = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
            connection.execute(SAY, {"number": number, "until": end if until == "clock" else until})
            connection.commit()
            rows = connection.execute(text(feed), {"token": token}).all()
            connection.rollback()
            assert [row.action for row in rows] == actions
            token = rows[-1].token if rows else token
        assert connection.execute(text(feed), {"token": token}).all() == []


def test_an_embargo_laid_later_takes_away_what_was_published_and_its_publisher_may_end_it(
    secret: Database,
) -> None:
    feed = text("SELECT token, action FROM claims_v1.changes_since(CAST(:token AS text))")
    published = text("SELECT count(*) FROM claims_v1.claims")
    as_of = text("SELECT count(*) FROM claims_v1.claims_as_of(CAST(:at AS timestamptz))")
    moments, token = [], None
    words = ((None, "embargo-ended", 1), ("9999-12-31", "embargoed", 0), (None, "embargo-ended", 1))
    with secret.engine.connect() as connection:
        for number, (until, action, count) in enumerate(words, 1):
            connection.execute(SAY, {"number": number, "until": until})
            connection.commit()
            rows = connection.execute(feed, {"token": token}).all()
            token = rows[-1].token
            assert rows[-1].action == action
            assert connection.execute(published).scalar_one() == count
            moments.append((connection.execute(text("SELECT now()")).scalar_one(), count))
            connection.rollback()
        for moment, count in moments:
            assert connection.execute(as_of, {"at": moment}).scalar_one() == count


def test_decisions_under_embargo_make_no_page_shorter(database: Database) -> None:
    feed = text("SELECT claim FROM claims_v1.changes_since(NULL, :most)")
    hidden = Embargo("not yet", None)
    held = [article(url=f"{ADDRESS}/{n}", embargo=hidden) for n in range(3)]
    told = [article(url=f"https://pier.example/{n}") for n in range(2)]
    list(ingest_articles(database, [*held, *told], propose, run=RUN, clock=lambda: NOW))
    claims = text("""
        SELECT c.id FROM claims.claim AS c JOIN claims.document_version AS v ON v.id = c.version
          JOIN claims.document AS d ON d.id = v.document ORDER BY d.url DESC""")
    with database.reader() as session:
        for claim in session.scalars(claims):  # three under embargo, then two that are not
            settle(database, claim)
    with database.reader() as session:
        shown = session.scalars(feed, {"most": 9}).all()
        assert len(shown) == 2
        for most in (1, 2, 3):
            assert session.scalars(feed, {"most": most}).all() == shown[:most]


def test_nobody_learns_of_a_person_whom_only_an_article_under_embargo_names(
    secret: Database,
) -> None:
    names = "SELECT count(*) FROM claims_v1.{} WHERE name = 'Ada Quill'"
    with secret.engine.connect() as connection:
        for view, count in (("sources", 0), ("source_names", 0)):
            assert connection.execute(text(names.format(view))).scalar_one() == count
        connection.execute(SAY, {"number": 1, "until": None})
        for view, count in (("sources", 1), ("source_names", 1)):
            assert connection.execute(text(names.format(view))).scalar_one() == count
