"""Extraction on the development articles does not get worse."""

import hashlib
import json
from pathlib import Path

import pytest

from claims.extraction.output import as_line
from claims.extraction.pipeline import propose_many
from tests.gate.scorer import Tally, count, read_gold
from tests.in_process import load_parser

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors.json").read_text("utf-8"))
GOLD = HERE / "data/gold.jsonl"


@pytest.fixture(scope="module")
def tally() -> Tally:
    """Everything counted on the development articles."""
    gold = read_gold(GOLD)
    whole = Tally()
    proposed = propose_many(load_parser(), ((article["text"], None) for article in gold))
    for article, proposals in zip(gold, proposed, strict=True):
        line = as_line(article["doc_id"], proposals)
        count(whole, article["text"], article["attributions"], line["attributions"])
    return whole


def test_the_gold_is_the_one_the_floors_were_measured_on() -> None:
    assert hashlib.sha256(GOLD.read_bytes()).hexdigest() == FLOORS["gold_sha256"]


@pytest.mark.parametrize("measure", ["content", "e2e"])
def test_f1_keeps_its_floor(tally: Tally, measure: str) -> None:
    assert tally.f1(measure) >= FLOORS[f"{measure}_f1"]


@pytest.mark.parametrize(
    "measure", ["speaker R", "speaker P", "e2e nested R", "e2e reportive R", "source P"]
)
def test_a_share_keeps_its_floor(tally: Tally, measure: str) -> None:
    assert tally.share(measure) >= FLOORS[measure]


def test_no_rule_knows_a_name_of_the_news() -> None:
    """Names are capitalised: no literal of the rules or lexicons has a word of the gold's names."""
    names = {
        word
        for article in read_gold(GOLD)
        for one in article["attributions"]
        if "speaker" in one
        for name in one["speaker"]["names"]
        for word in name.split()
        if word[:1].isupper() and len(word) > 2
    }
    seed = {"Velayati", "Peskov", "Putin", "IRNA", "IRIB", "Reuters", "AP", "Kremlin", "Rouhani"}
    common = {"The", "News", "Church", "Ministry", "Prime", "Minister", "President", "Interior",
              "Secretary", "Home", "Department", "Police", "Professor", "Ambassador", "District",
              "School", "Authority", "Defense", "Civil", "Match", "Man", "Executive", "Greek",
              "Shadow", "Independent", "Emeritus", "North", "South", "Council", "Labour", "House",
              "Relations", "Girls", "director", "Korea", "American", "Islamic"}  # fmt: skip
    folder = HERE.parents[1] / "claims/extraction"
    rules = "".join(
        path.read_text("utf-8") for path in [*folder.glob("*.py"), *folder.glob("lexicons/*")]
    )
    literals = set(rules.split())
    assert [name for name in (names - common) | seed if name in literals] == []
