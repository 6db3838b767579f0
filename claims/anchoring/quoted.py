"""Which words of a text stand between quotation marks, paragraph by paragraph."""

import re

from claims.anchoring.words import Words
from claims.model.span import Span

_OPENS = {"“": "”", "«": "»", "„": "“", "‹": "›", "「": "」", "『": "』", "‘": "’"}
_CLOSES = {"“": '”"“', "«": "»", "„": "“”", "‹": "›", "「": "」", "『": "』", '"': '"”', "‘": "’"}
_MARK = re.compile('[“”«»„‹›「」『』"‘’\n]')


def quoted_words(words: Words) -> list[bool]:
    """For each word of a text whether it stands between quotation marks.

    A quotation ends with its paragraph at the latest; the next one opens its own. A right single
    mark within or after a word is an apostrophe unless a left one is open. A straight mark before a
    word opens even if one is open: the paragraph's end was lost with its line break.
    """
    flags = [False] * len(words)
    for start, end in _quotations(words.text):
        for word in words.touched(Span(start, end)) if start < end else ():
            flags[word] = True
    return flags


def _quotations(text: str) -> list[tuple[int, int]]:
    quotations: list[tuple[int, int]] = []
    opened: tuple[str, int] | None = None
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if mark == "\n":
            if opened and opened[0] != "‘":
                quotations.append((opened[1], at))
            opened = None
        elif opened and mark == '"' and _begins(text, at):
            quotations.append((opened[1], at))
            opened = (mark, at + 1)
        elif opened and mark in _CLOSES[opened[0]] and not _apostrophe(text, mark, at):
            quotations.append((opened[1], at))
            opened = None
        elif opened is None and mark in _CLOSES:
            opened = (mark, at + 1)
    if opened and opened[0] != "‘":
        quotations.append((opened[1], len(text)))
    return quotations


def _begins(text: str, at: int) -> bool:
    """Whether a straight mark stands as an opening one does: after a space, before a word."""
    return text[at - 1 : at].isspace() and text[at + 1 : at + 2].isalnum()


def _apostrophe(text: str, mark: str, at: int) -> bool:
    return mark == "’" and text[at + 1 : at + 2].isalnum()
