"""Text for people to see: characters that control a terminal, or are invisible, are spelled out."""

import unicodedata

_SHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, format characters, lone surrogates, line and paragraph separators. All of Cf, joiners
too: in Persian and in emoji they are spelling, but a log in which one word can be written two ways
that look the same cannot be trusted. Nothing is lost: JSON and CSV have the text as it is."""


def visible(text: str) -> str:
    """The text on one line, with control and invisible characters as `⟨U+202E⟩`.

    Line ends and tabs become spaces. The result encodes as UTF-8 and cannot move the cursor,
    reverse the direction of writing or break a line; letters of every script stay.
    """
    if text.isprintable():
        return text
    line = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return "".join(
        f"⟨U+{ord(sign):04X}⟩" if unicodedata.category(sign) in _SHOWN else sign for sign in line
    )
