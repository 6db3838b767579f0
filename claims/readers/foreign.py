"""Formats that are recognised and not read: what they are, and what to do instead."""

from dataclasses import dataclass

from claims.readers.looks import Looks, begins, has_root, is_zip_of

AS_TEXT = "save it as plain text or HTML"
TABLE = "`claims import` reads quotations from a sheet that is saved as CSV"
NOT_TEXT = "leave it out"
UNPACK = "unpack it and read the folder"
TRANSCRIPT = "give its transcript as plain text"
MP4 = tuple(bytes((0, 0, 0, size)) + b"ftyp" for size in range(8, 64, 4))


@dataclass(frozen=True, slots=True)
class Foreign:
    """A format that is recognised and not read.

    Attributes:
        name: As people call it, for "it is …".
        looks: Whether the first bytes look like it.
        instead: What to do, without a capital and a full stop.
    """

    name: str
    looks: Looks
    instead: str


FOREIGN_BYTES = (
    # Some programs put a mark or a blank line before it.
    Foreign(
        "a PDF",
        lambda head: head.text.startswith("%PDF-"),
        "read the article's web page, or save its text",
    ),
    Foreign("a PostScript file", begins(b"%!PS"), AS_TEXT),
    Foreign("a Word document", is_zip_of(b"word/"), AS_TEXT),
    Foreign("an Excel sheet", is_zip_of(b"xl/"), TABLE),
    Foreign("a PowerPoint file", is_zip_of(b"ppt/"), AS_TEXT),
    Foreign("an OpenDocument sheet", is_zip_of(b"opendocument.spreadsheet"), TABLE),
    Foreign("an OpenDocument text", is_zip_of(b"opendocument"), AS_TEXT),
    Foreign("an e-book", is_zip_of(b"application/epub+zip"), AS_TEXT),
    Foreign("an Office document", is_zip_of(b"[Content_Types].xml"), AS_TEXT),
    Foreign("a zip file", begins(b"PK\x03\x04", b"PK\x05\x06"), UNPACK),
    Foreign("an old Office file", begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), AS_TEXT),
    Foreign("a rich text file", begins(b"{\\rtf"), AS_TEXT),
    Foreign("a 7-Zip file", begins(b"7z\xbc\xaf\x27\x1c"), UNPACK),
    Foreign("a RAR file", begins(b"Rar!\x1a\x07"), UNPACK),
    Foreign("a tar file", begins(b"ustar", at=257), UNPACK),
    Foreign("a bzip2 file", begins(b"1AY&SY", at=4), UNPACK),
    Foreign("an xz file", begins(b"\xfd7zXZ\x00"), UNPACK),
    Foreign("a Zstandard file", begins(b"\x28\xb5\x2f\xfd"), UNPACK),
    Foreign("a SQLite database", begins(b"SQLite format 3\x00"), NOT_TEXT),
    Foreign("a Parquet file", begins(b"PAR1\x15"), NOT_TEXT),
    Foreign("a binary property list", begins(b"bplist0"), AS_TEXT),
    Foreign("a picture", begins(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"), NOT_TEXT),
    Foreign("a picture", begins(b"II*\x00", b"MM\x00*"), NOT_TEXT),
    Foreign("a picture", begins(b"WEBP", at=8), NOT_TEXT),
    Foreign("a recording", begins(b"ID3\x02", b"ID3\x03", b"ID3\x04", b"OggS\x00"), TRANSCRIPT),
    Foreign("a recording", begins(b"WAVE", at=8), TRANSCRIPT),
    Foreign("a recording or video", begins(*MP4), TRANSCRIPT),
    Foreign("a video", begins(b"\x1aE\xdf\xa3"), TRANSCRIPT),
)
"""No text begins like these, whatever its name. The more particular first."""

FOREIGN_TEXTS = (
    Foreign("NewsML 1", has_root("NewsML"), "ask the agency for NewsML-G2 or ninjs"),
    Foreign("OPML, a list of feeds", has_root("opml"), "read the feeds that it lists"),
    Foreign("an SVG picture", has_root("svg"), NOT_TEXT),
)
