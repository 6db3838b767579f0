"""A quotation from another collection, without the article that printed it."""

from dataclasses import dataclass

from claims.model.article import Article
from claims.model.proposal import Proposal


@dataclass(frozen=True, slots=True)
class ListedQuotation:
    """A quotation from a list.

    Attributes:
        article: A stub: its text is the quotation, with the context that the list has, and its
            reader says that no article was read.
        proposal: The claim, with the speaker that the list names.
    """

    article: Article
    proposal: Proposal
