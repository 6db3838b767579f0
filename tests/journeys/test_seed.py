"""The real article: from its text to published claims, each with the right voice."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.journeys.conftest import COMMAND

SEED = Path(__file__).parents[2] / "seeds/000_3401827eaba227a0.txt"
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


@pytest.fixture
def claims(environment: dict[str, str]) -> list[dict[str, object]]:
    """The seed's claims as the program lists them."""
    given = ["ingest", str(SEED), "--published", "2018-07-14"]
    for _ in range(2):
        subprocess.run([*COMMAND, *given], env=environment, check=True, capture_output=True)
    listed = subprocess.run(
        [*COMMAND, "list", "--format", "json"], env=environment, check=True, capture_output=True
    )
    found: list[dict[str, object]] = json.loads(listed.stdout)
    return found


def test_each_passage_has_its_voice_and_its_carriers(claims: list[dict[str, object]]) -> None:
    told = [
        (words, row["speaker"], row["through"])
        for words, _, _ in VOICES
        for row in claims
        if words in str(row["words"])
    ]
    assert told == VOICES


def test_no_agency_is_made_to_say_what_it_carried(claims: list[dict[str, object]]) -> None:
    assert len(claims) >= 14
    assert not {row["speaker"] for row in claims} & AGENCIES


def test_reading_it_twice_doubles_nothing(claims: list[dict[str, object]]) -> None:
    ids = [row["claim"] for row in claims]
    assert len(set(ids)) == len(ids)
