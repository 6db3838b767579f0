"""Cleans text once, where it enters, so that every later offset fits what is stored."""

import re
import unicodedata
from dataclasses import dataclass

# PostgreSQL's text takes neither NUL nor a lone surrogate; other C0 and C1 controls (but tab and
# line feed) are no text, and terminals act on them.
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
SURROGATES = re.compile("[\ud800-\udfff]")
BOM = "\ufeff"
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text that can be stored, and what was done to it.

    Attributes:
        text: In NFC, lines ended by line feeds alone.
        controls: How many control characters were taken out.
        surrogates: How many lone surrogates were replaced by U+FFFD.
    """

    text: str
    controls: int = 0
    surrogates: int = 0


def clean_text(raw: str) -> Cleaned:
    """Make text fit to store; cleaning it again changes nothing.

    Byte order marks and controls go, lone surrogates become U+FFFD, every line end becomes a line
    feed, and composed characters are composed (NFC).
    """
    text = LINE_ENDS.sub("\n", raw).replace(BOM, "")
    text, controls = CONTROLS.subn("", text)
    text, surrogates = SURROGATES.subn(REPLACEMENT, text)
    return Cleaned(unicodedata.normalize("NFC", text), controls, surrogates)
