"""Whether a mention names somebody whom people settled elsewhere in the article.

A surname must not be read as the wrong person, so that everything doubtful is a no: pronouns,
"a spokesman", a surname that two people of the article share, "Mr" beside "Mrs".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from claims.extraction.lexicon import FUNCTION_WORDS, GENDERS, HONORIFICS, PERSON_WORDS
from claims.model.kinds import SourceKind
from claims.model.span import Spans, words_at
from claims.review.card import Candidate
from claims.text.fold import words_of

TITLES = HONORIFICS | PERSON_WORDS
BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.OUTLET})
"""Kinds of which an article that says "the ministry" twice means one."""

OPEN_WORDS = FUNCTION_WORDS - {"the"} | {
    "a", "another", "any", "both", "few", "i", "many", "most", "no", "one", "other", "others",
    "several", "some", "such", "these", "those", "two", "we", "you",
}  # fmt: skip
"""Words that begin a mention of nobody in particular: "he", "one reader", "some officials"."""


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source that a claim of an article names.

    Attributes:
        source: Who, after merges.
        mention: Where the article names it.
        settled: Whether a person decided that it is the speaker of a claim.
    """

    source: Candidate
    mention: Spans
    settled: bool


def find_settled(
    article: str, mention: Spans, linked: str | None, named: Sequence[NamedSource]
) -> Candidate | None:
    """Whom people settled a mention as, elsewhere in its article; None if that is not certain.

    Who spoke may have been settled against the words that name them, where the machine took the
    wrong words. So the name of a person must fit the mention.

    Args:
        article: The text.
        mention: Where somebody is named.
        linked: The name of the source that the mention is linked to; None if it is to none.
        named: The sources that the other claims of the article name.
    """
    printed = words_at(article, mention)
    fits = {
        one.source.source: one.source
        for one in named
        if one.settled
        and is_same(article, printed, one, named)
        and (linked is None or not _is_other(article, linked, one.source.name))
    }
    settled = next(iter(fits.values())) if len(fits) == 1 else None
    return (
        settled if linked is None or settled is None or settled.kind == SourceKind.PERSON else None
    )


def is_same(article: str, printed: str, one: NamedSource, named: Sequence[NamedSource]) -> bool:
    """Whether printed words name a source that an article names elsewhere, for all that is known.

    Args:
        article: The text.
        printed: The words.
        one: The source.
        named: All that the article names.
    """
    words = words_of(printed)
    if not words or words[0] in OPEN_WORDS:
        return False
    if one.source.kind == SourceKind.PERSON:
        name = _name_of(printed, words_of(one.source.name))
        return len(name) > 1 or (bool(name) and not _is_shared(article, name[-1], one, named))
    if one.source.kind not in BODIES or words != words_of(words_at(article, one.mention)):
        return False
    return words[0] == "the" or _is_name(article, printed)


def _is_other(article: str, name: str, settled: str) -> bool:
    """Whether an article prints a name that is not a part of that of a settled source."""
    return name in article and not set(words_of(name)) <= set(words_of(settled))


def _is_name(article: str, printed: str) -> bool:
    """Whether a word is written with a capital that the article never writes without one."""
    capitals = (word for word in re.findall(r"\w+", printed) if word[0].isupper())
    return any(not re.search(rf"\b{word.lower()}\b", article) for word in capitals)


def _name_of(printed: str, name: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a person's name that a mention ends with; empty if it may name another.

    "Mayor Quill" ends with one word of Ada Quill's name, "Bob Quill" with another person's.
    """
    words = printed.split(",", maxsplit=1)[0].split()
    folded = [" ".join(words_of(word)) for word in words]
    end = list(takewhile(set(name).__contains__, folded[::-1]))[::-1]
    before = words[: len(words) - len(end)]
    if not end or (end[-1] != name[-1] and tuple(end) != name[:1]):
        return ()
    titled = [word for word in before if word.lower().rstrip(".") in TITLES]
    if not all(word in titled or word[0].isupper() for word in before):
        return ()
    return tuple(end) if len(end) > 1 or not before or before[-1] in titled else ()


def _is_shared(article: str, word: str, one: NamedSource, named: Sequence[NamedSource]) -> bool:
    """Whether the article prints another name with the word, or addresses two people by it."""
    others = (other.source for other in named if other.source.source != one.source.source)
    if any(
        word in words_of(other.name) and _is_other(article, other.name, one.source.name)
        for other in others
        if other.kind == SourceKind.PERSON
    ):
        return True
    before = re.findall(rf"\b(\w+)\.? (?:\w+ )?{re.escape(word)}\b", article, re.IGNORECASE)
    return len({GENDERS[title.lower()] for title in before if title.lower() in GENDERS}) > 1
