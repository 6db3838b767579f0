"""The mentions of an article: what its chains and its head name as sources."""

from collections.abc import Mapping, Sequence
from datetime import date

from claims.model.article import Article
from claims.model.kinds import SourceKind
from claims.model.proposal import Hop, Proposal
from claims.model.span import words_at
from claims.sources.mention import Mention

Mentions = Mapping[Mention, Sequence[str]]
"""Each mention with all that the article prints of its offices."""


def find_mentions(article: Article, proposals: Sequence[Proposal]) -> Mentions:
    """The sources that an article's chains name; a hop without a name is none."""
    found: dict[Mention, list[str]] = {}
    for proposal in proposals:
        for hop in proposal.chain:
            mention = mention_of(hop, proposal, article)
            if mention is None:
                continue
            offices = found.setdefault(mention, [])
            if hop.capacity:
                offices.append(words_at(article.text, hop.capacity))
    return found


def mention_of(hop: Hop, proposal: Proposal, article: Article) -> Mention | None:
    """The mention that a hop makes, with the day on which its words were said."""
    if not hop.name:
        return None
    day = _day_of(proposal, article) if hop.kind is SourceKind.GROUP else None
    return Mention(hop.kind, hop.name, day)


def outlet_mention(name: str) -> Mention:
    """The mention that an article's head makes of who printed it."""
    return Mention(SourceKind.OUTLET, name)


def _day_of(proposal: Proposal, article: Article) -> date | None:
    """When it was said; the day of publication is close enough to tell who held an office."""
    if proposal.said_on and proposal.said_on.first:
        return proposal.said_on.first
    return article.published_at.date() if article.published_at else None
