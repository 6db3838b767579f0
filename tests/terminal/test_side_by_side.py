"""Two editors at one queue: nothing that was said to be saved is lost, nobody is misled."""

import random
from collections.abc import Callable

import pytest

from tests.makers import RUN, store
from tests.review.conftest import ARTICLE, Room, proposals
from tests.terminal.conftest import Hands, Sit

KEYS = (
    "a", "x", "space", "u", "U", "j", "k", "S 1", "A enter", "A tab 1", "s 0 a", "S *", "=",
    "right a", "g 1 enter",
)  # fmt: skip
HOUR = 1440
"""Acts of two editors who decide twelve times a minute each."""
AMISS = ("time ran out", "database", "error[internal]")
"""What no message says where all is well."""


@pytest.mark.parametrize("acts", [80, pytest.param(HOUR, marks=pytest.mark.long)])
def test_two_editors_side_by_side(
    room: Room, sit: Sit, acts: int, figure: Callable[[str], None]
) -> None:
    """The long form is an hour of their work."""
    for number in range(max(acts // 20, 4)):
        address = f"https://pier.example/{number}"
        store(room.database, *proposals(), run=RUN, text=f"{ARTICLE}No {number}.\n", url=address)
    chance = random.Random(16)
    editors = {room.reviewer(name): sit(name) for name in ("Ann", "Bob")}
    saved: set[int] = set()
    misled: list[str] = []
    for _ in range(acts):
        reviewer, hands = chance.choice(list(editors.items()))
        keys = chance.choice(KEYS)
        before, shown = newest(room, reviewer), last_saved(hands)
        hands.press(keys)
        if hands.state.field is not None or hands.state.mode.value != "card":
            hands.press("esc")
        message, after = hands.state.message, newest(room, reviewer)
        changed = last_saved(hands) != shown
        told = last_saved(hands) == after if after != before else not changed
        if not told or any(part in message.text for part in AMISS):
            misled.append(f"{keys}: {message.text}")
        saved |= {last_saved(hands)} - {0}
        held = [card.claim for one in editors.values() if (card := one.state.card) is not None
                and card.lease_until is not None]  # fmt: skip
        assert len(set(held)) == len(held)
    ledger = {no for (no,) in room.sql(LEDGER)}
    figure(f"two editors, {acts} acts: {len(ledger)} decisions, {len(ledger - saved)} not shown,"
           f" {len(saved - ledger)} lost, {len(misled)} misleading messages")  # fmt: skip
    assert saved - ledger == set()
    assert misled == []
    assert len(ledger) > acts // 4


LEDGER = "SELECT no FROM claims.decision WHERE subject_kind = 'claim'"


def newest(room: Room, reviewer: object) -> int:
    """The number of the last decision that a reviewer made on a claim."""
    query = f"SELECT coalesce(max(no), 0) FROM ({LEDGER} AND reviewer = :reviewer) AS own"
    return int(room.sql(query, reviewer=reviewer)[0][0])


def last_saved(hands: Hands) -> int:
    """The number of the decision that the screen says was saved last; 0 for none."""
    saved = hands.state.last_saved
    return saved.number if saved is not None else 0
