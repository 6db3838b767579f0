"""The mentions of an article: what its chains and its head name as sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from claims.model.article import Article
from claims.model.kinds import SourceKind
from claims.model.proposal import Hop, Proposal
from claims.model.span import words_at
from claims.sources.mention import Mention


@dataclass(frozen=True, slots=True)
class ArticleMentions:
    """The sources that an article's chains name.

    Attributes:
        offices: Each mention, with the printed descriptions of its offices.
        of_hops: For each proposal the mention of each hop; None for a hop without a name.
    """

    offices: Mapping[Mention, Sequence[str]]
    of_hops: Sequence[Sequence[Mention | None]]


def find_mentions(article: Article, proposals: Sequence[Proposal]) -> ArticleMentions:
    """Find the mentions of an article; the same name is one mention, parsed once."""
    mentions: dict[tuple[SourceKind, str, date | None], Mention] = {}
    offices: dict[Mention, list[str]] = {}

    def mention_of(hop: Hop, proposal: Proposal) -> Mention | None:
        if not hop.name:
            return None
        day = _day_of(proposal, article) if hop.kind is SourceKind.GROUP else None
        key = (hop.kind, hop.name, day)
        mention = mentions.get(key) or mentions.setdefault(key, Mention(*key))
        printed = offices.setdefault(mention, [])
        if hop.capacity:
            printed.append(words_at(article.text, hop.capacity))
        return mention

    of_hops = [[mention_of(hop, proposal) for hop in proposal.chain] for proposal in proposals]
    return ArticleMentions(offices, of_hops)


def publisher_mention(outlet: str) -> Mention:
    """The mention of the outlet that published an article."""
    return Mention(SourceKind.OUTLET, outlet)


def _day_of(proposal: Proposal, article: Article) -> date | None:
    """When the words were said; the day of publication is close enough to find an office holder."""
    if proposal.said_on and proposal.said_on.first:
        return proposal.said_on.first
    return article.published_at.date() if article.published_at else None
