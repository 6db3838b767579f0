"""Shows text safely: what a terminal or a log would act on is spelt out."""

import re

# C0 and C1 controls, soft hyphen, Arabic letter mark, zero-width and bidi characters, line and
# paragraph separators, byte order mark, tags: all that is invisible and acts on what is shown.
# Zero-width joiner and non-joiner stay: Persian and emoji are spelt with them.
ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)


def visible(text: str) -> str:
    """One line of text with every acting character as ⟨U+202E⟩; tabs and line ends as spaces."""
    flat = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return ACTING.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", flat)
