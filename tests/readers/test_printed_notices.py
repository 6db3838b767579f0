"""An article that says it was corrected or withdrawn; not one about somebody's correction."""

import pytest

from claims.model.span import words_at
from tests.readers.wires import article, ninjs, noticed, read

CORRECTED = (
    "Correction: An earlier report gave the wrong year.",
    "CORRECTION (12 May 2026): The bridge has two lanes.",
    "Correction, 12 May 2026: The bridge has two lanes.",
    "Correction on May 12, 2026: The bridge has two lanes.",
    "Correction \u2014 the mayor's name is Quill.",
    "*Correction*: the mayor's name is Quill.",
    "Clarification: The agency did not say when.",
    "An earlier version of this article misstated the year of the fire.",
    "The original version of this story incorrectly said he left.",
    "This story has been corrected to show that the bridge opened in 1990.",
    "This article was amended on 12 May 2026. The mayor's office did not reply.",
    "This post has been updated to correct the spelling of a name.",
    "Editor\u2019s Note (May 3): an earlier version gave incorrect figures.",
    "The headline of this article has been corrected.",
    "Corrections and clarifications: the map was wrong.",
)
WITHDRAWN = (
    "Editor's note: This article has been retracted.",
    "This article has been withdrawn at the author's request.",
)
NEITHER = (
    "The correction officer said: no.",
    "The agency published a correction on Monday.",
    "Correction of the river's course will cost 3 million.",
    '"This article has been corrected," the paper said.',
    "\u201cCorrection: I never said that,\u201d he wrote.",
    "The Times said an earlier version of its article misstated the year.",
    "An earlier version of this article was published by the Pier.",
    "This article was updated on 12 May 2026.",
    "Editor's note: This is the first of three parts.",
    "An earlier version of the bill was wrong about taxes.",
    "Corrections officers at the prison walked out on Monday: 300 of them.",
    "Correction in the markets wiped out 3 billion.",
    "This report was amended by the committee before the vote.",
)


def in_an_article(line: str) -> bytes:
    return f"Bridge is safe\n\nThe mayor said so.\n\n{line}\n\nMore follows.".encode()


@pytest.mark.parametrize("line", CORRECTED)
def test_a_paragraph_that_says_it_was_corrected(line: str) -> None:
    found = article(read(in_an_article(line)))
    assert noticed([found]) == [f"correct correction-paragraph {line}"]
    [notice] = found.notices
    assert words_at(found.text, notice.spans) == line


@pytest.mark.parametrize("line", WITHDRAWN)
def test_a_paragraph_that_says_it_was_withdrawn(line: str) -> None:
    assert noticed(read(in_an_article(line))) == [f"withdraw correction-paragraph {line}"]


@pytest.mark.parametrize("line", NEITHER)
def test_an_article_about_a_correction_is_not_corrected(line: str) -> None:
    assert noticed(read(in_an_article(line))) == []


def test_a_label_alone_takes_the_paragraph_below_it() -> None:
    found = article(read(in_an_article("Correction\nThe bridge has two lanes.")))
    [notice] = found.notices
    assert notice.words == "Correction\nThe bridge has two lanes."
    assert words_at(found.text, notice.spans) == notice.words


def test_each_correction_of_an_article_is_a_notice() -> None:
    lines = "Correction: The year is 1990.\nClarification: The agency did not say when."
    assert len(article(read(in_an_article(lines))).notices) == 2


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("MANDATORY KILL: Bridge", "kill"),
        ("BC-Bridge, KILL", "kill"),
        ("CORRECTS: Bridge", "correct"),
        ("CORRECTED-UPDATE 1-Bridge", "correct"),
        ("RETRACTED: Bridge", "withdraw"),
        ("KILL BILL: the film", None),
        ("KILL-SWITCH law passed", None),
        ("CORRECTION officers strike", None),
        ("Bridge, 1st Ld-Writethru", None),
    ],
)
def test_a_slug_in_capitals_is_a_signal_of_a_wire(headline: str, expected: str | None) -> None:
    headlines = [{"value": headline}]
    notices = noticed(read(ninjs(headlines=headlines)))
    assert notices == ([f"{expected} wire-slug {headline}"] if expected else [])


def test_only_a_wire_can_kill() -> None:
    assert noticed(read(b"KILL\n\nThe bridge is safe.", "a.txt")) == ["withdraw wire-slug KILL"]
    body = [{"value": "KILL\nDo not use the story on the bridge."}]
    assert noticed(read(ninjs(bodies=body))) == ["kill wire-slug KILL"]


def test_what_a_field_says_is_not_said_again_by_a_slug() -> None:
    found = read(ninjs(pubStatus="canceled", headlines=[{"value": "KILL: Bridge"}]))
    assert noticed(found) == ["kill ninjs-pubstatus canceled"]
