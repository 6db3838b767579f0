"""Text shown to people: what would act on a terminal, or hide, is written out."""

import unicodedata

_SHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, format characters, lone surrogates, line and paragraph separators. All of Cf, ZWJ and
ZWNJ too: in Persian and in emoji they are spelling, but a log in which one word can be written two
ways that look the same cannot be trusted. Nothing is lost, and the desk shows text as printed."""


def visible(text: str, *, lines: bool = False) -> str:
    """Write out what acts or hides, such as ESC or a right-to-left override, as `⟨U+202E⟩`.

    Args:
        text: Any string.
        lines: Keep newlines and tabs, for output of several lines.

    Returns:
        A string that encodes as UTF-8 and cannot move the cursor, turn the direction of writing
        or break a line. Letters of every script stay.
    """
    if text.isprintable():
        return text
    kept = "\n\t" if lines else ""
    return "".join(
        f"⟨U+{ord(sign):04X}⟩"
        if sign not in kept and unicodedata.category(sign) in _SHOWN
        else sign
        for sign in text
    )


def shorten(text: str, width: int) -> str:
    """Put a text on one line of at most so many code points, cut between words.

    Args:
        text: Any string; runs of white space become one space.
        width: 1 or more, the closing `…` included.

    Returns:
        The whole text if it fits; else as many whole words as do, or the start of the first word
        where none does, and `…`.
    """
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    # One more than fits: a word that ends exactly there is whole.
    words, space, _ = line[:width].rpartition(" ")
    return (words if space else line[: width - 1]) + "…"
