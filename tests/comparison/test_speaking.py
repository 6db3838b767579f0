"""Who said alike words when: the link that comes of it."""

from datetime import date

import pytest

from claims.comparison.alike import Relation, Similarity
from claims.comparison.speaking import Speaking, propose_link

MONDAY, SUNDAY = date(2026, 5, 4), date(2026, 5, 17)
NEAR = Similarity(Relation.NEAR, 0.95, 8)
CHANGED = Similarity(Relation.NEAR, 0.95, 8, ("number: 12 / 14",))
PART = Similarity(Relation.PART, 0.6, 9)
LOOSE = Similarity(Relation.LOOSE, 0.8, 5)
DISTANT = Similarity(Relation.DISTANT, 0.6, 5)
OTHER_COUNT = Similarity(Relation.DISTANT, 0.6, 5, ("number: 12 / 14",))

Row = tuple[Similarity | None, Speaking, Speaking, str | None, bool, tuple[str, ...]]

LINKS: tuple[Row, ...] = (
    (None, Speaking("Ada", MONDAY), Speaking(None, MONDAY), "same_words", True,
     ("same words", "speaker named in one only", "same day")),
    (NEAR, Speaking("Ada", MONDAY), Speaking("Ada", SUNDAY), "same_words", True,
     ("95 % of the words alike", "same speaker", "13 days apart")),
    (CHANGED, Speaking("Ada", MONDAY), Speaking("Ada", MONDAY), "same_content", True,
     ("95 % of the words alike", "same speaker", "same day", "number: 12 / 14")),
    (PART, Speaking(None, None), Speaking(None, None), "same_content", True,
     ("one is a piece of the other, 9 words in a row", "no speaker named", "day not known")),
    # Never silently of two speakers.
    (None, Speaking("Ada", MONDAY), Speaking("Bob", MONDAY), "same_content", False,
     ("same words", "other speaker")),
    (LOOSE, Speaking("Ada", MONDAY), Speaking("Bob", MONDAY), "same_content", False,
     ("80 % of the words alike", "other speaker")),
    # A paraphrase counts only of one speaker in the same days; without a name, people are asked.
    (DISTANT, Speaking("Ada", MONDAY), Speaking("Ada", MONDAY), "same_content", True,
     ("60 % of the words alike", "same speaker", "same day")),
    (DISTANT, Speaking("Ada", MONDAY), Speaking("Ada", SUNDAY), None, False, ()),
    (DISTANT, Speaking("Ada", MONDAY), Speaking(None, MONDAY), "same_content", False,
     ("60 % of the words alike", "speaker named in one only")),
    (DISTANT, Speaking(None, MONDAY), Speaking(None, MONDAY), "same_content", False,
     ("60 % of the words alike", "no speaker named")),
    (OTHER_COUNT, Speaking("Ada", MONDAY), Speaking(None, MONDAY), None, False, ()),
    # "denied that …" is not "said that …".
    (None, Speaking("Ada", MONDAY), Speaking("Ada", MONDAY, denied=True), None, False, ()),
)  # fmt: skip


@pytest.mark.parametrize("row", LINKS)
def test_a_proposed_link(row: Row) -> None:
    similarity, one, other, kind, same_act, reasons = row
    link = propose_link(similarity, one, other)
    if kind is None:
        assert link is None
        return
    assert link is not None
    assert (link.kind, link.same_act, link.reasons) == (kind, same_act, reasons)
    assert 0.5 <= link.score <= 1
