"""What holds for the proposals of any text."""

from collections.abc import Sequence

from claims.extraction.form import form_of
from claims.model.proposal import Proposal
from claims.model.span import join_spans, words_at


def check_invariants(text: str, proposals: Sequence[Proposal]) -> None:
    """Spans lie in the text in canonical order, forms follow from them, no content comes twice."""
    for proposal in proposals:
        assert proposal.content
        assert proposal.chain
        assert 0 <= proposal.score <= 1
        assert proposal.form is form_of(text, proposal.content)
        for spans in (
            proposal.content,
            *(s for h in proposal.chain for s in (h.mention, h.cue, h.pronoun)),
        ):
            assert join_spans(spans) == spans
            assert all(0 <= start < end <= len(text) for start, end in spans)
        for printed in (proposal.said_on, proposal.venue):
            assert printed is None or words_at(text, printed.spans) == printed.text
    contents = [proposal.content for proposal in proposals]
    assert len(set(contents)) == len(contents)
