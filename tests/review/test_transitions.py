"""The whole table of decisions."""

import uuid

import pytest

from claims.errors import ReasonMissingError
from claims.model.decision import Signature
from claims.model.kinds import ClaimStatus
from claims.review.transitions import Action, Standing, decide

CLAIM, REVIEWER, ID = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()


@pytest.mark.parametrize(
    ("status", "action", "after"),
    [
        ("proposed", "accept", "accepted"),
        ("proposed", "reject", "rejected"),
        ("accepted", "reject", "rejected"),  # a mind may change
        ("rejected", "accept", "accepted"),
        ("accepted", "accept", None),  # nothing to do is no decision
        ("rejected", "reject", None),
    ],
)
def test_each_decision_leads_where_the_table_says(
    status: str, action: str, after: str | None
) -> None:
    standing = Standing(CLAIM, ClaimStatus(status), 4)
    signature = Signature(ID, REVIEWER, "0", " not  his words ")
    made = decide(standing, Action(action), signature)
    if after is None:
        assert made is None
        return
    assert made is not None
    assert (made.before, made.after) == ({"status": status}, {"status": after})
    assert (made.id, made.subject, made.revision) == (ID, CLAIM, 5)
    assert made.reason == "not his words"


@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_a_rejection_needs_a_reason(reason: str | None) -> None:
    standing = Standing(CLAIM, ClaimStatus.PROPOSED, 0)
    with pytest.raises(ReasonMissingError):
        decide(standing, Action.REJECT, Signature(ID, REVIEWER, "0", reason))
