"""Proposals as the tests ask for them and compare them."""

from collections.abc import Callable, Sequence

from claims.model.proposal import Proposal
from claims.model.span import words_at

Propose = Callable[[str], list[Proposal]]
"""From a text to its proposals."""

Summary = list[tuple[str, list[str | None]]]
"""The content of each proposal, and the names of its chain."""


def summarise(text: str, proposals: Sequence[Proposal]) -> Summary:
    """Content and names of each proposal."""
    return [(words_at(text, p.content), [hop.name for hop in p.chain]) for p in proposals]
