"""Extraction on the benchmark's articles does not get worse."""

import json

import pytest

from bench.extraction.benchmark import FLOORS, GATED, compare_with_gold, own_proposals, value_of
from bench.extraction.intervals import total
from tests.gate.measures import count
from tests.gate.outside import NEWS, ROOT, why_missing
from tests.gate.proposals import read_proposals
from tests.gate.readings import fingerprint, load_readings, load_texts
from tests.gate.scorer import Tally, read_gold

WRITTEN = json.loads(FLOORS.read_text("utf-8"))
SEED = {"Velayati", "Peskov", "Putin", "IRNA", "IRIB", "Reuters", "AP", "Kremlin", "Rouhani"}
"""Names of the article in seeds/."""
COMMON = frozenset(
    ["The", "News", "Church", "Ministry", "Prime", "Minister", "President", "Interior",
     "Secretary", "Home", "Department", "Police", "Professor", "Ambassador", "District", "School",
     "Authority", "Defense", "Civil", "Match", "Man", "Executive", "Greek", "Shadow",
     "Independent", "Emeritus", "North", "South", "Council", "Labour", "House", "Relations",
     "Girls", "director", "Korea", "American", "Islamic", "Post",
     "Long", "Ada"]
)  # fmt: skip
"""Words of names that are words of the language too, or stand in the rules' own examples."""


@pytest.fixture(scope="module")
def tally() -> Tally:
    """Everything counted on the benchmark's articles."""
    proposed = read_proposals(own_proposals(), load_texts())
    return total(count(one) for one in compare_with_gold(proposed))


def test_the_gold_is_the_one_the_floors_were_measured_on() -> None:
    assert fingerprint() == WRITTEN["gold_sha256"]
    assert [*GATED] == [*WRITTEN["floors"]]


@pytest.mark.parametrize("measure", GATED)
def test_a_figure_keeps_its_floor(tally: Tally, measure: str) -> None:
    value = value_of(measure)(tally)
    assert value is not None
    assert value >= WRITTEN["floors"][measure]


def literals() -> set[str]:
    """Whatever stands between spaces in the rules and lexicons of extraction."""
    folder = ROOT / "claims/extraction"
    paths = [*folder.glob("*.py"), *folder.glob("lexicons/*")]
    return {word for path in paths for word in path.read_text("utf-8").split()}


def known_names(names: set[str]) -> set[str]:
    """Capitalised words of names that are literals of the rules."""
    words = {word for name in names for word in name.split() if word[:1].isupper()}
    return {word for word in words - COMMON if len(word) > 2} & literals()


def test_no_rule_knows_a_name_of_the_benchmark() -> None:
    assert known_names(SEED) == set()
    for reading in load_readings("gold"):
        printed = {name for own in reading.names.items() for name in (own[0], *own[1])}
        assert known_names(printed) == set(), reading.article


@pytest.mark.skipif(why_missing(NEWS) is not None, reason=str(why_missing(NEWS)))
def test_no_rule_knows_a_name_of_the_development_articles() -> None:
    speakers = [
        one["speaker"] for own in read_gold(NEWS) for one in own["attributions"] if "speaker" in one
    ]
    assert known_names({name for speaker in speakers for name in speaker["names"]}) == set()
