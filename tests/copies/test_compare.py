"""What articles have in common as it is stored, whatever happens in whatever order."""

import random

import pytest

from claims.database.engine import Database
from tests.copies.stories import (
    compare,
    copies,
    printing,
    save,
    sentences,
    story,
    words,
)

WIRE = words("wire", 200)
OTHER = words("other", 200)
OWN = words("own", 200)


def edited(count: int = 15) -> str:
    """The wire's story with every so many words changed."""
    return sentences([f"x{word}" if not n % count else word for n, word in enumerate(WIRE)])


PRINTINGS = (
    ("wire", 0, sentences(WIRE)),
    ("same", 2, sentences(WIRE).upper()),
    ("edited", 3, edited()),
    ("lead", 4, sentences(WIRE[:80])),
    ("longer", 5, sentences(WIRE[:100] + OWN)),
    ("rival", 1, sentences(OTHER)),
    ("merged", 6, sentences(WIRE[:100] + OTHER[:100])),
    ("own", 7, story("nobody's", 200)),
    ("undated", None, sentences(WIRE)),
    ("short", 8, sentences(WIRE[:30])),
)
EXPECTED = [
    ("edited", "wire", "copy", 91),
    ("lead", "wire", "cut", 100),
    ("merged", "rival", "merged", 50),
    ("merged", "wire", "merged", 50),
    ("same", "wire", "same", 100),
    ("undated", "wire", "same", 100),
]


def test_each_kind_of_copy_points_to_its_original(database: Database) -> None:
    for name, hours, printed in PRINTINGS:
        save(database, printing(name, printed, hours))
    assert compare(database) == len(PRINTINGS)
    assert copies(database) == EXPECTED


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_makes_no_difference(database: Database, seed: int) -> None:
    order = list(PRINTINGS)
    random.Random(seed).shuffle(order)
    for name, hours, printed in order:
        save(database, printing(name, printed, hours))
        assert compare(database) == 1
    assert copies(database) == EXPECTED
