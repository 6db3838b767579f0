"""Where the words of a claim can be parted."""

import re

from claims.model.span import Spans

START = re.compile(r"(?<=\s)\S")


def split_places(article: str, spans: Spans) -> list[int]:
    """The starts of all words of a content but the first: each can begin the second part."""
    first = spans[0].start if spans else 0
    return [
        match.start()
        for span in spans
        for match in START.finditer(article, span.start, span.end)
        if match.start() > first
    ] + [span.start for span in spans[1:] if not _after_space(article, span.start)]


def _after_space(article: str, place: int) -> bool:
    return place > 0 and article[place - 1].isspace()
