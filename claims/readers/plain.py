"""Plain text: one file, one article, a line a paragraph."""

from collections.abc import Iterator

from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.readers.encoding import decode_page
from claims.readers.options import ReadOptions
from claims.text.clean import clean_text

READER = "plain/1"


def read_plain(location: str, raw: bytes, options: ReadOptions) -> Iterator[Article | Problem]:
    """The article of a text file, or the problem that there is none."""
    text = _decode_as(location, raw, options.charset)
    if isinstance(text, Problem):
        yield text
        return
    cleaned = clean_text(text).text
    if not cleaned.strip():
        yield Problem(location, Reason.EMPTY, "no text in it")
        return
    yield Article(
        text=cleaned,
        reader=READER,
        place=location,
        archived=raw,
        url=options.url,
        outlet=options.outlet,
        title=options.title,
        published_at=options.published_at,
        raw_text=None if text == cleaned else text,
    )


def _decode_as(location: str, raw: bytes, charset: str | None) -> str | Problem:
    if charset is None:
        return decode(location, raw)
    page = decode_page(location, raw, charset)
    return page if isinstance(page, Problem) else page.text


def decode(location: str, raw: bytes, line: int | None = None) -> str | Problem:
    """Bytes as text: UTF-8, or what a byte order mark says; never a guess.

    Args:
        location: Where the bytes are from, for the problem.
        raw: The bytes.
        line: Their line in the file, if they are one line of many.
    """
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return raw.decode("utf-16" if marked else "utf-8")
    except UnicodeDecodeError as error:
        at = line or raw.count(b"\n", 0, error.start) + 1
        value = raw[max(0, error.start - 20) : error.start + 20]
        shown = value.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")
        detail = f"byte {error.start} is not {error.encoding.upper()}"
        return Problem(location, Reason.BAD_ENCODING, detail, line=at, value=shown)
