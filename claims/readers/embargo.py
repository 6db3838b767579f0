"""Until when an article must not be published, from the words in which publishers say it.

Where words leave a choice the later moment is taken, because an embargo that ends late does no
harm: a moment without a zone ends when it has passed everywhere on earth, midnight is that at the
end of its day, 3/4 is the later of 3 April and 4 March. What cannot be read holds until a person
lifts it.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from itertools import islice, zip_longest

from claims.model.notice import Embargo
from claims.text.clean import clean_line

LAST_ZONE = timezone(timedelta(hours=-12))
"""Where a day ends last."""
HEAD_LINES = 12
"""Lines from the top of a text among which an embargo is looked for."""
LONGEST_LINE = 160
"""Code points. A longer line is a paragraph of the story and no label above it."""

LABEL = re.compile(
    r"^\W*(?:press\s+(?:release|notice)\W+|note\s+to\s+editors\W+)?(?:(?:strictly|under)\s+)*"
    r"(?:(?:strict\s+)?embargo(?:ed)?(?=\s*(?:\W*$|[:.–—-]|\d|until\b|till\b|for\b|to\b))"
    r"|not\s+(?:to\s+be|for)\s+(?:public\s+)?(?:published|publication|released?|used?|broadcast)"
    r"(?:\s+or\s+\w+)?\s+(?:before|until|till|prior\s+to)\b"
    r"|(?:hold|held)\s+(?:for\s+release\s+)?until\b)",
    re.IGNORECASE,
)
"""How a line begins that says that the text is embargoed."""
TELLING = re.compile(
    r"\b(?:press|notes?|editors|embargo(?:ed)?|until|till|before|prior|for|release[ds]?|publication"
    r"|published|public|on|strict(?:ly)?|under|not|to|be|or|used?|broadcast|at|hrs?|hours?|local"
    r"|time|o'clock|of|hold|held|the)\b"
    r"|[()\[\]*!;]|(?<!\d)[:.–—-]|[:.–—-](?!\d)",
    re.IGNORECASE,
)
"""What says nothing of the moment."""
ZONE = re.compile(
    r"\b(?:(Eastern|Central|Mountain|Pacific)(?:\s+(?:Standard|Daylight))?(?:\s+Time)?|([ECMP])T)\b"
)
"""Zones of North America: read as standard time, which ends later, in summer too."""
OFFSET = re.compile(r"\b(?:GMT|UTC)\s*([+-])\s*(1[0-4]|0?\d)(?::?([0-5]\d))?\b")
HALF_DAY = re.compile(r"(?<=\d)\s*([ap])\.?\s?m\b\.?", re.IGNORECASE)
CLOCK = re.compile(r"(?<![\d.:/-])([01]\d|2[0-3])\.?([0-5]\d)(?=\s*(?:h(?:ou)?rs?|h|[A-Z]{3,4})\b)")
"""0001 GMT, 14.30 hrs; a year is followed by no zone."""
MIDNIGHT = re.compile(r"\b(?:12\s*)?midnight\b", re.IGNORECASE)
NOON = re.compile(r"\b(?:12\s*)?noon\b", re.IGNORECASE)

PLAINER = (
    (OFFSET, " "),
    (ZONE, lambda zone: f"{(zone[1] or zone[2])[0]}ST"),
    (NOON, "12:00"),
    (MIDNIGHT, "00:00"),
    (HALF_DAY, r"\1m"),
    (CLOCK, r"\1:\2"),
    (TELLING, " "),
)
"""How words are made plain for the parser of dates, in this order."""


def read_embargo(words: str) -> Embargo:
    """The embargo that these words of a field or a line state."""
    line = clean_line(words)
    return Embargo(line, _moment(line))


def printed_embargo(lines: Iterable[str]) -> Embargo | None:
    """The embargo that a line at the top of a text states; None if there is none.

    A line that is no label in capitals or with a colon counts only if a date can be read in it: a
    sentence may begin "Embargo until".
    """
    head = [clean_line(line) for line in islice(lines, HEAD_LINES)]
    for line, following in zip_longest(head, head[1:], fillvalue=""):
        label = LABEL.match(line)
        if label is None or len(line) > LONGEST_LINE:
            continue
        for words in (line, f"{line} {following}"):
            if until := _moment(words):
                return Embargo(words, until)
        if label[0].isupper() or line[label.end() :].lstrip().startswith(":"):
            return Embargo(line, None)
    return None


def _moment(words: str) -> datetime | None:
    """The moment; None if day, month and year are not all there."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return _latest(words)
    return moment if moment.tzinfo else moment.replace(tzinfo=LAST_ZONE)


def _latest(words: str) -> datetime | None:
    plain = words
    for pattern, replacement in PLAINER:
        plain = pattern.sub(replacement, plain)
    plain = clean_line(plain)
    moments = [moment for order in ("DMY", "MDY") if (moment := _parsed(plain, order))]
    if not moments:
        return None
    late = timedelta(days=1 if MIDNIGHT.search(words) else 0)
    zone = _offset(words) or LAST_ZONE
    return max(moment.replace(tzinfo=moment.tzinfo or zone) for moment in moments) + late


def _offset(words: str) -> timezone | None:
    offset = OFFSET.search(words)
    if offset is None:
        return None
    ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(ahead if offset[1] == "+" else -ahead)


def _parsed(words: str, order: str) -> datetime | None:
    # It takes 0.3 s to import, and few articles are embargoed.
    import dateparser  # noqa: PLC0415 - see above

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "DATE_ORDER": order,
        # Without it the clock is asked.
        "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 - dateparser wants it without a zone
    }
    try:
        parsed: datetime | None = dateparser.parse(words, languages=["en"], settings=settings)
    except (ValueError, OverflowError, TypeError, re.error):
        return None
    return parsed
