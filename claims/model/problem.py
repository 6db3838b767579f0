"""A record that could not be read: it is reported and stored, and the others go on."""

from dataclasses import dataclass
from enum import StrEnum

from claims.errors.base import named
from claims.model.capture import Capture


class Reason(StrEnum):
    """Why a record could not be read; the value is the stable code that people and programs see."""

    BAD_ENCODING = "bad-encoding"
    BAD_JSON = "bad-json"
    BAD_FIELD = "bad-field"
    BAD_CSV = "bad-csv"
    MISSING_FIELD = "missing-field"
    NOT_STORED = "not-stored"
    UNCLEAR_DATE = "unclear-date"
    BINARY = "binary"
    EMPTY = "empty"
    MISSING_TEXT = "missing-text"
    TOO_LARGE = "too-large"
    NO_ARTICLE = "no-article"
    UNREADABLE = "unreadable"
    UNSUPPORTED_FORMAT = "unsupported-format"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    NOT_SEEKABLE = "not-seekable"
    DIGEST_FAILED = "digest-failed"
    UNRESOLVED_REVISIT = "unresolved-revisit"
    EXTRACTION_FAILED = "extraction-failed"
    CONFLICT = "conflict"
    ID_REUSED = "id-reused"
    FETCH_REFUSED = "fetch-refused"
    FETCH_FAILED = "fetch-failed"
    EMBARGOED = "embargoed"
    NOTICE = "notice"
    DECIDED_ELSEWHERE = "decided-elsewhere"
    BAD_XML = "bad-xml"
    DTD_REFUSED = "dtd-refused"
    NO_FEED = "no-feed"
    BAD_DATE = "bad-date"
    FUTURE_DATE = "future-date"
    WORDS_NOT_FOUND = "words-not-found"
    UNKNOWN_ARTICLE = "unknown-article"


REMEDIES = {
    Reason.BAD_ENCODING: "Save it as UTF-8 and read it again.",
    Reason.BAD_JSON: "Each record must be a JSON object.",
    Reason.BAD_FIELD: "Correct the field or leave it out.",
    Reason.BAD_CSV: "Close it, or write it twice inside a cell; the lines after it were read.",
    Reason.MISSING_FIELD: "Fill it in, or leave the record out.",
    Reason.UNCLEAR_DATE: "Say how it writes days in figures: --day-order dmy or mdy.",
    Reason.NOT_STORED: "The others were; correct what is named, or report the record.",
    Reason.BINARY: "docs/how-to/ingest.md lists the formats that are read.",
    Reason.EMPTY: "Leave it out, or give a file or folder that holds articles.",
    Reason.MISSING_TEXT: 'Each record needs its text, in article JSON a field "text".',
    Reason.TOO_LARGE: "Split it, or leave it out.",
    Reason.NO_ARTICLE: "Save the page's text as plain text and read that.",
    Reason.UNREADABLE: "Check that the path exists and may be read.",
    Reason.UNSUPPORTED_FORMAT: "docs/how-to/ingest.md lists the formats that are read.",
    Reason.TRUNCATED: "Get the whole of it again; what comes before was read.",
    Reason.DAMAGED: "Get the file again; what could be read of it was read.",
    Reason.NOT_SEEKABLE: "It was read; `warcio recompress OLD NEW` packs each record by itself.",
    Reason.DIGEST_FAILED: "Compare the record with its origin before you rely on it.",
    Reason.UNRESOLVED_REVISIT: "Read the file that holds the page's first capture, then this one.",
    Reason.EXTRACTION_FAILED: "The article was not stored; report the text that caused it.",
    Reason.CONFLICT: "Nothing was overwritten: compare the line with the row here.",
    Reason.FETCH_REFUSED: "Save the page in a browser and read the file, if you may.",
    Reason.FETCH_FAILED: "Look at the address in a browser, or fetch it again later.",
    Reason.EMBARGOED: "Ask the publisher, then `claims documents lift-embargo`.",
    Reason.NOTICE: "Find the article, then `claims documents withdraw` or `correct`.",
    Reason.ID_REUSED: "If it is the same article, read it again with --url and its address.",
    Reason.DECIDED_ELSEWHERE: "Decide on it here, or restore the archive into an empty database.",
    Reason.BAD_XML: "It must be well-formed; what came before the fault was read.",
    Reason.DTD_REFUSED: "Entities can open files and fill the memory: save it without the DTD.",
    Reason.NO_FEED: "Check that the address is the feed's and not a page's.",
    Reason.BAD_DATE: "Correct it, ask the publisher, or give the day with --published.",
    Reason.FUTURE_DATE: "The article was read with it; ask the publisher.",
    Reason.WORDS_NOT_FOUND: "A proposal has the words of the article and says where they stand.",
    Reason.UNKNOWN_ARTICLE: "Ingest it first, or name it by its address or its document's id.",
}
"""What to do about each reason, in one sentence."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One record that was not stored, with the reason.

    Attributes:
        place: The file or `-`.
        line: Line of the record in the file, from 1; None if the whole file is the record.
        field: The field that is wrong, if it is a field.
        value: The start of the offending value, at most 200 code points, as text.
        reason: The stable code.
        detail: What exactly was wrong, in one line.
    """

    place: str
    reason: Reason
    detail: str
    line: int | None = None
    field: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        """One line of the same shape as an error's."""
        place = named(self.place)
        line = place if self.line is None else f"{place}:{self.line}"
        location = line if self.field is None else f"{line} field {self.field}"
        return f"problem[{self.reason}] {location}: {self.detail}. {REMEDIES[self.reason]}"


@dataclass(frozen=True, slots=True)
class UnresolvedRevisit(Problem):
    """A page that was as another record has it, which is not in the same file.

    Attributes:
        capture: Where and when it was so.
        media_type: As the server said; empty if it did not.
        refers_to: Id of the other record.
        refers_to_uri: Address of the other record; None if it is the same.
        payload_digest: Of what both hold.
    """

    capture: Capture | None = None
    media_type: str = ""
    refers_to: str | None = None
    refers_to_uri: str | None = None
    payload_digest: str | None = None
