"""Which questions two reports raise, and which they do not."""

from datetime import date

import pytest

from claims.comparison.questions import Clash, Moment, Report, ask
from claims.model.kinds import Mode

ASKED = [
    ("The flood killed 12 people", "The flood killed 14 people", "number: 12 people / 14 people"),
    ("The flood killed 12 people", "In all 14 people were killed by the flood",
     "number: 12 people / 14 people"),
    ("It cost the city $5 million", "It cost the city $7 million",
     "number: $5 million / $7 million"),
    ("Turnout reached 40 percent in the vote", "Turnout reached 60% in the vote",
     "number: 40 percent / 60%"),
    ("The talks begin on Monday in Oslo", "The talks begin on Thursday in Oslo",
     "date: Monday / Thursday"),
    ("The dam was opened on 3 May", "The dam was opened on 5 May", "date: 3 May / 5 May"),
    ("The dam was finished in 1998", "The dam was finished in 2001", "date: 1998 / 2001"),
    ("The mine is safe", "The mine is not safe", "negation: – / not"),
    ("The mine is safe", "The mine is unsafe", "opposite: safe / unsafe"),
    ("Prices in the city rose", "Prices in the city fell", "opposite: rose / fell"),
    ("The army shot at the village", "I withdraw my remark about the village",
     "withdrawal: The army shot at the village / withdraw my remark"),
]  # fmt: skip
"""Two reports of one speaker, and the question that they raise: what clashes, in which words."""

NOT_ASKED = [
    ("The flood killed 12 people", "The flood killed twelve people"),
    # Another unit, another thing, another sort of number.
    ("The flood killed 12 people", "The flood killed 14 cows"),
    ("The port costs $50 million", "The port costs 70 million a year"),
    ("We built 12 schools in the north", "We opened 14 clinics in the south"),
    ("It killed 12 people and hurt 30 people", "It killed 30 people and hurt 12 people"),
    # Rounded, or near what it says it is near.
    ("The port costs $1.25 billion", "The port costs $1.3 billion"),
    ("The strike cost about 50 million euros", "The strike cost 52 million euros"),
    # Relative days name another day each time.
    ("We meet the minister today", "We meet the minister on Thursday"),
    # The polarity differs elsewhere, or not alone.
    ("The mine isn't safe", "The mine is not safe"),
    ("I do not think the mine is safe", "I think the mine is not safe"),
    ("The old mine in the hills is safe", "The new shaft at the coast is not safe"),
    ("Prices rose and wages fell in the city", "Wages rose and rents fell in the town"),
    ("The mine is safe for visitors", "The mine is dangerous for engineers"),
    # Nothing that both are about.
    ("I withdraw my remark about the village", "The army shot at the bridge"),
    ("We will not withdraw our remark about the village", "The army shot at the village"),
    ("Yes", "No"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "later", "asked"), ASKED)
def test_a_question_names_the_words_that_clash(earlier: str, later: str, asked: str) -> None:
    question = ask(Report(earlier, "Berg"), Report(later, "Berg"))
    assert question is not None
    assert f"{question.clash}: {question.earlier_words} / {question.later_words}" == asked


@pytest.mark.parametrize(("earlier", "later"), NOT_ASKED)
def test_what_cannot_be_shown_is_not_asked(earlier: str, later: str) -> None:
    assert ask(Report(earlier, "Berg"), Report(later, "Berg")) is None
    assert ask(Report(later, "Berg"), Report(earlier, "Berg")) is None


def test_other_speakers_are_asked_about_one_subject_only() -> None:
    twelve, fourteen = "The flood killed 12 people", "The flood killed 14 people"
    question = ask(Report(twelve, "Berg"), Report(fourteen, "Holm"))
    assert question is not None
    assert question.reason == (
        "same subject, other speaker, days not known: “12 people” ↔ “14 people”"
    )
    assert ask(Report(twelve, None), Report("Rains killed 14 people by flood", None)) is None


def test_a_denial_of_a_few_words_is_asked_if_they_are_the_same() -> None:
    claim, denial = Report("The dam is safe,", "Berg"), "the dam is safe"
    question = ask(claim, Report(denial, "Holm", mode=Mode.DENIES))
    assert question is not None
    assert question.clash is Clash.DENIAL
    assert ask(claim, Report("the dam is very safe now", "Holm", mode=Mode.DENIES)) is None
    assert ask(Report("They left", "Berg"), Report("they left", "Holm", mode=Mode.DENIES)) is None


def test_a_denial_of_the_same_words_is_asked() -> None:
    claim, denial = "The army shot at the village", "The army shot at a village"
    question = ask(Report(claim, "Berg"), Report(denial, "Holm", mode=Mode.DENIES))
    assert question is not None
    assert question.clash is Clash.DENIAL
    assert question.later_words == "denies: The army shot at a village"
    both = [Report(words, "Berg", mode=Mode.DENIES) for words in (claim, denial)]
    assert ask(*both) is None
    # He denies that it was not so: no clash.
    never = Report("The army never shot at the village", "Holm", mode=Mode.DENIES)
    assert ask(Report(claim, "Berg"), never) is None


@pytest.mark.parametrize("mode", [Mode.ASKS, Mode.EXPECTS, Mode.PROMISES])
def test_what_was_not_asserted_contradicts_nothing(mode: Mode) -> None:
    reports = (
        Report("The flood killed 12 people", "B"),
        Report("The flood killed 14 people", "B", mode),
    )
    assert ask(*reports) is None


@pytest.mark.parametrize(("days", "moment"), [((1, 3), Moment.SAME_DAY), ((4, 4), Moment.CHANGED)])
def test_what_was_said_on_another_day_may_have_changed(
    days: tuple[int, int], moment: Moment
) -> None:
    first, last = (date(2024, 5, day) for day in days)
    third = date(2024, 5, 3)
    question = ask(
        Report("The flood killed 12 people", "Berg", days=(third, third)),
        Report("The flood killed 14 people", "Berg", days=(first, last)),
    )
    assert question is not None
    assert question.moment is moment


def test_days_of_printing_stand_for_days_that_are_not_known() -> None:
    printed = [
        Report(f"The flood killed {number} people", "Berg", published=date(2024, 5, day))
        for number, day in ((12, 3), (14, 4), (16, 9))
    ]
    moments = [question.moment for other in printed[1:] if (question := ask(printed[0], other))]
    assert moments == [Moment.SAME_DAY, Moment.CHANGED]
