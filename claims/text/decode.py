"""Bytes to text, by what the bytes themselves declare and never by a guess."""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    # UTF-32 first: its little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,512}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})"""
    rb"""|\A\s*<\?xml\b[^>]{0,256}?\bencoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""",
    re.IGNORECASE,
)

_PROLOGUE = 4096
"""How far into a page a charset may be declared, in bytes. HTML asks for the first 1024; real pages
put scripts before it."""

_WEB_CODECS = {
    # What browsers read under these labels (WHATWG Encoding): the Windows superset.
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
} | {
    name: name
    for name in (
        *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *(f"cp125{page}" for page in range(9)),
        *("cp866", "cp874", "cp932", "cp949", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
        *("big5", "big5hkscs", "euc_jp", "gb18030", "iso2022_jp"),
    )
}
"""Python's codec for each charset a page may declare. A list of its own, because Python also knows
codecs, such as `utf-7` or `unicode_escape`, under which harmless bytes turn into markup."""


@dataclass(frozen=True, slots=True)
class BadByte:
    """Where bytes stopped being text.

    Attributes:
        line: From 1.
        column: Byte within the line, from 1.
        value: The offending bytes in hexadecimal, such as `0xff 0xfe`.
        encoding: The encoding they were read in.
    """

    line: int
    column: int
    value: str
    encoding: str


def decode_text(raw: bytes) -> str:
    """Decode a text file: UTF-8, or UTF-16 or UTF-32 where a byte-order mark says so.

    Raises:
        UnicodeDecodeError: The bytes are not that; `find_bad_byte` tells where.
    """
    return str(raw, _marked_encoding(raw) or "utf-8", "strict")


def decode_html(raw: bytes) -> str:
    """Decode a web page: by its byte-order mark, else as UTF-8, else by the charset it declares.

    UTF-8 goes before the declaration, for browsers save pages as UTF-8 and keep the old label, and
    no other charset's letters are valid UTF-8. All-ASCII bytes do follow the label (ISO-2022-JP).

    Raises:
        UnicodeDecodeError: The bytes are none of these; `find_bad_byte` tells where.
    """
    marked = _marked_encoding(raw)
    declared = _declared_encoding(raw)
    if marked is not None or declared is None:
        return decode_text(raw)
    if not raw.isascii():
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return raw.decode(declared)


def find_bad_byte(error: UnicodeDecodeError) -> BadByte:
    """Tell where decoding stopped, and at which bytes."""
    before = error.object[: error.start]
    # The part before the fault did decode; the line is counted there, as UTF-16 has its own breaks.
    line_start = before.decode(error.encoding, "ignore").rpartition("\n")[0::2]
    lines, last = line_start
    bad = error.object[error.start : max(error.end, error.start + 1)][:4]
    return BadByte(
        line=lines.count("\n") + 1 + bool(lines or before.startswith(b"\n")),
        column=len(last.encode(error.encoding, "replace")) + 1,
        value=" ".join(f"0x{byte:02x}" for byte in bad),
        encoding=error.encoding,
    )


def _marked_encoding(raw: bytes) -> str | None:
    return next((name for mark, name in _MARKS if raw.startswith(mark)), None)


def _declared_encoding(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:_PROLOGUE])
    if found is None:
        return None
    label = (found[1] or found[2]).decode("ascii")
    try:
        return _WEB_CODECS.get(codecs.lookup(label).name)
    except LookupError:
        return None
