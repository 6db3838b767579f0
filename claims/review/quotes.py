"""Keeps quotations true: what stands between quotation marks must be printed."""

import re
from difflib import SequenceMatcher

from claims.review.errors import QuoteDiffersError

QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]")
WORD = re.compile(r"\w+(?:['’\-]\w+)*")
BRACKETS = re.compile(r"\[[^\]]*\]|…|\.\.\.")
"""An editor's insertion or omission: what stands there is not claimed to be printed."""


def require_printed(place: str, statement: str, text: str) -> None:
    """Refuse a statement that quotes words which the claim does not have.

    Marks, case and spacing do not count; an editor's brackets and ellipses part a quotation.

    Args:
        place: How messages name the claim.
        statement: What an editor wrote.
        text: The claim's words as printed.

    Raises:
        QuoteDiffersError: With the difference, word by word.
    """
    printed = words_of(text)
    for quotation in QUOTED.findall(statement):
        for part in BRACKETS.split(quotation):
            quoted = words_of(part)
            if quoted and not _stands_in(quoted, printed):
                raise QuoteDiffersError(place, difference(part, text))


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case, apostrophes alike."""
    return [match.group().lower().replace("’", "'") for match in WORD.finditer(text)]


def difference(quoted: str, printed: str) -> str:
    """How words differ from the nearest printed ones: `the [-bridge-] {+ferry+} is safe`.

    Words of the first alone stand in {+ +}, words that are printed in their place in [- -].
    """
    ours = quoted.split()
    theirs = _nearest(ours, printed.split())
    shown: list[str] = []
    for kind, a, b, c, d in _matched(ours, theirs).get_opcodes():
        if kind == "equal":
            shown.extend(theirs[a:b])
            continue
        if a < b:
            shown.append(f"[-{' '.join(theirs[a:b])}-]")
        if c < d:
            shown.append(f"{{+{' '.join(ours[c:d])}+}}")
    return " ".join(shown)


def _matched(ours: list[str], theirs: list[str]) -> SequenceMatcher[str]:
    one, other = [bare(word) for word in theirs], [bare(word) for word in ours]
    return SequenceMatcher(None, one, other, autojunk=False)


def _nearest(ours: list[str], theirs: list[str]) -> list[str]:
    """As many printed words as were given, from where most of them agree."""
    size = len(ours)
    windows = [theirs[at : at + size] for at in range(max(len(theirs) - size, 0) + 1)]
    # Of windows that agree as much the one that begins alike.
    return max(
        windows,
        key=lambda window: (
            _matched(ours, window).ratio(),
            bool(window and ours) and bare(window[0]) == bare(ours[0]),
        ),
    )


def bare(word: str) -> str:
    """A word without marks, in lower case."""
    return "".join(words_of(word)) or word


def _stands_in(quoted: list[str], printed: list[str]) -> bool:
    length = len(quoted)
    return any(printed[at : at + length] == quoted for at in range(len(printed) - length + 1))
