"""Words somebody is quoted with in another collection, without the article they stand in."""

from dataclasses import dataclass

from claims.model.article import Article
from claims.model.proposal import Proposal


@dataclass(frozen=True, slots=True)
class ListedQuotation:
    """A quotation taken from a list.

    Attributes:
        article: A stub: its text is the quotation itself, with what the list gives around it, and
            its reader tells that no article was read.
        proposal: Who is said to have said it.
    """

    article: Article
    proposal: Proposal
