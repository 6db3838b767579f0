"""Two wordings: when they are alike, and what of it differs."""

import pytest

from claims.comparison.alike import Relation, compare_wordings
from claims.comparison.quote_words import fold_quote, read_wording

OIL = "Moscow is prepared to invest $50 billion in the oil and gas sector of Iran"

PAIRS = (
    # An editor's brackets, short forms and numbers in words are the same wording.
    ("We [the board] don't have ten ships", "we do not have 10 ships", None, ()),
    ("It fell by 5 % in the second quarter", "it fell by five per cent in the second quarter",
     None, ()),
    ("a loss of 1,500 ships and 2.5 tonnes", "a loss of 1500 ships and 2.5 tonnes", None, ()),
    # One word of many replaced.
    ("the harbour wall will stand for another hundred years or more than that",
     "the harbour wall will stay for another hundred years or more than that",
     Relation.NEAR, ()),
    # A number and a negation at the same place.
    (OIL, OIL.replace("50", "40"), Relation.NEAR, ("number: 50 / 40",)),
    (OIL, OIL.replace("is prepared", "is not prepared"), Relation.NEAR, ("negation: — / not",)),
    ("no ship will leave the harbour before the storm is over",
     "ship will leave the harbour before the storm is over", Relation.NEAR,
     ("negation: no / —",)),
    # "hundred" and "thousand" are numbers too.
    ("we counted two hundred people on the old bridge that morning",
     "we counted two thousand people on the old bridge that morning", Relation.NEAR,
     ("number: hundred / thousand",)),
    # So are rough counts, shares and ranks.
    ("they lost thousands of sheep in the first flood of that winter",
     "they lost dozens of sheep in the second flood of that winter", Relation.LOOSE,
     ("number: thousands / dozens", "number: first / second")),
    ("half of the pier was gone and it broke twice that year, the mayor wrote",
     "a quarter of the pier was gone and it broke once that year, the mayor wrote", Relation.PART,
     ("number: half / quarter", "number: twice / once")),
    # Only one side counts: no number stands in the place of another.
    ("once the ferry is back we will open the market again for everybody",
     "when the ferry is back we will open the market again for everybody", Relation.NEAR, ()),
    # A piece: what was cut takes its numbers and negations along.
    ("nobody has been told of it yet, the bridge is safe, and that will not change before 2031",
     "the bridge is safe, and that will not change", Relation.PART, ()),
    # The negation stands beside the cut: it bears on what is left.
    ("I do not think that the ferry will ever come back to this town",
     "think that the ferry will ever come back to this town", Relation.PART,
     ("negation: not / —",)),
    # Other words for the same.
    ("we want to talk to the union whenever it is ready to sit down with us again",
     "we want to talk to the union when it feels like to sit with us again", Relation.LOOSE, ()),
)  # fmt: skip


@pytest.mark.parametrize(("one", "other", "relation", "changes"), PAIRS)
def test_two_wordings(
    one: str, other: str, relation: Relation | None, changes: tuple[str, ...]
) -> None:
    left, right = fold_quote(one), fold_quote(other)
    if relation is None:
        assert left == right
        return
    similarity = compare_wordings(left, right)
    assert similarity is not None
    assert (similarity.relation, similarity.changes) == (relation, changes)
    turned = compare_wordings(right, left)
    assert turned is not None
    assert (turned.relation, turned.share) == (similarity.relation, similarity.share)
    assert len(turned.changes) == len(similarity.changes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the bridge is safe and will stay safe", "the ferry stops at noon on every other day"),
        # Words that every quote has, in any order.
        ("it is what it is and we have to live with that for now",
         "that is what we have to do for now and it is not easy"),
    ],
)  # fmt: skip
def test_what_is_not_alike(one: str, other: str) -> None:
    assert compare_wordings(fold_quote(one), fold_quote(other)) is None


def test_a_wording_of_no_words_is_none() -> None:
    assert read_wording("“…” — !") is None


def test_a_text_all_in_brackets_keeps_its_words() -> None:
    assert fold_quote("[the bridge]") == ("the", "bridge")


def test_a_sketch_has_eight_hashes_and_more_of_long_quotes() -> None:
    wording = read_wording(" ".join(f"word{n}" for n in range(102)))
    assert wording is not None
    assert len(wording.sketch) == 32
    middle = read_wording(" ".join(f"word{n}" for n in range(20)))
    assert middle is not None
    assert len(middle.sketch) == 8
    short = read_wording("safe for now")
    assert short is not None
    assert (short.sketch, short.is_short) == ((), True)
