"""Automatic links of names are right, and most that could be made are made."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.model.kinds import SourceKind
from claims.sources.candidates import Index, StoredSource
from claims.sources.match import CERTAIN
from claims.sources.mention import Mention
from claims.sources.resolve import Knowledge, resolve
from tests.gate.names import HERE, STORED, Judged, judge_pairs, measure

PRECISION, RECALL = 0.99, 0.85
ALIKE = dict(zip("aceopxyABEHKMOPTX", "асеорхуАВЕНКМОРТХ", strict=True))


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return judge_pairs()


def test_there_are_pairs_enough_of_both_kinds(judged: list[Judged]) -> None:
    assert len({tuple(pair.row.values()) for pair in judged}) == len(judged) >= 300
    assert 0.3 < sum(pair.same for pair in judged) / len(judged) < 0.7


@pytest.mark.parametrize("part", [slice(1, None, 2), slice(None)], ids=["judged on", "all"])
def test_automatic_links_are_right_and_most_are_found(judged: list[Judged], part: slice) -> None:
    precision, recall = measure(judged[part])
    assert precision >= PRECISION
    assert recall >= RECALL


def test_whatever_scores_as_certain_is_among_the_candidates(judged: list[Judged]) -> None:
    """The blocking keys, which avoid comparing everything with everything, lose no right link."""
    certain = [pair for pair in judged if pair.same and pair.score >= CERTAIN]
    lost = [pair.row for pair in certain if not pair.linked]
    assert lost == []


@given(st.integers(0, 10**9))
def test_letters_that_only_look_alike_never_link(seed: int) -> None:
    chance = random.Random(seed)
    names = [pair.row for pair in judge_pairs_once() if pair.row["stored"].isascii()]
    row = chance.choice(names)
    offsets = [offset for offset, sign in enumerate(row["stored"]) if sign in ALIKE]
    if not offsets:
        return
    chosen = chance.sample(offsets, chance.randint(1, len(offsets)))
    disguised = "".join(
        ALIKE[sign] if offset in chosen else sign for offset, sign in enumerate(row["stored"])
    )
    kind = SourceKind(row["kind"])
    source = StoredSource(STORED, kind, (row["stored"],), STORED)
    mention = Mention(kind, disguised)
    link = resolve({mention: ()}, Knowledge(Index([source]).candidates_for), HERE)[mention]
    assert link.source != STORED
    assert link.rule == "new"


_JUDGED: list[Judged] = []


def judge_pairs_once() -> list[Judged]:
    if not _JUDGED:
        _JUDGED.extend(judge_pairs())
    return _JUDGED
