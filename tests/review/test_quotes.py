"""What stands between quotation marks must be printed."""

import pytest

from claims.review.errors import QuoteDiffersError
from claims.review.quotes import difference, require_printed

PRINTED = (
    "“The Russian president’s remarks indicate that [the value of] oil ties can reach $50 billion,”"
)


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "Oil ties may be worth 50 billion, he said.",  # nothing is quoted
        'The remarks "indicate" a great deal.',
        "“Oil ties can reach $50 billion” soon.",
        "The “Russian president's REMARKS indicate … oil ties can reach” much.",
        "«remarks indicate» this",
    ],
)
def test_these_are_printed(statement: str) -> None:
    require_printed("claim x", statement, PRINTED)


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("“oil ties will reach $50 billion”", "[-can-] {+will+}"),
        ("“oil ties can reach”, and then “gas”", "{+gas+}"),
        ("“remarks … ties can reach oil”", "{+oil+}"),
    ],
)
def test_these_are_not_and_the_difference_is_told(statement: str, shown: str) -> None:
    with pytest.raises(QuoteDiffersError) as told:
        require_printed("claim x", statement, PRINTED)
    assert shown in str(told.value)


def test_a_difference_leaves_out_what_only_surrounds() -> None:
    article = "On Monday the mayor said the bridge is safe again, as was reported."
    assert difference("the ferry is safe", article) == "the [-bridge-] {+ferry+} is safe"
