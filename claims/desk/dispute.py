"""Two readings that differ, side by side for whoever settles it; the names are withheld."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from claims.model.json import Json
from claims.review.card import DisputedReading

SHOWN = 300
"""Characters of a field that a cell has room for."""

AS_IT_IS = "as it is"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the readers could say of a claim, with what each said.

    Attributes:
        name: What it is.
        readings: What each would have it be, in the order in which they read.
    """

    name: str
    readings: Sequence[str]

    @property
    def differs(self) -> bool:
        """Whether they do not say the same."""
        return len({*self.readings}) > 1


def compare_readings(disputed: Sequence[DisputedReading]) -> list[Row]:
    """The rows of a table of readings: decision, reason, and every field that one changed."""
    if not disputed:
        return []
    fields = sorted({name for one in disputed for name in one.after if name != "status"})
    return [
        Row("decision", [one.action for one in disputed]),
        Row("reason", [one.reason or "none" for one in disputed]),
        *(
            Row(
                name.replace("_", " "),
                [_shown(one.after[name]) if name in one.after else AS_IT_IS for one in disputed],
            )
            for name in fields
        ),
    ]


def _shown(value: Json) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …"
