"""Two editors at one queue: nothing that was said to be saved is lost, nobody is misled."""

import random

from tests.makers import RUN, store
from tests.review.conftest import ARTICLE, Room, proposals
from tests.terminal.conftest import Sit

KEYS = (
    "a",
    "x",
    "space",
    "u",
    "U",
    "j",
    "k",
    "S 1",
    "A enter",
    "s 0 a",
    "=",
    "right a",
    "g 1 enter",
)
STEPS = 80


def test_two_editors_side_by_side(room: Room, sit: Sit) -> None:
    for number in range(4):
        address = f"https://pier.example/{number}"
        store(room.database, *proposals(), run=RUN, text=f"{ARTICLE}No {number}.\n", url=address)
    chance = random.Random(16)
    ann, bob = sit(), sit("Bob")
    saved: set[int] = set()
    messages: set[str] = set()
    for _ in range(STEPS):
        hands = chance.choice((ann, bob))
        hands.press(chance.choice(KEYS))
        if hands.state.field is not None or hands.state.mode.value != "card":
            hands.press("esc")
        messages.add(hands.state.message.text)
        saved |= {hands.state.last_saved.number} if hands.state.last_saved else set()
        cards = [one.state.card for one in (ann, bob)]
        held = [card.claim for card in cards if card is not None and card.lease_until is not None]
        assert len(set(held)) == len(held)
    ledger = room.sql("SELECT no FROM claims.decision WHERE subject_kind = 'claim'")
    assert saved == {no for (no,) in ledger}
    assert len(saved) > STEPS // 4
    assert not [text for text in messages if "time ran out" in text or "database" in text]
