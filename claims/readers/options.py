"""What the user states about the articles that are read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the command line says of the articles.

    It goes before what a page says of itself; a JSON line's own fields go before it, because it
    is said of many records at once.
    """

    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    title: str | None = None

    @property
    def published_at(self) -> datetime | None:
        """The stated day as a moment, midnight UTC."""
        return midnight(self.published) if self.published else None


def midnight(day: date) -> datetime:
    """The beginning of a day, UTC, which stands for a day whose hour nobody stated."""
    return datetime.combine(day, time.min, UTC)
