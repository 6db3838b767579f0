"""Offsets as people count them: in paragraphs."""


def paragraph_of(text: str, offset: int) -> int:
    """The paragraph that contains an offset, counted from 1.

    Args:
        text: A cleaned text; each line that is not blank is a paragraph.
        offset: 0 … length of the text, in code points. On a blank line it belongs to the
            paragraph before; before the first one, to the first.
    """
    line_end = text.find("\n", offset)
    until = text[: len(text) if line_end < 0 else line_end]
    return max(1, sum(1 for line in until.split("\n") if line and not line.isspace()))
