"""The seed and the twelve development articles: one record for everybody that they share."""

import json
import subprocess
from collections import Counter
from pathlib import Path

from tests.journeys.conftest import COMMAND

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds/000_3401827eaba227a0.txt"
ARTICLES = ROOT / "tests/gate/data/articles.jsonl"


def run(environment: dict[str, str], *arguments: str) -> str:
    ended = subprocess.run(
        [*COMMAND, *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return ended.stdout


def test_thirteen_articles_share_their_people(environment: dict[str, str]) -> None:
    for _ in range(2):
        run(environment, "ingest", str(SEED), "--published", "2018-07-14")
    run(environment, "ingest", str(ARTICLES))
    everybody_is_one_record(environment)
    the_office_stands_beside_what_was_printed(environment)
    a_timeline_tells_through_whom_it_came(environment)


def everybody_is_one_record(read: dict[str, str]) -> None:
    sources = json.loads(run(read, "sources", "list", "--limit", "1000", "--format", "json"))
    named = Counter((row["name"], row["kind"]) for row in sources)
    for wanted in (
        ("Ali Akbar Velayati", "person"),
        ("Vladimir Putin", "person"),
        ("Dmitry Peskov", "person"),
        ("Kremlin", "organisation"),
        ("IRNA", "outlet"),
        ("IRIB News", "outlet"),
        ("Reuters", "outlet"),
        ("The Associated Press", "outlet"),
    ):
        assert named[wanted] == 1, wanted
    # Nobody stands there twice under another form of the name.
    for part in ("Velayati", "Putin", "Peskov", "Kremlin", "IRNA", "Reuters", "Associated"):
        assert sum(part in row["name"] for row in sources) == 1, part
    assert not [row for row in sources if row["name"] == "AP"]


def the_office_stands_beside_what_was_printed(read: dict[str, str]) -> None:
    run(
        read, "sources", "role", "Peskov", "spokesman", "--of", "Kremlin", "--from", "2012-05-22",
        "--evidence", "kremlin.example/staff",
    )  # fmt: skip
    shown = run(read, "sources", "show", "Dmitry Peskov")
    assert "office      spokesman, Kremlin (2012-05-22 to …); kremlin.example/staff" in shown
    assert "printed as  “Putin's spokesman”, 1×, seen 2018-07-14" in shown
    [line] = run(read, "who", "Peskov", "--format", "plain").splitlines()
    assert "spokesman, Kremlin" in line.split("\t")


def a_timeline_tells_through_whom_it_came(read: dict[str, str]) -> None:
    rows = json.loads(run(read, "who", "Velayati", "--format", "json"))
    assert len(rows) >= 10
    assert {"IRNA", "IRIB News"} <= {name for row in rows for name in row["through"]}
    claim = next(row["id"] for row in rows if row["through"] == ["IRNA"])
    shown = run(read, "show", claim)
    assert "“IRNA” is IRNA in the register of outlets" in shown
