"""Plain text: the file is the article."""

from collections.abc import Iterator

from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.readers.options import ReadOptions, report_bad_bytes
from claims.text.clean import clean_text
from claims.text.decode import decode_text

READER = "plain/1"


def read_plain(place: str, raw: bytes, options: ReadOptions) -> Iterator[Article | Problem]:
    """Read one article from a text file; it says nothing of itself but its words.

    Args:
        place: Where the bytes are from, as it shall be shown.
        raw: UTF-8, or UTF-16 or UTF-32 with a byte-order mark.
        options: What the user stated about it.
    """
    try:
        cleaned = clean_text(decode_text(raw))
    except UnicodeDecodeError as error:
        yield report_bad_bytes(place, error)
        return
    if not cleaned.text.strip():
        yield Problem(place, Reason.EMPTY, "there are no words in it")
        return
    yield options.over(Article(text=cleaned.text, reader=READER, place=place, archived=raw))
