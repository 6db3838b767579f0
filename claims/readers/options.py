"""What the command line says of the articles that are read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the command line says of the articles.

    It overrides what a page says of itself, but for its address. The fields of a JSON line override
    it, because an option applies to many records at once.

    Attributes:
        url: The address that the article was found at. What a page calls its canonical address is
            taken in its place if it is on the same site.
        now: The moment of reading; None if it does not matter. A date of publication that is later
            is reported.
        charset: How a text is encoded, as the server that sent it said; no option of the command
            line.
    """

    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    title: str | None = None
    now: datetime | None = None
    charset: str | None = None

    @property
    def published_at(self) -> datetime | None:
        """The day as a moment, midnight UTC."""
        return midnight(self.published) if self.published else None


def midnight(day: date) -> datetime:
    """The beginning of a day, UTC, which stands for a day without an hour."""
    return datetime.combine(day, time.min, UTC)
