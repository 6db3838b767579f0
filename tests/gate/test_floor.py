"""Extraction on the development articles does not get worse."""

import hashlib
import json
from pathlib import Path

from claims.extraction.pipeline import load_parser, propose_many
from claims.extraction.wire import as_line
from tests.gate.scorer import Tally, count

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors.json").read_text("utf-8"))


def test_the_gold_is_the_one_the_floor_was_measured_on() -> None:
    gold = (HERE / "data/gold.jsonl").read_bytes()
    assert hashlib.sha256(gold).hexdigest() == FLOORS["gold_sha256"]


def test_end_to_end_f1_keeps_its_floor() -> None:
    gold = [json.loads(line) for line in (HERE / "data/gold.jsonl").read_text().splitlines()]
    tally = Tally()
    found = propose_many(load_parser(), ((article["text"], None) for article in gold))
    for article, proposals in zip(gold, found, strict=True):
        line = as_line(article["doc_id"], proposals)
        count(tally, article["text"], article["attributions"], line["attributions"])  # type: ignore[arg-type]
    measured = f"P {tally.precision:.1f} R {tally.recall:.1f} F1 {tally.f1:.1f}"
    assert tally.f1 >= FLOORS["e2e_f1"], measured


def test_no_rule_knows_a_name_of_the_news() -> None:
    """Names are capitalised: no literal of the rules or lexicons has a word of the gold's names."""
    names = {
        word
        for line in (HERE / "data/gold.jsonl").read_text().splitlines()
        for one in json.loads(line)["attributions"]
        for name in (one.get("speaker") or {}).get("names", [])
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
    known = [name for name in (names - common) | seed if f"{name}" in rules.split()]
    assert known == []
