"""When an embargo ends, in the words of press offices; never earlier than they mean."""

from datetime import UTC, datetime

import pytest

from claims.readers.embargo import printed_embargo, read_embargo
from tests.readers.wires import article, read, told


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL 00:01 GMT Tuesday 3 March 2026", "2026-03-03T00:01"),
        ("EMBARGO: 0001 hrs GMT 3 March 2026", "2026-03-03T00:01"),
        ("STRICTLY EMBARGOED until 00:01 hrs BST on 3rd May 2026", "2026-05-02T23:01"),
        ("Under embargo until 9 a.m. ET, March 3, 2026", "2026-03-03T14:00"),
        ("Not for release before noon CET, 3 March 2026", "2026-03-03T11:00"),
        ("Not for publication or broadcast before 12:01 a.m. Eastern Time, Tuesday, March 3, 2026",
         "2026-03-03T05:01"),
        ("EMBARGOED UNTIL 10:00 GMT+2, 3 March 2026", "2026-03-03T08:00"),
        ("HOLD FOR RELEASE UNTIL 5 p.m. PT March 3, 2026", "2026-03-04T01:00"),
        # Without a zone: when it has passed everywhere.
        ("Embargoed until 14.30, 3 March 2026", "2026-03-04T02:30"),
        ("EMBARGOED UNTIL 3 March 2026", "2026-03-03T12:00"),
        # Midnight may be either end of the day.
        ("EMBARGOED UNTIL MIDNIGHT GMT 3 MARCH 2026", "2026-03-04T00:00"),
        # 3 April or 4 March.
        ("EMBARGOED: 10:00 UTC 03/04/2026", "2026-04-03T10:00"),
        # Summer time ends an hour earlier than standard time.
        ("Embargoed until 9 a.m. Pacific, July 3, 2026", "2026-07-03T17:00"),
    ],
)  # fmt: skip
def test_a_label_that_can_be_read(line: str, until: str) -> None:
    embargo = printed_embargo(["PRESS RELEASE", line, "The bridge"])
    assert embargo is not None
    assert embargo.words == line
    assert embargo.until is not None
    assert embargo.until == datetime.fromisoformat(until).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGOED",
        "EMBARGOED UNTIL 3 March",
        "EMBARGOED UNTIL THE SPEECH IS DELIVERED",
        "EMBARGOED UNTIL 10:00 GMT+99, 3 March 2026",
        "Embargo: until further notice",
        "EMBARGOED UNTIL 2pm, Friday",
    ],
)
def test_a_label_that_cannot_be_read_holds_for_ever(line: str) -> None:
    embargo = printed_embargo([line, "The bridge is safe."])
    assert embargo is not None
    assert (embargo.words, embargo.until) == (line, None)


@pytest.mark.parametrize(
    "line",
    [
        "FOR IMMEDIATE RELEASE",
        "Embargo until 2027 on oil divides ministers",
        "Embargo on oil takes effect",
        "EMBARGO LIFTED",
        "Embargoed goods were seized on 3 March 2026",
        "The report was embargoed until 3 March 2026.",
        "Not for the first time",
        "EMBARGOED UNTIL 3 March 2026 " + "said a long paragraph " * 20,
    ],
)
def test_what_is_no_label(line: str) -> None:
    assert printed_embargo([line, "The bridge is safe."]) is None


def test_the_date_may_stand_on_the_next_line() -> None:
    embargo = printed_embargo(["EMBARGOED UNTIL", "00:01 GMT, 3 March 2026", "The bridge"])
    assert embargo is not None
    assert embargo.until == datetime(2026, 3, 3, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "words", ["Next Monday", "", "2026-13-45", "soon" * 5000, "3 March", "\x00"]
)
def test_words_that_name_no_moment(words: str) -> None:
    assert read_embargo(words).until is None


def test_any_text_may_be_embargoed() -> None:
    held = read(b"EMBARGOED UNTIL 00:01 GMT 3 March 2026\n\nThe bridge is safe.", "a.txt")
    embargo = article(held).embargo
    assert embargo is not None
    assert embargo.until == datetime(2026, 3, 3, 0, 1, tzinfo=UTC)
    assert told(read(b"EMBARGOED\n\nThe bridge is safe.", "a.txt"))[1:] == ["bad-date embargo"]
