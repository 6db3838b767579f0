"""Who is likely to say the words that are marked, and with which words, guessed without a parse.

Where a claim is added they are shown before anything is written, and can be changed on its card.
"""

import re
from dataclasses import dataclass

from claims.extraction.lexicon import SAYS, VERBS
from claims.model.kinds import Mode
from claims.model.span import Span, Spans
from claims.review.quotes import WORD
from claims.terminal.reported_part import CLOSING, is_cue

LONGEST = 20
"""Words that a mention has at most: what is longer is more than a name with its office."""

BORDER = re.compile(r"[,;:!?()\"“”«»–—\n]|\.(?=\s|$)")
ACCORDING = re.compile(r"according to\b", re.IGNORECASE)

BEFORE_NAME = frozenset({
    "and", "but", "while", "that", "who", "which", "as", "because", "although", "though", "when",
    "yet", "so", "or", "where", "also", "then", "later", "both",
})  # fmt: skip
BEFORE_VERB = frozenset({
    "also", "has", "have", "had", "then", "later", "earlier", "first", "himself", "herself", "who",
    "themselves", "itself", "now", "again", "rightly", "previously", "repeatedly", "already",
    "would", "will", "could", "did", "does", "do", "is", "was", "were", "are", "not", "never",
    "further", "even", "still", "since", "just", "recently", "reportedly",
})  # fmt: skip
"""Words at the edges of what stands before a verb that name nobody."""
BEING, ARTICLES = frozenset({"is", "are", "was", "were"}), frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class LikelyReport:
    """The words around marked ones that say who says them.

    Attributes:
        mention: Where the speaker is named; empty if no words beside the marked ones do.
        cue: Where the reporting words stand; empty if there are none.
        mode: What they do with the marked words.
    """

    mention: Spans = ()
    cue: Spans = ()
    mode: Mode = Mode.SAYS


def likely_report(article: str, sentence: Span, marked: Span) -> LikelyReport:
    """Who says the marked words of a sentence.

    Args:
        article: The text.
        sentence: The sentence, or the sentences, that the words stand in.
        marked: The words.
    """
    before, after = Span(sentence.start, marked.start), Span(marked.end, sentence.end)
    cue = _last_cue(article, before)
    for part in (before, after):
        match = ACCORDING.search(article, *part)
        # "According to a posting made on Friday": what follows names the speaker, no cue does.
        held = (
            cue and match and not BORDER.search(article, match.end(), max(cue.start, match.end()))
        )
        if match and (cue is None or held or cue.start < match.start()):
            ends = _clause_end(article, match.end(), part.end)
            named = _trimmed(article, Span(match.end(), ends))
            return LikelyReport(named, (Span(*match.span()),), SAYS.mode)
    if cue is not None and _leads_on(article, Span(cue.end, before.end)):
        named = _trimmed(article, _subject_before(article, Span(before.start, cue.start)))
        return LikelyReport(named, (cue,), _mode(article, cue))
    cue = _first_cue(article, after)
    if cue is None:
        return LikelyReport()
    named = _trimmed(article, Span(after.start, cue.start))
    if not named:
        named = _trimmed(article, Span(cue.end, _clause_end(article, cue.end, after.end)))
    return LikelyReport(named, (cue,), _mode(article, cue))


def _cues(article: str, part: Span) -> list[Span]:
    words = (Span(*word.span()) for word in WORD.finditer(article, *part))
    return [word for word in words if is_cue(article, word)]


def _last_cue(article: str, part: Span) -> Span | None:
    return next(iter(_cues(article, part)[::-1]), None)


def _first_cue(article: str, part: Span) -> Span | None:
    return next(iter(_cues(article, part)), None)


def _mode(article: str, cue: Span) -> Mode:
    return VERBS[article[cue.start : cue.end].lower()].mode


def _leads_on(article: str, between: Span) -> bool:
    """Whether what stands between a verb and the marked words lets it report them."""
    words = [word.group().lower() for word in WORD.finditer(article, *between)]
    return len(words) <= LONGEST and "and" not in words[-1:]


def _clause_end(article: str, start: int, stop: int) -> int:
    match = BORDER.search(article, start, stop)
    return match.start() if match else stop


def _subject_before(article: str, part: Span) -> Span:
    """What stands before a verb as its subject: "Key, in Rome, said" without what is put in."""
    text = article[part.start : part.end]
    ends = [part.start + match.start() for match in BORDER.finditer(text)]
    starts = [part.start, *(end + 1 for end in ends)]
    chunks = [Span(a, b) for a, b in zip(starts, [*ends, part.end], strict=True)]
    named = [chunk for chunk in chunks if _trimmed(article, chunk)]
    if not named:
        return Span(part.end, part.end)
    put_in = named[-1] != chunks[-1] and len(named) > 1
    return named[-2] if put_in else named[-1]


def _trimmed(article: str, part: Span) -> Spans:
    """A part without the words at its edges that name nobody; none if nothing is left of it."""
    words = [Span(*word.span()) for word in WORD.finditer(article, *part)]

    def word(span: Span) -> str:
        return article[span.start : span.end].lower()

    # "When they ask, all that they get is a message": what stands before the verb names nobody.
    being = [
        at
        for at, one in enumerate(words[:-1])
        if word(one) in BEING and word(words[at + 1]) in ARTICLES
    ]
    words = words[being[-1] + 1 :] if being else words
    # "Mayor Quill defended the ferry while": a name with a verb of its own is named, not what she
    # did.
    own_verb = next((at for at, one in enumerate(words) if word(one).endswith("ed")), 0)
    if own_verb and article[words[own_verb - 1].start].isupper():
        words = words[:own_verb]
    while words and word(words[0]) in BEFORE_NAME:
        words = words[1:]
    while words and (word(words[-1]) in BEFORE_VERB or word(words[-1]).endswith("ly")):
        words = words[:-1]
    if not words or len(words) > LONGEST:
        return ()
    # "“The wall is sound,” said a spokesman": what stands in quotation marks names nobody.
    if words[0].start and article[words[0].start - 1] in CLOSING:
        return ()
    return (Span(words[0].start, words[-1].end),)
