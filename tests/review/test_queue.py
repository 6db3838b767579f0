"""The next card: in order, nobody else's, and given back when its time is over."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from claims.catalogue.card import Filters
from claims.ingest.run import make_run
from claims.ledger.errors import ChangedMeanwhileError
from claims.model.kinds import Form
from claims.review.order import Order
from claims.review.transitions import Action
from claims.utterances.compare import compare_all_due
from tests.makers import proposal, store
from tests.review.conftest import ARTICLE, Room


def articles(room: Room, count: int) -> list[list[uuid.UUID]]:
    """Claims of articles that differ in their last line and are a day apart, the newest first."""
    made = []
    for number in range(count):
        day = datetime(2026, 5, 20, tzinfo=UTC) - timedelta(days=number)
        text = f"{ARTICLE}Number {number} it was.\n"
        contents = ('"the bridge is safe"', "the ferry would stop")
        made.append(
            store(
                room.database,
                *(proposal(text, words) for words in contents),
                text=text,
                published_at=day,
            )
        )
    return made


def read_all(room: Room, name: str = "Ann", **more: object) -> list[uuid.UUID]:
    """The claims in the order they come, each accepted."""
    sitting, read = room.sitting(name, **more), []
    while card := sitting.next_card():
        read.append(card.claim)
        sitting.decide(card, Action.ACCEPT, {})
    return read


def compare(room: Room) -> None:
    """Compare what is due, as `claims compare` does."""
    with room.database.writer() as session:
        compare_all_due(session)


def printed(room: Room, *claims: uuid.UUID) -> list[int]:
    """How many texts print the words of each claim."""
    counted = dict(room.sql("SELECT claim, printed FROM claims.waiting"))
    return [counted[claim] for claim in claims]


def next_claim(room: Room, order: Order) -> uuid.UUID | None:
    """The next card in an order, which is given back."""
    sitting = room.sitting("Ann", order=order)
    card = sitting.next_card()
    sitting.leave()
    return card.claim if card else None


def test_one_article_is_read_to_its_end_before_the_next(room: Room) -> None:
    made = articles(room, 3)
    assert read_all(room) == [claim for claims in made for claim in claims]
    assert room.sql("SELECT count(*) FROM claims.waiting") == [(0,)]


def test_oldest_begins_with_what_was_published_first(room: Room) -> None:
    made = articles(room, 3)
    assert read_all(room, order=Order.OLDEST) == [c for claims in reversed(made) for c in claims]


def test_uncertain_begins_where_the_extractor_is_least_sure(room: Room) -> None:
    claims = room.store()
    scores = room.sql("SELECT extractor_score FROM claims.claim WHERE id = :c", c=claims[0])
    assert scores == [(0.9,)], "the others have 0.6"
    assert read_all(room, order=Order.UNCERTAIN)[-1] == claims[0]


def test_printed_begins_with_the_words_most_articles_print(room: Room) -> None:
    again = f"{ARTICLE}SHE denied, that money was   lost.\n"
    lone, one = store(
        room.database,
        proposal(ARTICLE, "Mayor Ada Quill said"),
        proposal(ARTICLE, "She denied that money was lost"),
        text=ARTICLE,
    )
    [other] = store(room.database, proposal(again, "SHE denied, that money was   lost"), text=again)
    compare(room)
    assert printed(room, one, other, lone) == [2, 2, 1]
    assert read_all(room, order=Order.PRINTED)[-1] == lone


def test_what_is_withdrawn_or_rejected_prints_nothing(room: Room) -> None:
    words = "She denied that money was lost"
    texts = [f"{ARTICLE}Number {number}.\n" for number in range(3)]
    claims = [store(room.database, proposal(text, words), text=text)[0] for text in texts]
    compare(room)
    assert printed(room, *claims) == [3, 3, 3]
    room.act("Ann", claims[0], "reject")
    compare(room)
    assert printed(room, *claims[1:]) == [2, 2]
    room.sitting("Ann").undo()
    compare(room)
    assert printed(room, *claims) == [3, 3, 3]


def test_what_very_many_print_counts_for_a_hundred(room: Room) -> None:
    words = "She denied that money was lost"
    texts = [f"{ARTICLE}Number {number}.\n" for number in range(4)]
    claims = [store(room.database, proposal(text, words), text=text)[0] for text in texts[:3]]
    compare(room)
    # Claims that are gone stand for those of as many articles.
    more = text(
        "INSERT INTO claims.quote_key (claim, key, word_group, denied, printed_at, counted)"
        " SELECT gen_random_uuid(), key, word_group, denied, printed_at, true"
        " FROM claims.quote_key CROSS JOIN generate_series(1, :many) WHERE claim = :claim"
    )
    with room.database.engine.begin() as connection:
        for many in (250, 1):
            connection.execute(more, {"many": many, "claim": claims[0]})
    assert printed(room, *claims) == [100, 100, 100]
    claims += store(room.database, proposal(texts[3], words), text=texts[3])
    compare(room)
    assert printed(room, *claims) == [100, 100, 100, 100]
    with room.database.engine.begin() as connection:
        connection.execute(
            text("DELETE FROM claims.quote_key WHERE claim NOT IN (SELECT id FROM claims.claim)")
        )
    assert printed(room, *claims) == [4, 4, 4, 4]


def test_claims_of_texts_stored_at_one_moment_do_not_mix(room: Room) -> None:
    with room.database.engine.begin() as connection:
        connection.execute(
            text(
                "ALTER TABLE claims.document_version"
                " ALTER COLUMN recorded_at SET DEFAULT '2026-05-20 12:00:00.000001+00'"
            )
        )
    made = articles(room, 3)
    turns = [turn for (turn,) in room.sql("SELECT turn FROM claims.waiting_article ORDER BY turn")]
    assert turns == [turns[0], turns[0] + 1, turns[0] + 2]
    assert read_all(room) == [claim for claims in made for claim in claims]
    assert room.sql("SELECT count(*) FROM claims.waiting_article") == [(0,)]


def test_what_comes_back_stands_where_it_stood(room: Room) -> None:
    made = articles(room, 2)
    sitting = room.sitting("Ann")
    for claim in made[0]:
        sitting.decide(sitting.card(claim), Action.ACCEPT, {})
    for _ in made[0]:
        sitting.undo()
    assert read_all(room) == [claim for claims in made for claim in claims]


def test_the_queue_follows_what_is_learned_of_an_article(room: Room) -> None:
    texts = (f"{ARTICLE}One.\n", f"{ARTICLE}Two.\n")
    undated, dated = (
        store(room.database, proposal(body, "the bridge is safe"), text=body, published_at=day)
        for body, day in zip(texts, (None, datetime(2026, 5, 20, tzinfo=UTC)), strict=True)
    )
    assert next_claim(room, Order.OLDEST) == dated[0]
    with room.database.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE claims.document SET published_at = '2026-05-02' WHERE published_at IS NULL"
            )
        )
    assert next_claim(room, Order.OLDEST) == undated[0]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(speaker="quill"), 3),
        (Filters(speaker="nobody"), 0),
        (Filters(outlet="pier"), 3),
        (Filters(outlet="shore"), 0),
        (Filters(form=Form.QUOTE), 1),
        (Filters(words="ferry"), 1),
        (Filters(since=date(2026, 5, 4)), 3),
        (Filters(until=date(2026, 5, 3)), 0),
        (Filters(speaker="quill", form=Form.PARAPHRASE, words="money"), 1),
    ],
)
def test_filters_choose_which_cards_come(room: Room, filters: Filters, count: int) -> None:
    room.store(outlet="The Pier")
    assert room.sitting("Ann", filters=filters).counts()[0] == count
    assert len(read_all(room, filters=filters)) == count


def test_what_is_put_aside_comes_only_when_asked_for(room: Room) -> None:
    claims = room.store()
    sitting = room.sitting("Ann")
    card = sitting.next_card()
    assert card is not None
    sitting.decide(card, Action.LATER, {})
    assert read_all(room) == claims[1:]
    assert read_all(room, put_aside=True) == claims[:1]


def test_moving_on_passes_over_and_ends(room: Room) -> None:
    claims = room.store()
    for order in Order:
        sitting, seen = room.sitting("Ann", order=order), []
        card = sitting.next_card()
        while card:
            seen.append(card.claim)
            card = sitting.next_card(after=card.claim)
        assert sorted(seen) == sorted(claims), order


def test_a_card_is_one_persons_until_its_time_is_over(room: Room) -> None:
    claims = room.store()
    ann, ben = room.sitting("Ann"), room.sitting("Ben")
    first, second = ann.next_card(), ben.next_card()
    assert first
    assert second
    assert [first.claim, second.claim] == claims[:2]
    assert ann.renew(first.claim)
    assert ben.card(first.claim).lease_until is None, "looked at, not taken"
    with room.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE claims.lease SET until = now() - interval '1 second'")
    taken = ben.next_card()
    assert taken
    assert taken.claim == first.claim
    assert not ann.renew(first.claim)
    with pytest.raises(ChangedMeanwhileError, match="Ben has the card now"):
        ann.decide(first, Action.ACCEPT, {})
    assert room.standing(first.claim).revision == 0


def test_who_leaves_gives_back(room: Room) -> None:
    room.store()
    ann, ben = room.sitting("Ann"), room.sitting("Ben")
    first = ann.next_card()
    ann.leave()
    second = ben.next_card()
    assert first
    assert second
    assert first.claim == second.claim


def test_reviewers_begin_with_different_articles(room: Room) -> None:
    made = articles(room, 3)
    begun = [room.sitting(name).next_card() for name in ("Ann", "Ben", "Cleo", "Dan")]
    found = [card.claim for card in begun if card]
    assert found[:3] == [claims[0] for claims in made]
    assert found[3] == made[0][1], "with no article free they share one"


@pytest.mark.parametrize("count", [12, pytest.param(8000, marks=pytest.mark.long)])
def test_eight_at_once_never_get_the_same_card(
    room: Room, count: int, figure: Callable[[str], None]
) -> None:
    """The long form is 8 reviewers with 2,000 decisions each."""
    made = articles(room, count)

    def work(number: int) -> list[uuid.UUID]:
        return read_all(room, f"R{number}")

    with ThreadPoolExecutor(8) as pool:
        served = [claim for claims in pool.map(work, range(8)) for claim in claims]
    assert sorted(served) == sorted(claim for claims in made for claim in claims)
    figure(f"8 reviewers, {len(served)} cards at once: 0 served twice, 0 left")


def test_a_claim_whose_article_is_read_anew_leaves_the_queue(room: Room) -> None:
    room.store()
    sitting = room.sitting("Ann")
    card = sitting.next_card()
    assert card is not None
    newer = make_run("ingest", ["a.txt"], "0", "newer")
    store(room.database, proposal(ARTICLE, "Bob Stone said"), text=ARTICLE, run=newer)
    assert room.sql("SELECT count(*) FROM claims.waiting") == [(1,)]
    assert room.sql("SELECT count(*) FROM claims.lease") == [(0,)]


def test_a_name_may_be_that_of_more_sources_than_a_statement_has_parameters(room: Room) -> None:
    [first, *_] = room.store()
    with room.database.engine.begin() as connection:
        connection.execute(
            text(
                "WITH made AS (INSERT INTO claims.source (id, kind, name)"
                " SELECT gen_random_uuid(), 'person', 'Quill ' || n"
                "   FROM generate_series(1, 66000) AS n"
                " RETURNING id, name) INSERT INTO claims.source_name (id, source, name, kind, keys)"
                " SELECT gen_random_uuid(), id, name, 'canonical', '{}' FROM made"
            )
        )
    sitting = room.sitting("Ann", filters=Filters(speaker="quill"))
    card = sitting.next_card()
    assert card is not None
    assert (card.claim, sitting.counts()[0]) == (first, 3)
