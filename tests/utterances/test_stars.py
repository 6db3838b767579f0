"""Claims compared: stars of utterances, whatever the order in which claims come."""

import random
import uuid
from itertools import product

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims.database.engine import Database, make_engine
from claims.model.json import JsonObject
from claims.model.notice import Embargo
from claims.review.transitions import Action
from claims.utterances.compare import compare_again, compare_all_due
from tests.conftest import People
from tests.utterances.conftest import SAFE, Press

LONG = f"{SAFE}, and whoever says otherwise has not walked over it in the last ten years"
FERRY = "the ferry will stop at noon and nobody will be told of it in time"


def test_an_utterance_is_a_star_to_its_earliest_report(press: Press) -> None:
    late = press.print_quote(SAFE, day=2, place="Late")
    piece = press.print_quote(LONG, day=1, place="Long")
    first = press.print_quote(SAFE, place="First")
    alone = press.print_quote(FERRY, place="Ferry")
    assert press.compare() == 4
    assert press.stars() == {first: first, late: first, piece: first, alone: alone}
    assert press.links() == sorted(
        [(late, first, "same_words", "proposed"), (piece, first, "same_content", "proposed")]
    )
    assert press.compare() == 0


def test_what_arrives_earlier_takes_the_lead(press: Press) -> None:
    late = press.print_quote(SAFE, day=2, place="Late")
    press.compare()
    assert press.stars() == {late: late}
    first = press.print_quote(f"{SAFE} again", day=1, place="First")
    press.compare()
    assert press.stars() == {late: first, first: first}


def test_words_of_another_speaker_are_another_utterance_and_it_is_said(press: Press) -> None:
    first = press.print_quote(SAFE, place="First")
    other = press.print_quote(SAFE, by="Bob Stone", day=1, place="Other")
    nobody = press.print_quote(SAFE, by=None, day=2, place="Nobody")
    press.compare()
    assert press.stars() == {first: first, other: other, nobody: first}
    reasons = press.sql("SELECT a, kind, reasons FROM claims_v1.links ORDER BY reasons")
    assert reasons == [
        (other, "same_content", "same words; other speaker"),
        (nobody, "same_words", "same words; speaker named in one only; 2 days apart"),
    ]


def test_half_of_the_words_by_nobody_named_are_asked_about_and_counted_apart(press: Press) -> None:
    half = "the old bridge is as safe today as any other in the whole valley, the council thinks"
    named = press.print_quote(SAFE, place="Named")
    nobody = press.print_quote(half, by=None, day=1, place="Nobody")
    press.compare()
    assert press.stars() == {named: named, nobody: nobody}
    query = "SELECT a, b, kind, reasons, same_act FROM claims.link_proposal"
    reasons = ["51 % of the words alike", "speaker named in one only"]
    assert press.sql(query) == [(nobody, named, "same_content", reasons, False)]
    again = press.print_quote(half, by=None, day=2, place="Again")
    press.compare()
    assert press.stars()[again] == nobody
    assert press.tables() == press.recount()


def test_a_few_words_are_the_same_by_speaker_and_day_alone(press: Press) -> None:
    first = press.print_quote("never again", place="First")
    same = press.print_quote("Never again", place="Same")
    later = press.print_quote("never again", day=1, place="Later")
    nobody = press.print_quote("never again", by=None, place="Nobody")
    press.compare()
    stars = press.stars()
    assert stars[same] == stars[first]
    assert {later: later, nobody: nobody}.items() <= stars.items()


def test_two_claims_of_one_article_and_a_later_version(press: Press) -> None:
    body = (SAFE, SAFE.replace("old", "very old"))
    claims = [press.print_quote(words, place=f"P{n}") for n, words in enumerate(body)]
    press.compare()
    assert len(set(press.stars().values())) == 1
    assert set(press.stars()) == set(claims)


def test_what_may_not_be_relied_on_leads_nothing_until_it_is_back(press: Press) -> None:
    first = press.print_quote(SAFE, place="First")
    second = press.print_quote(SAFE, day=1, place="Second")
    third = press.print_quote(SAFE, day=2, place="Third")
    press.compare()
    with_first = dict.fromkeys((first, second, third), first)
    without = {second: second, third: second}
    acts = (
        (lambda: press.decide(first, Action.REJECT), lambda: press.decide(first, Action.ACCEPT)),
        (lambda: press.rule(first, "withdraw"), lambda: press.rule(first, "restore")),
    )
    for away, back in acts:
        assert press.stars() == with_first
        away()
        # A view does not wait for the comparison.
        assert first not in press.stars()
        press.compare()
        assert press.stars() == without
        assert press.links() == [(third, second, "same_words", "proposed")]
        back()
        press.compare()
    assert press.stars() == with_first


def test_an_article_under_embargo_names_no_utterance_until_it_ends(press: Press) -> None:
    held = press.print_quote(SAFE, place="Held", embargo=Embargo("until further notice", None))
    second = press.print_quote(SAFE, day=1, place="Second")
    third = press.print_quote(SAFE, day=2, place="Third")
    press.compare()
    assert press.stars() == {second: second, third: second}
    press.rule(held, "lift-embargo")
    press.compare()
    assert press.stars() == dict.fromkeys((held, second, third), held)
    assert press.tables() == press.recount()


def test_two_sources_that_are_merged_say_one_thing_until_they_are_not(press: Press) -> None:
    one = press.print_quote(SAFE, place="One")
    other = press.print_quote(SAFE, by="Bob Stone", day=1, place="Other")
    press.compare()
    apart = press.stars()
    assert apart == {one: one, other: other}
    press.merge(other, one)
    press.compare()
    assert press.stars() == {one: one, other: one}
    assert press.links() == [(other, one, "same_words", "proposed")]
    press.unmerge(other)
    press.compare()
    assert press.stars() == apart
    assert press.tables() == press.recount()


def test_a_changed_number_is_one_utterance_but_speaks_for_itself(press: Press) -> None:
    cost = "the new harbour may cost up to {} million euros over the next ten years"
    fifty = press.print_quote(cost.format(50), place="Fifty")
    seventy = press.print_quote(cost.format(70), day=1, place="Seventy")
    again = press.print_quote(f"{cost.format(50)} or so", day=1, place="Again")
    auditor = press.print_quote(FERRY, by="Bob Stone", day=2, place="Auditor")
    press.compare()
    assert press.stars() == {**dict.fromkeys((fifty, seventy, again), fifty), auditor: auditor}
    [(kind, reasons)] = press.sql(
        "SELECT kind, reasons FROM claims_v1.utterances WHERE claim = :claim", claim=seventy
    )
    assert kind == "same_content"
    assert reasons.endswith("number: 70 / 50")
    for claim in (fifty, seventy, again, auditor):
        press.decide(claim, Action.ACCEPT)
    press.decide(auditor, Action.CORRECT, {"links": contradiction(seventy)})
    press.compare()
    assert opposed(press) == {fifty: False, again: False, seventy: True, auditor: True}
    press.decide(seventy, Action.CORRECT, {"links": contradiction(fifty)})
    press.compare()
    # Who says that one contradicts the other says that they are two statements.
    assert press.stars() == {fifty: fifty, again: fifty, seventy: seventy, auditor: auditor}
    assert opposed(press) == dict.fromkeys((fifty, again, seventy, auditor), True)
    assert press.tables() == press.recount()


def contradiction(of: uuid.UUID) -> list[JsonObject]:
    """A link that says that a claim contradicts another."""
    return [{"b": str(of), "kind": "contradicts"}]


def opposed(press: Press) -> dict[uuid.UUID, bool]:
    """Of each published claim whether another contradicts it."""
    return dict(press.sql("SELECT claim, opposed FROM claims_v1.corroboration"))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_arrival_makes_no_difference(press: Press, seed: int) -> None:
    chance = random.Random(seed)
    words = [SAFE, LONG, FERRY, f"{FERRY} again", SAFE.replace("first", "last")]
    words += [SAFE.replace("day", f"day{n}", 1) for n in range(3)]
    for n in range(30):
        press.print_quote(
            chance.choice(words), by=chance.choice(["Ada Quill", "Bob Stone", None]),
            day=chance.randrange(9), place=f"P{n}",
        )  # fmt: skip
        if chance.random() < 0.4:
            press.compare()
    press.compare()
    assert press.tables() == press.recount()


def test_the_machine_never_says_more_than_that_two_claims_are_the_same(
    press: Press, people: People
) -> None:
    a, b = press.print_quote(SAFE), press.print_quote(SAFE, day=1, place="Other")
    press.compare()
    link = "INSERT INTO claims.claim_link (id, a, b, kind) VALUES (:a, :a, :b, :kind)"
    member = "UPDATE claims.quote_group SET leader = 1, kind = :kind, score = 1, reasons = '{}'"
    refused = {
        press.database.url: "violates check constraint",
        people.writer: "violates check constraint",
        people.reader: "permission denied",
        people.stranger: "permission denied",
    }
    for url, why in refused.items():
        engine = make_engine(url)
        for kind, statement in product(("contradicts", "narrows", "retracts"), (link, member)):
            with pytest.raises(DBAPIError, match=why), engine.begin() as connection:
                connection.execute(text(statement), {"a": a, "b": b, "kind": kind})


def test_whoever_works_with_claims_may_compare(press: Press, people: People) -> None:
    first = press.print_quote(SAFE)
    later = press.print_quote(SAFE, day=1, place="Other")
    with Database(people.writer).writer() as session:
        assert compare_all_due(session) == 2
    assert press.stars() == {first: first, later: first}
    with Database(people.writer).writer() as session:
        compare_again(session)
        assert compare_all_due(session) == 2
    assert press.stars() == {first: first, later: first}
