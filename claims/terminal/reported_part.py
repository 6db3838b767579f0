"""The parts of a sentence that somebody may be reported to have said, guessed without a parse.

Where a claim is added the first is marked, a key goes on to the next, and the edges can be moved.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from claims.extraction.lexicon import PROPOSED, VERBS
from claims.model.span import Span, Spans
from claims.review.quotes import WORD
from claims.terminal.screen.sentences import sentences_of
from claims.terminal.words import BORDER

TAIL = 12
"""Words that "…, the mayor said on Monday" may take at the end of a sentence."""

THAT = 8
"""Words after a verb among which "that" begins what it reports: "told the paper on Monday that"."""

JOINING = frozenset({"and", "but", "or", "who", "which", "while"})
"""Words before a verb that reports something else than what stands before them."""

LEAST = 3
"""Words that a claim has at least."""

ACCORDING = re.compile(
    r"[Aa]ccording to (?:[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3} (?=[a-z])|[^,]{1,80}, )"
    r"(?:(?:quoting|citing) [^,]{1,80}, |[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,4}, )?"
)
QUOTED = re.compile(r"\s*[,:]?\s*[\"“«]")
CLOSING = {'"': '"', "“": "”", "«": "»"}

UNSAID = re.compile(
    r"(?:\b(?:not|never|cannot|nor|without)|n['’]t)(?:\s(?:\w+ly|yet|even|ever|so|have|be|been))*\s+$"
    r"|\b(?:nobody|no[ -]one|none|neither|no)(?:\s(?!and\b|but\b)[\w'’-]+){0,3}\s+$"
    r"|\b(?:refus|declin|fail|neglect|omit|hesitat|unable|unwilling|reluctan|want|wish|hop|expect|"
    r"plan|ask|urg|forc|invit|press)\w*(?:\s[\w'’-]+){0,4}\sto\s+$",
    re.IGNORECASE,
)
"""Stands before a verb if nothing was said: "did not deny", "nobody said", "refused to say"."""

REACH = 80
"""Code points before a verb in which that is looked for."""

LONGEST_QUOTE = 2_000
"""Code points that a quotation may go on after its sentence; a mark may never be closed."""


def reported_parts(article: str, sentence: Span) -> tuple[Span, ...]:
    """What may be reported in a sentence, the likeliest first, at last the whole sentence.

    Args:
        article: The text.
        sentence: Where the sentence stands.
    """
    return tuple(dict.fromkeys([*likely_parts(article, sentence), sentence]))


@lru_cache(maxsize=1024)
def likely_parts(article: str, sentence: Span) -> tuple[Span, ...]:
    """What a sentence likely reports, by its verbs and marks; nothing if there are none."""
    text = article[sentence.start : sentence.end]
    whole = Span(sentence.start, sentence.start + len(text.rstrip(" .\n")))
    words = [word.span() for word in WORD.finditer(article, *sentence)]
    parts = (
        _through_quotation(article, part)
        for part in _parts(article, whole, [Span(*word) for word in words])
        if sum(part.start <= start < part.end for start, _ in words) >= LEAST
    )
    return tuple(dict.fromkeys(parts))


@lru_cache(maxsize=8)
def missed_parts(article: str, claimed: tuple[Spans, ...]) -> tuple[Span, ...]:
    """The likeliest part of each sentence that reports something where no claim stands.

    Args:
        article: The text.
        claimed: Where its claims stand.

    Returns:
        In the order of the text; a sentence that a claim stands in can have another part.
    """
    claimed_spans = sorted(span for one in claimed for span in one)
    missed: list[Span] = []
    for sentence in sentences_of(article):
        free = (part for part in likely_parts(article, sentence) if _is_free(part, claimed_spans))
        part = next(free, None)
        if part is not None:
            missed.append(part)
            claimed_spans.append(part)
    return tuple(missed)


def _is_free(part: Span, claimed_spans: Sequence[Span]) -> bool:
    return not any(start < part.end and part.start < end for start, end in claimed_spans)


def _is_quotation(article: str, whole: Span) -> bool:
    """Whether a sentence is nothing but a quotation, or the first of one."""
    mark = article[whole.start : whole.start + 1]
    if mark not in CLOSING:
        return False
    return article.find(CLOSING[mark], whole.start + 1, whole.end - 1) < 0


def _through_quotation(article: str, part: Span) -> Span:
    """The part with the mark that it is opened by, to the end of a quotation open at its end."""
    mark = article[part.start - 1 : part.start]
    start = part.start - 1 if mark in CLOSING else part.start
    opened = ""
    for match in re.finditer(r"[\"“”«»]", article[start : part.end]):
        opened = "" if opened and match[0] == CLOSING[opened] else match[0] * (match[0] in CLOSING)
    if not opened:
        return Span(start, part.end)
    close = article.find(CLOSING[opened], part.end, part.end + LONGEST_QUOTE)
    return Span(start, part.end if close < 0 else close + 1)


def _parts(article: str, whole: Span, words: list[Span]) -> Iterator[Span]:
    if _is_quotation(article, whole):
        yield whole
    match = ACCORDING.match(article, *whole)
    if match:
        yield Span(match.end(), whole.end)
    borders = [border.span() for border in BORDER.finditer(article, *whole)]
    cues = [number for number, word in enumerate(words) if is_cue(article, word)]
    if cues and borders and _is_tail(article, words, borders[-1][1]):
        yield Span(whole.start, _end_at(article, borders[-1]))
    for number in cues:
        start = _start_after(article, words, number)
        if start is not None:
            yield Span(start, whole.end)
            for border in borders[::-1]:
                if any(cue > number and words[cue].start >= border[1] for cue in cues):
                    yield Span(start, _end_at(article, border))
                    break
    for number in cues:
        before = [border for border in borders if border[1] <= words[number].start]
        if before:
            yield Span(whole.start, _end_at(article, before[-1]))


def _is_tail(article: str, words: list[Span], border: int) -> bool:
    """Whether a sentence ends in who says the rest of it."""
    tail = [word for word in words if word.start >= border]
    after = [article[word.start : word.end] for word in tail]
    ends = 0 < len(after) <= TAIL and any(is_cue(article, word) for word in tail)
    return ends and after[0] not in JOINING and "that" not in after


def _end_at(article: str, border: tuple[int, int]) -> int:
    """Where a part ends at a border: with its quotation mark, before its comma."""
    start, end = border
    return start if article[start] in ",;:–—(" else end


def _start_after(article: str, words: list[Span], number: int) -> int | None:
    """Where that begins which a verb reports; None if nothing follows it."""
    following = words[number + 1 :]
    if not following:
        return None
    if not QUOTED.match(article, words[number].end):
        for word, after in pairwise(following[: THAT + 1]):
            if article[word.start : word.end].lower() == "that":
                return after.start
    return following[0].start


def is_cue(article: str, word: Span) -> bool:
    """Whether a word reports something; no capital within a name does, as in "United States".

    Of "did not deny that …" nobody can be marked as one who denies: such words report nothing.
    """
    printed = article[word.start : word.end]
    if printed[0].isupper() and article[max(word.start - 2, 0) : word.start].strip().isalnum():
        return False
    entry = VERBS.get(printed.lower())
    if entry is None or entry.reports not in PROPOSED or not entry.takes("that", "quote"):
        return False
    return UNSAID.search(article[max(word.start - REACH, 0) : word.start]) is None
