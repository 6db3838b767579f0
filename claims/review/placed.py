"""The claims of one text, as an article with all of them shows them."""

import uuid
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from claims.catalogue.modes import load_modes
from claims.database.ranges import to_spans
from claims.model.kinds import WAITING, ClaimStatus, Mode
from claims.model.reported import reported_by
from claims.model.span import Spans
from claims.schema import AttributionRow, ClaimRow


@dataclass(frozen=True, slots=True)
class PlacedClaim:
    """A claim where it stands in its text.

    Attributes:
        number: Which of the text's claims it is, from 1, in the order of the text.
        revision: How many decisions were made on it.
        words: Its words, with what its chain does with them in front.
    """

    id: uuid.UUID
    number: int
    spans: Spans
    status: ClaimStatus
    revision: int
    words: str

    @property
    def waits(self) -> bool:
        """Whether a person still has to decide."""
        return self.status in WAITING


def load_placed(session: Session, version: uuid.UUID) -> list[PlacedClaim]:
    """The claims of a text that were not replaced by others, in its order.

    Columns, not rows with all that hangs on them: of 200 claims those would take longer than the
    card. Chains are loaded of those claims alone whose words are not just said.
    """
    stands_apart = exists().where(
        AttributionRow.claim == ClaimRow.id, AttributionRow.mode != Mode.SAYS
    )
    columns = (
        ClaimRow.id,
        ClaimRow.content_spans,
        ClaimRow.status,
        ClaimRow.revision,
        ClaimRow.text,
        stands_apart,
    )
    query = (
        select(*columns)
        .where(ClaimRow.version == version, ClaimRow.status != ClaimStatus.REPLACED)
        .order_by(func.lower(ClaimRow.content_spans), ClaimRow.id)
    )
    rows = session.execute(query).all()
    apart = [row.id for row in rows if row[-1]]
    modes = load_modes(session, apart) if apart else {}
    return [
        PlacedClaim(
            id_,
            number,
            to_spans(spans),
            ClaimStatus(status),
            revision,
            reported_by(words, modes.get(id_, ())),
        )
        for number, (id_, spans, status, revision, words, _) in enumerate(rows, 1)
    ]
