"""Days are computed backward from the publication, never guessed."""

from datetime import date

import pytest

from claims.extraction.when import find_said_on, find_venue
from claims.model.span import Span

SATURDAY = date(2018, 7, 14)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Thursday", date(2018, 7, 12)),
        ("Friday", date(2018, 7, 13)),
        ("on Saturday", SATURDAY),
        ("on Sunday", date(2018, 7, 8)),
        ("late Monday", date(2018, 7, 9)),
        ("yesterday", date(2018, 7, 13)),
        ("on July 3", date(2018, 7, 3)),
        ("on December 30", date(2017, 12, 30)),
        ("on December 30, 2018", date(2018, 12, 30)),
        ("on February 30", None),
    ],
)
def test_the_day(words: str, day: date | None) -> None:
    said_on = find_said_on(f"he said {words} that", SATURDAY)
    assert said_on is not None
    assert (said_on.text, said_on.first, said_on.last) == (words, day, day)
    assert said_on.spans == (Span(8, 8 + len(words)),)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("last week", date(2018, 7, 2), date(2018, 7, 8)),
        ("this week", date(2018, 7, 9), SATURDAY),
        ("last month", date(2018, 6, 1), date(2018, 6, 30)),
        ("in March", date(2018, 3, 1), date(2018, 3, 31)),
        ("in July", date(2018, 7, 1), SATURDAY),
        ("in December", date(2017, 12, 1), date(2017, 12, 31)),
        ("last year", date(2017, 1, 1), date(2017, 12, 31)),
        ("two days ago", date(2018, 7, 12), date(2018, 7, 12)),
        ("on 3 July 2018", date(2018, 7, 3), date(2018, 7, 3)),
        ("this morning", SATURDAY, SATURDAY),
    ],
)
def test_a_range_of_days(words: str, first: date, last: date) -> None:
    said_on = find_said_on(f"he said {words} that", SATURDAY)
    assert said_on is not None
    assert (said_on.text, said_on.first, said_on.last) == (words, first, last)


def test_no_day_is_none() -> None:
    assert find_said_on("he said in Mayfair", SATURDAY) is None


@pytest.mark.parametrize(
    ("words", "venue"),
    [
        ("he said in a conference call with reporters that", "in a conference call with reporters"),
        ("In an interview with state TV after the talks", "In an interview with state TV"),
        ("she said in a statement", "in a statement"),
        ("she said in the morning", None),
    ],
)
def test_the_occasion(words: str, venue: str | None) -> None:
    result = find_venue(words, 30)
    assert (result.text if result else None) == venue
    if result:
        [(start, end)] = result.spans
        assert words[start - 30 : end - 30] == venue


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("The paper Shore Today said that", None),
        ("he told Today's Shore that", None),
        ("the Today programme said", None),
        ("Today, Quill said that", "Today"),
        ("“Yesterday,” Quill said", "Yesterday"),
        ("the Sunday Pier said", None),
        ("Sunday Pier said", None),
        ("he said at Friday Prayers", None),
        ("after Bloody Sunday he said", None),
        ("Quill Monday told reporters", "Monday"),
        ("on Sunday Quill said", "on Sunday"),
        ("After Tuesday's vote, Quill said", None),
        ("At yesterday’s meeting he said", None),
        ("he, in office since Monday, said", None),
        ("he said it has to end by Friday, and on Tuesday", "on Tuesday"),
    ],
)
def test_a_day_in_a_name_or_of_something_else_is_not_when_it_was_said(
    words: str, said: str | None
) -> None:
    said_on = find_said_on(words, SATURDAY)
    assert (said_on.text if said_on else None) == said


@pytest.mark.parametrize(
    ("dateline", "is_one"),
    [
        ("QUAYSIDE, July 4 (Wire) - ", True),
        ("Quayside, 14 July 2018 — ", True),
        ("NEW QUAY, Monday: ", True),
        ("NEW QUAY, North Shore, July 04 /WIRE SERVICE/ -- ", True),
        ("July 4 (Wire) – ", True),
        ("On Monday, July 9 - a holiday - ", False),
        ("Monday, July 9 - ", False),
    ],
)
def test_a_dateline_is_not_when_it_was_said(dateline: str, *, is_one: bool) -> None:
    assert (find_said_on(f"{dateline}Quill said that", SATURDAY) is None) is is_one
    said_on = find_said_on(f"{dateline}Quill said on Thursday that", SATURDAY, 5)
    assert said_on is not None
    if is_one:
        assert (said_on.text, said_on.first) == ("on Thursday", date(2018, 7, 12))
        assert said_on.spans[0].start == 5 + len(dateline) + len("Quill said ")


def test_the_day_in_a_sources_name_is_none() -> None:
    words = "The Pier on Sunday reported last week"
    said_on = find_said_on(words, SATURDAY, 10, [Span(14, 28)])
    assert (said_on.text if said_on else None) == "last week"
