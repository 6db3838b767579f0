"""What holds for the proposals of any text."""

from collections.abc import Sequence

from claims.extraction.form import form_of
from claims.model.proposal import Proposal
from claims.model.span import join_spans, words_at


def check_laws(text: str, proposals: Sequence[Proposal]) -> None:
    """Spans lie in the text in canonical order, forms follow from them, no content comes twice."""
    for made in proposals:
        assert made.content
        assert made.chain
        assert 0 <= made.score <= 1
        assert made.form is form_of(text, made.content)
        for spans in (
            made.content,
            *(s for h in made.chain for s in (h.mention, h.cue, h.pronoun)),
        ):
            assert join_spans(spans) == spans
            assert all(0 <= start < end <= len(text) for start, end in spans)
        for told in (made.said_on, made.venue):
            assert told is None or words_at(text, told.spans) == told.text
    contents = [made.content for made in proposals]
    assert len(set(contents)) == len(contents)
