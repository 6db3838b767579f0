"""A fact-checker's eight questions about a quotation, and how many commands each takes.

Not among them, until copies and origins of articles are compared: who else printed the same words,
who printed them first, and how many independent origins there are.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Claims

BODY = (
    "QUAYSIDE, May 5 (Wire) - The mayor spoke of the storm.\n\n"
    "In an interview with Radio North on Monday, Mayor Ada Quill denied that the bridge would cost"
    " 12 million, the Harbour Agency reported. Nobody answered.\n\n"
    "Work begins in June.\n"
)
EDITED = BODY.replace("12 million", "14 million")

QUESTIONS = (
    ("Who said it?", "search bridge cost", ["Ada Quill\tdenies", "The Pier", "2026-05-05"]),
    (
        "In which words, in what surroundings?",
        "show ID --context 1",
        [
            "denies: the bridge would cost 12 million",
            "{S Mayor Ada Quill} <denied> that [[the bridge would cost 12 million]]",
            "Work begins in June.",
        ],
    ),
    (
        "Through whom did it come?",
        "trace ID",
        [
            "paraphrase, withdrawn, revision 3",
            "└─ Ada Quill",
            "“denied” (denies)",
            "└─ Harbour Agency",
            "└─ printed by  The Pier",
        ],
    ),
    ("When and where was it said?", "trace ID", ["In an interview with Radio North", "2026-05-04"]),
    (
        "Who printed it, and where is the proof?",
        "evidence ID",
        ["The Pier", "https://pier.example/bridge", "unchanged, sha256", "derived again"],
    ),
    (
        "How sure are we of each of these?",
        "show ID",
        [
            "extractor score",
            "attribution confidence  0.9",
            "credibility             4",
            "new from this mention",
        ],
    ),
    (
        "Was it changed, corrected or withdrawn since?",
        "show ID",
        [
            "withdrawn, revision 3",
            "in version 2            altered, number: 12 -> 14",
            "withdraw by Ann, accepted to withdrawn: the outlet took it back",
        ],
    ),
    (
        "What did we publish on an earlier day?",
        "show ID --release may",
        [
            "status                  accepted, revision 2",
            "denies: the bridge would cost 12 million",
        ],
    ),
)


@pytest.fixture
def printed(claims: Claims) -> Callable[..., str]:
    """Run a command; what it prints."""

    def run(*arguments: str) -> str:
        ended = claims(*arguments)
        assert ended.code == 0, ended.err
        return ended.out

    return run


def flowing(text: str) -> str:
    """A text without line breaks and the marks that a line begins with."""
    return " ".join(text.replace(">>", " ").split())


def test_each_question_takes_one_command(
    printed: Callable[..., str], tmp_path: Path, figure: Callable[[str], None]
) -> None:
    path = tmp_path / "bridge.jsonl"
    article = {
        "doc_id": "1", "outlet": "The Pier", "title": "Bridge", "published": "2026-05-05",
        "url": "https://pier.example/bridge",
    }  # fmt: skip
    path.write_text(json.dumps(article | {"text": BODY}), "utf-8")
    printed("ingest", str(path))
    [found] = printed("search", "bridge", "cost").splitlines()
    claim = found.split("\t")[0]
    printed("review", "accept", claim)
    printed("review", "edit", claim, "--confidence", "0.9", "--credibility", "4")
    printed("release", "create", "may")
    path.write_text(json.dumps(article | {"text": EDITED}), "utf-8")
    printed("ingest", str(path))
    printed("review", "withdraw", claim, "--reason", "the outlet took it back")
    asked = 0
    for question, command, answers in QUESTIONS:
        answer = flowing(printed(*command.replace("ID", claim).split()))
        missing = [one for one in answers if flowing(one) not in answer]
        assert missing == [], (question, answer)
        asked += 1
    figure(f"{asked} questions of a fact-checker answered by 1 command each")
