"""Whom the words of an article are likely to be said by, from who speaks elsewhere in it (pure)."""

from collections.abc import Sequence

from claims.extraction.lexicon import GENERIC_WORDS
from claims.model.span import Span, Spans, words_at
from claims.review.card import Candidate, PlacedReport
from claims.review.same_mention import NamedSource, is_same
from claims.text.fold import words_of

PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})


def likely_speaker(
    article: str, marked: Span, mention: Spans, reports: Sequence[PlacedReport]
) -> Candidate | None:
    """Who says some words, by who is named beside them or spoke before; None if nobody fits.

    Args:
        article: The text.
        marked: The words.
        mention: Where their speaker is named; empty if no words beside them do.
        reports: The claims of the article.
    """
    printed = words_at(article, mention)
    words = words_of(printed)
    if not is_description(printed):
        return _spoke_before(marked, reports)
    named = [NamedSource(one.speaker, one.mention, settled=one.settled)
             for one in reports if one.speaker is not None]  # fmt: skip
    fits = {
        one.source.source: one.source
        for one in named
        if is_same(article, printed, one, named) or _ends_with(words, words_of(one.source.name))
    }
    return next(iter(fits.values())) if len(fits) == 1 else None


def is_description(printed: str) -> bool:
    """Whether words tell a speaker from others: no pronoun does, nor "the official"."""
    words = words_of(printed)
    return bool(words) and words[0] not in PRONOUNS and " ".join(words) not in GENERIC


GENERIC = frozenset(f"the {word}" for word in GENERIC_WORDS)


def _spoke_before(marked: Span, reports: Sequence[PlacedReport]) -> Candidate | None:
    before = [one for one in reports if one.content[0].start < marked.start and one.speaker]
    return max(before, key=lambda one: one.content[0].start).speaker if before else None


def _ends_with(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether words are a name in full, after an office or "the"."""
    return len(name) > 1 and words[-len(name) :] == name
