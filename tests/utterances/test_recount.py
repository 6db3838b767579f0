"""Whatever happens in whatever order, what is stored is what comparing from scratch finds."""

import random
import uuid

import pytest

from claims.documents.decide import save_document_decision
from claims.errors.base import ClaimsError
from claims.ledger.undo import find_undoable, undo
from claims.model.kinds import LinkKind
from claims.review.link_decisions import settle_link
from claims.review.links import LinkQuery, load_links
from claims.review.state import save_decision
from claims.review.transitions import Action
from claims.sources.edit import save_source_decision
from claims.utterances import web, wordings
from tests.utterances.conftest import SAFE, Press, Rows

LONG = f"{SAFE}, and whoever says otherwise has not walked over it in the last ten years"
FERRY = "the ferry will stop at noon on 12 May and nobody will be told of it in time"
WORDS = (
    SAFE, LONG, FERRY, "never again", f"{SAFE} again", SAFE.replace("first", "last"),
    SAFE.replace("is as", "is not as"), FERRY.replace("12", "14"), f"{FERRY} or later",
    *(SAFE.replace("day", f"day{n}", 1) for n in range(4)),
)  # fmt: skip
SPEAKERS = ("Ada Quill", "Bob Stone", "Cyd Marsh", None)
WRITERS = {
    "claim": save_decision,
    "document": save_document_decision,
    "source": save_source_decision,
}


class Chance:
    """Acts by chance, each of which may be refused."""

    def __init__(self, press: Press, seed: int) -> None:
        self.press = press
        self.random = random.Random(seed)
        self.claims: list[uuid.UUID] = []

    def act(self) -> None:
        """One act."""
        acts = (
            self.arrive, self.arrive, self.arrive, self.decide, self.rule, self.merge,
            self.unmerge, self.settle, self.undo,
        )  # fmt: skip
        act = self.random.choice(acts) if len(self.claims) > 2 else self.arrive
        try:
            act()
        except ClaimsError:
            return  # refused: a decision that the claim's status does not allow

    def arrive(self) -> None:
        """A claim in an article of its own."""
        number = len(self.claims)
        claim = self.press.print_quote(
            f"{self.random.choice(WORDS)}", by=self.random.choice(SPEAKERS),
            day=self.random.randrange(9), place=f"P{number}",
        )  # fmt: skip
        self.claims.append(claim)

    def decide(self) -> None:
        """A claim is accepted, or rejected and so no report any more."""
        action = self.random.choice((Action.ACCEPT, Action.ACCEPT, Action.REJECT))
        self.press.decide(self.random.choice(self.claims), action)

    def rule(self) -> None:
        """An article is withdrawn, or comes back."""
        action = self.random.choice(("withdraw", "restore"))
        self.press.rule(self.random.choice(self.claims), action)

    def merge(self) -> None:
        """Two speakers turn out to be one."""
        unmerged = self._of_speakers(merged=False)
        if len(unmerged) > 1:
            self.press.merge(*self.random.sample(unmerged, 2))

    def unmerge(self) -> None:
        """A merge is taken back."""
        merged = self._of_speakers(merged=True)
        if merged:
            self.press.unmerge(self.random.choice(merged))

    def _of_speakers(self, *, merged: bool) -> list[uuid.UUID]:
        """A claim of each speaker that is merged, or is not."""
        query = (
            "SELECT DISTINCT ON (c.speaker) c.id FROM claims.claim AS c WHERE c.speaker IS NOT NULL"
            " AND EXISTS (SELECT FROM claims.source AS s WHERE s.id = c.speaker AND"
            " (s.merged_into IS NOT NULL) = :merged) ORDER BY c.speaker, c.id"
        )
        return [row[0] for row in self.press.sql(query, merged=merged)]

    def settle(self) -> None:
        """A proposed link is confirmed, refused, or said to be of another kind."""
        with self.press.database.writer() as session:
            cards = load_links(session, LinkQuery(), 50)
            if not cards:
                return
            kind = self.random.choice((LinkKind.SAME_CONTENT, LinkKind.CONTRADICTS, None))
            settle_link(session, self.random.choice(cards), kind, self.press.sign())

    def undo(self) -> None:
        """The last decision is taken back."""
        signature = self.press.sign()
        with self.press.database.writer() as session:
            entry = find_undoable(session, signature.reviewer)
            if entry is not None:
                undo(session, entry, signature, WRITERS)


def counts(press: Press) -> Rows:
    """How often each utterance is printed and by how many origins."""
    return press.sql("SELECT c.*::text FROM claims_v1.corroboration AS c ORDER BY 1")


@pytest.mark.parametrize(
    ("acts", "seed"), [(40, 1), (40, 2), (40, 4), pytest.param(1000, 3, marks=pytest.mark.long)]
)
def test_what_is_kept_up_is_what_comparing_from_scratch_finds(
    press: Press, monkeypatch: pytest.MonkeyPatch, acts: int, seed: int
) -> None:
    # So that hashes become common, and rare again, among so few wordings.
    monkeypatch.setattr(wordings, "COMMON", 4)
    # So that wordings have more speakers than are loaded at first.
    monkeypatch.setattr(web, "FIRST", 1)
    chance = Chance(press, seed)
    for number in range(acts):
        chance.act()
        if number % 3:
            press.compare()
    press.compare()
    kept_up, counted = press.tables(), counts(press)
    assert counted
    assert press.recount() == kept_up
    assert counts(press) == counted


def test_many_speakers_of_the_same_words_in_any_order_of_arrival(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "FIRST", 1)
    chance = random.Random(7)
    speakers = [f"{name} {other}" for name in ("Ada", "Bob", "Cyd") for other in ("Ames", "Bell")]
    quotes = [(SAFE, day, by) for day, by in enumerate((*speakers, None))]
    quotes += [(f"{SAFE} again", day, by) for day, by in enumerate((*speakers[:3], None), 3)]
    chance.shuffle(quotes)
    for number, (words, day, by) in enumerate(quotes):
        press.print_quote(words, by=by, day=day, place=f"P{number}")
        press.compare()
    kept_up = press.tables()
    assert press.recount() == kept_up
    monkeypatch.setattr(web, "FIRST", 100)
    assert press.recount() == kept_up
    # Each stands beside the first of another speaker, and whom nobody names follows the first.
    others = press.sql("SELECT count(*) FROM claims.quote_group WHERE other IS NOT NULL")
    assert others == [(len(speakers) - 1 + 3,)]
    assert len(set(press.stars().values())) == len(speakers)
