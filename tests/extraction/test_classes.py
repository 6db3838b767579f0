"""Of which class a proposal is, and how sure its name."""

import pytest

from claims.model.kinds import ClaimClass
from tests.extraction.proposals import Propose

SPEECH, REQUEST, LABEL = ClaimClass.SPEECH, ClaimClass.REQUEST, ClaimClass.LABEL
FINDING, BELIEF = ClaimClass.FINDING, ClaimClass.BELIEF


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Quill said the bridge was safe.", SPEECH),
        ("Ada Quill denied that the bridge was unsafe.", SPEECH),
        ("“Is the bridge safe?” Ada Quill asked.", SPEECH),
        ("Ada Quill promised to rebuild the bridge.", SPEECH),
        ("Ada Quill urged drivers to stay off the bridge.", REQUEST),
        ("Ada Quill told drivers to stay off the bridge.", REQUEST),
        ("Drivers were warned to stay off the bridge.", REQUEST),
        ("Ada Quill told drivers that the bridge was closed.", SPEECH),
        ("Ada Quill demanded that the bridge be closed.", REQUEST),
        ("Ada Quill called for a new bridge over the river.", REQUEST),
        ("Ada Quill called it “a disgrace”.", LABEL),
        ("Ada Quill condemned the closing of the bridge.", LABEL),
        ("The report found that the bridge was unsafe.", FINDING),
        ("The mayor believes the bridge is safe, Ada Quill said.", BELIEF),
    ],
)
def test_class(propose_text: Propose, text: str, expected: ClaimClass) -> None:
    assert expected in {one.claim_class for one in propose_text(text)}


def test_a_full_name_is_surer_than_a_pronoun_that_fits_two(propose_text: Propose) -> None:
    named = propose_text("Ada Quill said the bridge was safe.")[0]
    unsure = propose_text(
        "Mary Quill met Susan Stone. The bridge was old. “It is safe,” she said."
    )[0]
    assert named.name_score is not None
    assert unsure.name_score is None or unsure.name_score < named.name_score


def test_nobody_and_groups_have_no_name_score(propose_text: Propose) -> None:
    for text in ("Officials said it was safe.", "The minister said it was safe."):
        assert propose_text(text)[0].name_score is None


def test_an_unsure_name_is_suggested_only(
    propose_text: Propose, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.extraction.pipeline.SURE", 1.1)
    [proposal] = propose_text("Ada Quill said the bridge was safe.")
    assert (proposal.chain[0].name, proposal.suggested_name) == (None, "Ada Quill")
