"""Plain text: one file, one article, a line a paragraph."""

from collections.abc import Iterator

from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.readers.options import ReadOptions
from claims.text.clean import clean_text

READER = "plain/1"


def read_plain(place: str, raw: bytes, stated: ReadOptions) -> Iterator[Article | Problem]:
    """The one article of a text file, or why there is none."""
    text = decode(place, raw)
    if isinstance(text, Problem):
        yield text
        return
    cleaned = clean_text(text).text
    if not cleaned.strip():
        yield Problem(place, Reason.EMPTY, "no text in it")
        return
    yield Article(
        text=cleaned,
        reader=READER,
        place=place,
        archived=raw,
        url=stated.url,
        outlet=stated.outlet,
        title=stated.title,
        published_at=stated.published_at,
    )


def decode(place: str, raw: bytes, line: int | None = None) -> str | Problem:
    """Bytes as text: UTF-8, or what a byte order mark says; never a guess.

    Args:
        place: Where the bytes are from, for the problem.
        raw: The bytes.
        line: Their line in the file, where they are one of many.
    """
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return raw.decode("utf-16" if marked else "utf-8")
    except UnicodeDecodeError as error:
        at = line or raw.count(b"\n", 0, error.start) + 1
        value = raw[max(0, error.start - 20) : error.start + 20]
        shown = value.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")
        detail = f"byte {error.start} is no {error.encoding.upper()}"
        return Problem(place, Reason.BAD_ENCODING, detail, line=at, value=shown)
