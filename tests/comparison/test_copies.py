# ruff: noqa: E501 - sentences of a text stand together
"""What a text has from an earlier one: narration counts, and what either text quotes is none."""

import uuid

import pytest

from claims.anchoring.quoted import quoted_words
from claims.anchoring.words import fold_words
from claims.comparison.copies import Copy, find_copies, find_overlap, prepare
from claims.model.copies import CopyKind
from tests.copies.stories import sentences, words

STATEMENT = (
    "We have never asked the town for money and we will not ask it now. Every family on this quay has"
    " paid for its own berth, and those who cannot pay have always found a neighbour who could. If the"
    " harbour has to close, then close it in the summer, when the boats are out, and not in the week"
    " before the first storms come in from the west"
)  # fmt: skip
LONG_REPORT = (
    "The harbour of Aldmouth may close for repairs in November, its council was told on Tuesday. Engineers"
    " found cracks in the eastern pier that the tide has widened since the spring. Ada Quill, who speaks"
    f" for the fishermen, answered at once. “{STATEMENT},” she said. The council votes on Friday. It"
    " has set aside four million for the works, a fifth of what the engineers think is needed. Nobody"
    " knows where the boats would lie meanwhile, as the next harbour is full."
)  # fmt: skip


def copy_of(text: str, earlier: str) -> Copy | None:
    """What a text is to an earlier one."""
    copies = find_copies(prepare(text), [(uuid.UUID(int=1), prepare(earlier))])
    return copies[0] if copies else None


def quoted(text: str) -> list[str]:
    """The words of a text between quotation marks."""
    found = fold_words(text)
    return [word for word, flag in zip(found.folded, quoted_words(found), strict=True) if flag]


def test_a_statement_that_one_prints_bare_and_the_other_quotes_is_no_copy() -> None:
    bare = (
        f"A letter of the fishermen of Aldmouth to their council: {STATEMENT}. Signed on the quay."
    )
    assert copy_of(bare, LONG_REPORT) is None
    assert copy_of(LONG_REPORT, bare) is None


def test_a_speech_that_both_quote_is_no_copy() -> None:
    other = (
        "Fishermen do not want the pier of Aldmouth mended before winter. Their speaker took the floor"
        f' after the engineers had left the hall. "{STATEMENT}," said Quill, to long applause from the'
        " gallery. The mayor promised to think about summer."
    )  # fmt: skip
    assert copy_of(other, LONG_REPORT) is None


def test_the_narration_around_a_speech_makes_a_copy() -> None:
    cut = LONG_REPORT.split(" The council votes", maxsplit=1)[0]
    copy = copy_of(cut, LONG_REPORT)
    assert copy is not None
    assert copy.kind is CopyKind.COPY


@pytest.mark.parametrize(("shared", "is_copy"), [(33, False), (40, True)])
def test_a_third_of_the_narration_is_no_copy(shared: int, *, is_copy: bool) -> None:
    """Half of the words are shared by a speech; what decides is the narration."""
    wire, own, speech = words("wire", 100), words("own", 100), " ".join(words("speech", 100))
    earlier = f"{sentences(wire)} “{speech}.” {sentences(words('more', 20))}"
    later = f"{sentences(wire[:shared] + own[shared:])} “{speech}.”"
    assert find_overlap(prepare(later), prepare(earlier)).share > 0.5
    copy = copy_of(later, earlier)
    assert (copy is not None and copy.is_copy) is is_copy


def test_paragraphs_of_a_speech_that_lost_their_line_breaks() -> None:
    """A straight mark after a space and before a word opens, though another is open."""
    run_together = (
        'He said: "The bridge is safe.  "The tunnel is not.  "Both are old." Then he left.'
    )
    assert quoted(run_together) == [
        "the",
        "bridge",
        "is",
        "safe",
        "the",
        "tunnel",
        "is",
        "not",
        "both",
        "are",
        "old",
    ]
    assert quoted('She asked "why" and "when".') == ["why", "when"]
