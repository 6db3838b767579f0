"""The text as the parser reads it best: what prints nothing is gone, and marks stand apart.

Papers print a name with a soft hyphen, a no-break space or a line end inside, and lose the blank
after a full stop. The parser reads such a word as another one. Only the parser sees the plain text:
all offsets of proposals are those of the text as it was given.
"""

import re
from itertools import chain

from claims.model.proposal import Proposal, move_spans
from claims.model.span import Span, Spans, join_spans

INVISIBLE = "\u00ad\u200b\u2060"
"""Soft hyphen, zero-width space, word joiner."""

ALIKE = {"\u00a0": " ", "\u202f": " ", "\u2007": " ", "″": '"', "＂": '"', "‟": "“", "′": "'"}
"""What prints like another sign, and is read as that."""

SHARE = (
    r"WhatsApp|E-?mail|Telegram|Share|Tweet|Print|Facebook|Twitter|Copy link|Pinterest|LinkedIn"
    r"|Reddit|Messenger|Bookmark|Comments?|Follow us on \w+|Share (?:this|on) \w+"
)
"""The words on a page's buttons, which a saved page prints before its first words."""

EDIT = re.compile(
    f"(?P<gone>[{INVISIBLE}]+)"
    f"|(?P<alike>[{''.join(ALIKE)}])"
    # A blank is missing: "close.“We", "choice,”said", "mayor.She said", "half,Orrin said".
    r"|(?P<apart>(?<=[a-z][a-z][.?!])(?=“\w|[A-Z][a-z]+ [a-z])|(?<=[.?!,]”)(?=[^\W\d_])"
    r"|(?<=[a-z],)(?=[A-Z][a-z]+ [a-z]))"
    rf"|^(?P<bar>(?:(?:{SHARE}) ){{2,}}|Follow us on \w+ )(?=[A-Z])",
    re.MULTILINE,
)
BLOCK = re.compile(r"[^\n]{1,100}(?:\n[^\n]{1,100})+")
"""Lines without an empty one between them, none longer than a typist's."""

WRAPPED = re.compile(r"[^.?!:;\"”'’\n]\n(?=[a-z])")
LINE_END = re.compile(r"\n(?![-–—•*·>])")


class PlainText:
    """A text to parse, and where each of its code points comes from.

    Attributes:
        text: The plain text.
    """

    def __init__(self, text: str) -> None:
        """Make a text plain."""
        parts: list[str] = []
        origins: list[range] = []
        offset = 0
        joined = BLOCK.sub(_join_lines, text)
        for match in EDIT.finditer(joined):
            start, end = match.span()
            instead = _instead(match)
            parts += [joined[offset:start], instead]
            origins += [range(offset, start), range(start, start + len(instead))]
            offset = end
        self.text = "".join([*parts, joined[offset:]])
        self._origins = [*chain.from_iterable(origins), *range(offset, len(text))]
        self._same = self.text == joined

    def original(self, proposal: Proposal) -> Proposal:
        """A proposal of the plain text with the offsets of the text as it was given."""
        return proposal if self._same else move_spans(proposal, self._spans)

    def _spans(self, spans: Spans) -> Spans:
        return join_spans(
            Span(self._origins[start], self._origins[end - 1] + 1) for start, end in spans
        )


def _join_lines(block: re.Match[str]) -> str:
    """Lines that a typist broke, as one; a list and a heading keep theirs."""
    lines = block.group()
    return LINE_END.sub(" ", lines) if WRAPPED.search(lines) else lines


def _instead(match: re.Match[str]) -> str:
    """What stands instead of a match."""
    if match["gone"]:
        return ""
    if match["alike"]:
        return ALIKE[match["alike"]]
    return match["bar"][:-1] + "\n" if match["bar"] else " "
