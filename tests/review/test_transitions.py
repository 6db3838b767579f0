"""The whole table of decisions."""

import uuid
from dataclasses import replace

import pytest

from claims.ledger.errors import ReasonMissingError
from claims.model.claim import BLANK
from claims.model.decision import Decision, Signature
from claims.model.json import JsonObject
from claims.model.kinds import ClaimStatus
from claims.review.errors import (
    BadChangeError,
    NotAllowedError,
    NotForYouError,
    QuoteDiffersError,
)
from claims.review.transitions import RULES, Action, ClaimUnderReview, decision_for, rule_for

CLAIM, REVIEWER, ID = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
STATE = replace(BLANK, text="the bridge is safe")
SIGNED = Signature(ID, REVIEWER, "0", " not  his words ")


def standing(status: str) -> ClaimUnderReview:
    return ClaimUnderReview(CLAIM, 4, replace(STATE, status=ClaimStatus(status)))


def decided(status: str, action: Action, changes: JsonObject) -> Decision | None:
    claim = standing(status)
    return decision_for(claim, action, SIGNED, claim.state.with_changes(changes))


@pytest.mark.parametrize(
    ("status", "action", "after"),
    [
        # undecided: anything may be done
        ("proposed", "accept", "accepted"),
        ("proposed", "reject", "rejected"),
        ("proposed", "later", "later"),
        ("proposed", "flag", "second_reading"),
        ("proposed", "split", "replaced"),
        ("proposed", "merge", "replaced"),
        ("later", "accept", "accepted"),
        ("later", "reject", "rejected"),
        ("later", "flag", "second_reading"),
        ("later", "split", "replaced"),
        ("later", "later", None),  # nothing to do is no decision
        # two people read
        ("second_reading", "accept", "accepted"),
        ("second_reading", "reject", "rejected"),
        ("second_reading", "flag", None),
        ("second_reading", "later", "refused"),  # it waits for a reader either way
        ("second_reading", "edit", "refused"),  # the other reader read what stands
        ("disputed", "accept", "accepted"),
        ("disputed", "reject", "rejected"),
        ("disputed", "later", "refused"),
        ("disputed", "split", "refused"),
        # published
        ("accepted", "accept", None),
        ("accepted", "reject", "rejected"),  # a mind may change
        ("accepted", "withdraw", "withdrawn"),
        ("accepted", "later", "refused"),
        ("accepted", "split", "refused"),
        ("corrected", "withdraw", "withdrawn"),
        ("corrected", "reject", "rejected"),
        # not published
        ("rejected", "reject", None),
        ("rejected", "accept", "accepted"),
        ("rejected", "correct", "refused"),
        ("withdrawn", "accept", "accepted"),
        ("withdrawn", "withdraw", None),
        ("withdrawn", "edit", "refused"),
        # what stands no more
        ("replaced", "accept", "refused"),
        ("replaced", "note", "refused"),
        ("replaced", "edit", "refused"),
    ],
)
def test_each_decision_leads_where_the_table_says(
    status: str, action: str, after: str | None
) -> None:
    if after == "refused":
        with pytest.raises(NotAllowedError, match=status):
            decision_for(standing(status), Action(action), SIGNED)
        return
    made = decision_for(standing(status), Action(action), SIGNED)
    if after is None:
        assert made is None
        return
    assert made is not None
    assert (made.before, made.after) == ({"status": status}, {"status": after})
    assert (made.id, made.subject, made.revision) == (ID, CLAIM, 5)
    assert made.reason == "not his words"
    assert made.action == ("settle" if status == "disputed" else action)


@pytest.mark.parametrize("action", ["reject", "withdraw", "note"])
@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_a_rejection_a_withdrawal_and_a_note_need_words(action: str, reason: str | None) -> None:
    with pytest.raises(ReasonMissingError):
        decision_for(standing("accepted"), Action(action), Signature(ID, REVIEWER, "0", reason))


def test_what_is_changed_goes_into_the_same_decision() -> None:
    made = decided("proposed", Action.ACCEPT, {"venue": "Pier", "text": "x y"})
    assert made is not None
    assert made.before == {"venue": None, "text": "the bridge is safe", "status": "proposed"}
    assert made.after == {"venue": "Pier", "text": "x y", "status": "accepted"}


def test_a_change_that_changes_nothing_is_none() -> None:
    assert decided("proposed", Action.EDIT, {"venue": None}) is None


def test_what_was_printed_of_a_published_claim_is_corrected_not_edited() -> None:
    with pytest.raises(BadChangeError, match="venue: correct it"):
        decided("accepted", Action.EDIT, {"venue": "Pier"})
    made = decided("accepted", Action.CORRECT, {"venue": "Pier"})
    assert made is not None
    assert made.after == {"venue": "Pier", "status": "corrected"}
    judged = decided("accepted", Action.EDIT, {"credibility": 2})
    assert judged is not None
    assert judged.after == {"credibility": 2}


def test_a_correction_without_a_change_still_says_what_became_of_it() -> None:
    assert decided("corrected", Action.CORRECT, {}) is None


def test_neither_of_two_who_disagree_settles_it() -> None:
    disputed = replace(standing("disputed"), readers=(uuid.uuid4(), REVIEWER))
    with pytest.raises(NotForYouError):
        decision_for(disputed, Action.ACCEPT, SIGNED)


def test_a_statement_quotes_only_what_is_printed() -> None:
    with pytest.raises(QuoteDiffersError, match=r"\[-safe-\] \{\+new\+\}"):
        decided("proposed", Action.EDIT, {"statement": "Quill: “bridge is new”"})
    fine = {"statement": "Quill said on Monday that the “bridge [over the Tay] is safe”."}
    assert decided("proposed", Action.EDIT, fine) is not None


def test_a_rejection_changes_nothing_else() -> None:
    with pytest.raises(BadChangeError, match="reject does not change venue"):
        decided("proposed", Action.REJECT, {"venue": "Pier"})


def test_no_state_and_action_has_two_rules() -> None:
    for status in ClaimStatus:
        for action in Action:
            fitting = [rule for rule in RULES if rule.action is action and status in rule.begins]
            assert len(fitting) <= 1
            assert rule_for(status, action) == (fitting[0] if fitting else None)
