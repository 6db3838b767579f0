"""Checks that a text is what the rules are for: one article, in English."""

import re

from claims.extraction.lexicon import FUNCTION_WORDS

LONGEST = 200_000
"""Code points: forty times an article, ten seconds of parsing."""

SAMPLE = 6_000
"""Code points in which the language shows."""

LEAST, FEW = 10, 20
"""Words. With fewer than the first nobody can tell the language; with fewer than the second one
English function word is enough, since a headline has hardly more."""

WORD = re.compile(r"[^\W\d_]+")
# The tokenizer's time grows with the square of a run: 4,000 quotation marks take two seconds.
RUN = re.compile(r"\S{1000}")
SHARE = 0.12
"""Least share of function words. The calibration articles have 0.22 or more, Dutch about 0.06."""


def why_unreadable(text: str) -> str | None:
    """Why no claims are looked for in a text, in a few words; None if they are."""
    if len(text) > LONGEST:
        return f"longer than one article ({len(text):,} code points; at most {LONGEST:,} are read)"
    if RUN.search(text):
        return "no prose: a thousand code points without a blank"
    words = [match.group().lower() for match in WORD.finditer(text, 0, SAMPLE)]
    if len(words) < LEAST:
        return None
    english = sum(word in FUNCTION_WORDS for word in words)
    enough = 1 if len(words) < FEW else SHARE * len(words)
    return None if english >= enough else "not English"
