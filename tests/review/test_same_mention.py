"""When a mention names somebody whom people settled elsewhere in the article."""

import uuid

import pytest

from claims.model.span import Span
from claims.review.card import Candidate
from claims.review.same_mention import NamedSource, find_settled
from tests.makers import spans_of


def named(
    article: str, name: str, mention: str, *, settled: bool = True, kind: str = "person"
) -> NamedSource:
    source = Candidate(uuid.uuid4(), name, kind, None, None, None, "")
    return NamedSource(source, spans_of(article, mention), settled)


def settled_as(
    article: str, mention: str, *sources: NamedSource, linked: str | None = None
) -> str | None:
    start = article.rindex(mention)
    found = find_settled(article, (Span(start, start + len(mention)),), linked, sources)
    return found.name if found else None


@pytest.mark.parametrize(
    ("first", "mention"),
    [
        ("Ambassador Ada Quill", "Quill"),
        ("Ada Quill", "Ambassador Quill"),
        ("the ambassador", "Ambassador Ada Quill"),
        ("the ambassador", "Mrs Quill"),
        ("the ambassador", "Ada"),
        ("the ambassador", "Norwegian Ambassador Ada Quill"),
        ("the ambassador", "Ada Quill, a lawyer from Oslo"),
        ("Quill", "Quill"),
    ],
)
def test_a_name_is_the_settled_person(first: str, mention: str) -> None:
    article = f"In the past, {first} said this. Later, {mention} said that."
    assert settled_as(article, mention, named(article, "Ada Quill", first)) == "Ada Quill"


@pytest.mark.parametrize(
    "mention",
    [
        "she", "he", "the ambassador", "an ambassador", "a man", "Bob Quill", "Quill Tanner",
        "Ada Stone", "the spokesman for Ada Quill", "Quill's lawyer", "Quillon", "",
        "The Ada Quill Fund", "one of Ada Quill",
    ],
)  # fmt: skip
def test_what_may_be_somebody_else_is_not(mention: str) -> None:
    article = f"Ada Quill, the ambassador, said this. Later, {mention} said that."
    assert settled_as(article, mention, named(article, "Ada Quill", "Ada Quill")) is None


def test_a_surname_of_two_people_is_nobodys() -> None:
    article = "Ada Quill said this. Bob Quill said no. Later, Quill said that."
    ada = named(article, "Ada Quill", "Ada Quill")
    assert settled_as(article, "Quill", ada) == "Ada Quill"
    bob = named(article, "Bob Quill", "Bob Quill", settled=False)
    assert settled_as(article, "Quill", ada, bob) is None
    assert settled_as(article, "Bob Quill", ada, bob) is None
    assert settled_as(article, "Ada Quill", ada, bob) == "Ada Quill"


def test_mr_beside_mrs_is_nobodys() -> None:
    article = "Ada Quill said this. Mrs. Quill and Mr. Quill differ. Quill said that."
    assert settled_as(article, "Quill", named(article, "Ada Quill", "Ada Quill")) is None


def test_what_people_settled_in_two_ways_is_nobodys() -> None:
    article = "Quill said this. Then Quill said no. Later, Quill said that."
    pair = (named(article, "Ada Quill", "Quill"), named(article, "Bob Quill", "Quill"))
    assert settled_as(article, "Quill", *pair) is None


@pytest.mark.parametrize(
    ("mention", "kind", "same"),
    [
        ("the ministry", "organisation", True),
        ("the ministry", "person", False),
        ("the ministry", "group", False),
        ("HMA", "outlet", True),
        ("Reports", "organisation", False),
        ("the Home Office letter", "organisation", True),
    ],
)
def test_a_body_is_the_settled_one_where_the_words_are_equal(
    mention: str, kind: str, *, same: bool
) -> None:
    article = f"There are reports. First, {mention} said this. Later, {mention} said that."
    settled = named(article, "Ministry of Works", mention, kind=kind)
    assert (settled_as(article, mention, settled) is not None) is same


def test_what_the_machine_linked_settles_nothing() -> None:
    article = "Ada Quill said this. Later, Quill said that."
    ada = named(article, "Ada Quill", "Ada Quill", settled=False)
    assert settled_as(article, "Quill", ada) is None


@pytest.mark.parametrize(
    ("linked", "proposed"),
    [("Bob Quill", "Ada Quill"), ("Quill", "Ada Quill"), ("Eve Quill", None)],
)
def test_a_link_to_somebody_the_article_never_names_gives_way(
    linked: str, proposed: str | None
) -> None:
    article = "Ada Quill and Eve Quill came. Quill said this. Later, Quill said that."
    ada = named(article, "Ada Quill", "Ada Quill")
    assert settled_as(article, "Quill", ada, linked=linked) == proposed


def test_who_was_settled_against_the_words_is_not_whom_the_words_name() -> None:
    article = "Ada Quill said this. Later, Ada Quill said that."
    mina = named(article, "Mina Vale", "Ada Quill")
    assert settled_as(article, "Ada Quill", mina, linked="Ada Quill") is None
    assert settled_as(article, "Ada Quill", mina) is None
    works = named(article, "Ministry of Works", "Ada Quill", kind="organisation")
    assert settled_as(article, "Ada Quill", works, linked="Ada Quill") is None
