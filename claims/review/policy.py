"""Which claims, and which links between them, two people have to read."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from claims.model.kinds import Form


class SecondReading(StrEnum):
    """How many of the claims two people read."""

    NONE = "none"
    SHARE = "share"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Policy:
    """What a database asks of its reviewers.

    Attributes:
        second_reading: none, a share, or all.
        share: 0 to 1, which part where it is a share.
        paraphrase_below: Paraphrases with a lower extractor score always need two; 0 for none.
        link_share: 0 to 1, which part of the links between claims need two; 1 for all.
    """

    second_reading: SecondReading = SecondReading.NONE
    share: float = 0.0
    paraphrase_below: float = 0.0
    link_share: float = 0.0

    def needs_two(self, claim: uuid.UUID, form: str, score: float | None) -> bool:
        """Whether two people have to read a claim; always the same answer for the same claim.

        A share is drawn by the claim's id, which is a hash: nobody can tell beforehand which claims
        are drawn, and a larger share holds the smaller one.
        """
        if score is not None and form == Form.PARAPHRASE and score < self.paraphrase_below:
            return True
        if self.second_reading is SecondReading.SHARE:
            return claim.int >> 96 < self.share * 2**32
        return self.second_reading is SecondReading.ALL

    def link_needs_two(self, a: uuid.UUID, b: uuid.UUID) -> bool:
        """Whether two people have to read how two claims relate; in either direction the same.

        Drawn by both ids as `needs_two` draws claims.
        """
        return (a.int ^ b.int) >> 96 < self.link_share * 2**32

    @property
    def summary(self) -> str:
        """In words."""
        share = {
            SecondReading.NONE: "one person reads a claim",
            SecondReading.SHARE: f"two people read {self.share:.0%} of the claims",
            SecondReading.ALL: "two people read every claim",
        }[self.second_reading]
        low, links = self.paraphrase_below, self.link_share
        share += f"; two read a paraphrase that scores below {low:.2f}" if low else ""
        return share + (f"; two read {links:.0%} of the links" if links else "")
