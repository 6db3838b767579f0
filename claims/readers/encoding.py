"""Bytes of a page as text, as the WHATWG's Encoding Standard orders, no silent damage."""

import codecs
import re
from dataclasses import dataclass

from claims.model.problem import Problem, Reason

HEAD = 4096
"""Bytes in which a page may declare its encoding: browsers look at 1,024, pages exceed it."""
WESTERN = 0.25
"""Above this share of its letters, letters outside ASCII are not those of a Western European
language: French, with the most of them, has 0.04, Icelandic 0.12; any other alphabet 0.9."""

_META = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:+-]{2,40})|<\?xml[^>]{0,99}encoding\s*=\s*["']([\w.-]{2,40})""",
    re.IGNORECASE,
)
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_UNMARKED_UTF16 = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_LABELS = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "ascii"), "cp1252"),
    **dict.fromkeys(("us-ascii", "iso_8859-1", "ansi", "windows-1252", "x-cp1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "latin5", "windows-1254"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620", "windows-874"), "cp874"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "korean"), "cp949"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("utf8", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "unicode", "ucs-2"), "utf-16-le"),
    "utf-16be": "utf-16-be",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
}
_WINDOWS = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    # The standard reads the five bytes that windows-1252 leaves open as C1 controls.
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_TEXT_ENCODINGS = re.compile(
    r"utf-?8|utf-16-[lb]e|cp(125\d|874|866|932|949)|koi8|iso-?8859|gb18030|big5hkscs|euc_jp|"
    r"iso-?2022|mac[_-]"
)
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


@dataclass(frozen=True, slots=True)
class DecodedPage:
    """The text of a page.

    Attributes:
        text: Bytes that could not be read stand as U+FFFD.
        encoding: As Python names it.
        undecodable: How many places could not be read.
    """

    text: str
    encoding: str
    undecodable: int


def decode_page(location: str, raw: bytes, charset: str | None = None) -> DecodedPage | Problem:
    """The text of a page, or the problem that nobody says how it is encoded.

    In this order: a byte order mark; UTF-8, if the bytes are valid UTF-8 and not all ASCII, since
    no other text is by chance; what the server or the page declares; windows-1252, if the letters
    are those of a Western language. A page that declares UTF-8 and holds more letters of
    windows-1252 is read as such.

    Args:
        location: Where the page is from, for the problem.
        raw: Its bytes.
        charset: The `charset` of the HTTP or MIME header, if there was one.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _decoded(raw.removeprefix(mark), encoding)
    for start, encoding in _UNMARKED_UTF16:
        if raw.startswith(start):
            return _decoded(raw, encoding)
    declared = _declared(raw, charset)
    if declared is None or not declared.startswith("iso2022"):
        try:
            return DecodedPage(raw.decode("utf-8"), "utf-8", 0)
        except UnicodeDecodeError:
            pass
    if declared and not (declared == "utf-8" and _is_rather_western(raw)):
        return _decoded(raw, declared)
    if declared or _looks_western(raw):
        return _decoded(raw, "cp1252")
    detail = "it is not UTF-8, declares no other encoding, and does not look Western European"
    return Problem(location, Reason.BAD_ENCODING, detail)


def _declared(raw: bytes, charset: str | None) -> str | None:
    """The codec that the server, else the page, names; None if neither names one that is known."""
    match = _META.search(raw[:HEAD])
    in_page = (match[1] or match[2]).decode("ascii", "replace") if match else None
    named = _codec(charset)
    if named is None:
        named = _codec(in_page)
        # A page whose declaration can be read as ASCII is not in UTF-16, whatever it says.
        named = "utf-8" if named and named.startswith("utf-16") else named
    return named


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    plain = label.strip().strip("\"'").lower()
    name = _LABELS.get(plain, plain)
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    # Python knows codecs that are not of text, such as zlib and rot13.
    return name if _TEXT_ENCODINGS.match(name) else None


def _decoded(raw: bytes, encoding: str) -> DecodedPage:
    if encoding == "cp1252":
        return DecodedPage(raw.decode("latin-1").translate(_WINDOWS), encoding, 0)
    text = raw.decode(encoding, "replace")
    # The page itself may print U+FFFD: those were read.
    return DecodedPage(text, encoding, text.count("\ufffd") - _printed(text, raw, encoding))


def _printed(text: str, raw: bytes, encoding: str) -> int:
    if "\ufffd" not in text:
        return 0
    try:
        return raw.count("\ufffd".encode(encoding))
    except UnicodeEncodeError:
        return 0


def _is_rather_western(raw: bytes) -> bool:
    """Whether more bytes are no UTF-8 than letters are."""
    letters = len(_MULTIBYTE.findall(raw))
    rest = _MULTIBYTE.sub(b"", raw)
    return len(rest) - len(rest.translate(None, bytes(range(128, 256)))) > letters


def _looks_western(raw: bytes) -> bool:
    high = len(raw) - len(raw.translate(None, bytes(range(128, 256))))
    letters = len(raw) - len(raw.translate(None, bytes(range(65, 91)) + bytes(range(97, 123))))
    return high <= WESTERN * (high + letters)
