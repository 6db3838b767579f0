"""The real article and 23 of the benchmark, from their texts to published sources.

Each passage of the real one has the right voice; everybody whom the articles share is one source.
"""

import json
from collections import Counter
from pathlib import Path

from tests.journeys.conftest import Claims

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds/000_3401827eaba227a0.txt"
ARTICLES = [
    str(path)
    for path in sorted((ROOT / "tests/gate/benchmark/articles").glob("*.txt"))
    # Its embargo ends on a day without a year, so that reading it ends with a problem.
    if path.stem != "13-science"
]
AGENCIES = {"IRNA", "IRIB News", "Reuters", "The Associated Press"}
# A few words of each passage, whose words they are, and through whom they came, read by hand.
VOICES = [
    ("meeting with the Russian president", "Ali Akbar Velayati", []),
    ("Moscow is prepared to invest", "Ali Akbar Velayati", []),
    ("can reach up to $50 billion", "Ali Akbar Velayati", ["IRNA"]),
    ("Russia is ready to invest", "Ali Akbar Velayati", []),
    ("$4 billion agreement", "Ali Akbar Velayati", []),
    ("Rosneft and Gazprom", "Ali Akbar Velayati", ["IRIB News"]),
    ("US unilateral sanctions", "Vladimir Putin", ["Ali Akbar Velayati"]),
    ("The Leader believes", "Ali Akbar Velayati", []),
    ("discussed the situation in Syria", "Kremlin", ["Reuters"]),
    ("the letters dealt with", "Dmitry Peskov", ["The Associated Press"]),
    ("Tehran coordinates its military", "Ali Akbar Velayati", []),
    ("will continue to protect", "Ali Akbar Velayati", []),
    ("will immediately leave", "Ali Akbar Velayati", []),
    ("It can be said", "Ali Akbar Velayati", []),
    ("We hope that cooperation", "Ali Akbar Velayati", []),
]


def run(claims: Claims, *arguments: str) -> str:
    ended = claims(*arguments)
    assert ended.code == 0, ended.err
    return ended.out


def test_articles_become_claims_and_shared_sources(claims: Claims) -> None:
    for _ in range(2):
        run(claims, "ingest", str(SEED), "--published", "2018-07-14")
    stored = json.loads(run(claims, "list", "--format", "json"))
    each_passage_has_its_voice_and_its_carriers(stored)
    no_agency_says_what_it_carried(stored)
    reading_it_twice_doubles_nothing(stored)
    run(claims, "ingest", *ARTICLES)
    everybody_is_one_record(claims)
    the_office_stands_beside_what_was_printed(claims)
    a_timeline_names_the_carriers(claims)


def each_passage_has_its_voice_and_its_carriers(claims: list[dict[str, object]]) -> None:
    passages = [
        (words, row["speaker"], row["through"])
        for words, _, _ in VOICES
        for row in claims
        if words in str(row["words"])
    ]
    assert passages == VOICES


def no_agency_says_what_it_carried(claims: list[dict[str, object]]) -> None:
    assert len(claims) >= 14
    assert not {row["speaker"] for row in claims} & AGENCIES


def reading_it_twice_doubles_nothing(claims: list[dict[str, object]]) -> None:
    ids = [row["claim"] for row in claims]
    assert len(set(ids)) == len(ids)


def everybody_is_one_record(read: Claims) -> None:
    sources = json.loads(run(read, "sources", "list", "--limit", "1000", "--format", "json"))
    named = Counter((row["name"], row["kind"]) for row in sources)
    for source in (
        ("Ali Akbar Velayati", "person"),
        ("Vladimir Putin", "person"),
        ("Dmitry Peskov", "person"),
        ("Kremlin", "organisation"),
        ("IRNA", "outlet"),
        ("IRIB News", "outlet"),
        ("Reuters", "outlet"),
        ("The Associated Press", "outlet"),
    ):
        assert named[source] == 1, source
    # Nobody stands there twice under another form of the name.
    for part in ("Velayati", "Putin", "Peskov", "Kremlin", "IRNA", "Reuters", "Associated"):
        assert sum(part in row["name"] for row in sources) == 1, part
    assert not [row for row in sources if row["name"] == "AP"]


def the_office_stands_beside_what_was_printed(read: Claims) -> None:
    run(
        read, "sources", "role", "Peskov", "spokesman", "--of", "Kremlin", "--from", "2012-05-22",
        "--evidence", "kremlin.example/staff",
    )  # fmt: skip
    shown = run(read, "sources", "show", "Dmitry Peskov")
    assert "office      spokesman, Kremlin (2012-05-22 to …); kremlin.example/staff" in shown
    assert "printed as  “Putin's spokesman”, 1×, seen 2018-07-14" in shown
    [line] = run(read, "who", "Peskov", "--format", "plain").splitlines()
    assert "spokesman, Kremlin" in line.split("\t")


def a_timeline_names_the_carriers(read: Claims) -> None:
    rows = json.loads(run(read, "who", "Velayati", "--format", "json"))
    assert len(rows) >= 10
    assert {"IRNA", "IRIB News"} <= {name for row in rows for name in row["through"]}
    claim = next(row["id"] for row in rows if row["through"] == ["IRNA"])
    shown = run(read, "show", claim)
    assert "“IRNA” is IRNA in the register of outlets" in shown
