"""Whom an article says it has its text from."""

import json
from pathlib import Path

import pytest

from bench.extraction.own import ARTICLES
from claims.comparison.credits import AGENCIES, find_credit
from tests.gate.readings import BENCHMARK

FULL = {called: name for name, others in AGENCIES.items() for called in (name, *others)}
GOLD = [*sorted((BENCHMARK / "gold").glob("*.json")), *sorted(ARTICLES.glob("*.json"))]
BODY = "A ferry ran aground on Monday.\n\nNobody was hurt, the harbour master said."


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        (f"OSLO (AP) — {BODY}", "The Associated Press", "credit-line"),
        (f"Ferry aground\n\nOSLO, May 4 (Reuters) - {BODY}", "Reuters", "credit-line"),
        (f"Ferry aground\n\nNobody hurt\n\nBy Ada Quill\n\nOslo (AFP) – {BODY}",
         "Agence France-Presse", "credit-line"),
        (f"PORT OF SPAIN (Trinidad) (AP) — {BODY}", "The Associated Press", "credit-line"),
        (f"{BODY}\n\n(Reuters)", "Reuters", "credit-line"),
        (f"{BODY}\n\nSource: TASS", "TASS", "credit-line"),
        (f"{BODY}\n\n___\n\nAssociated Press writer Ada Quill contributed to this report.",
         "The Associated Press", "credit-line"),
        (f"Ferry aground\n\nBy Reuters Staff\n\n{BODY}", "Reuters", "byline"),
        (f"Ferry aground\n\nBy Ada Quill, Associated Press\n\n{BODY}",
         "The Associated Press", "byline"),
    ],
)  # fmt: skip
def test_a_credit_in_the_text(text: str, name: str, rule: str) -> None:
    credit = find_credit(text, None, None)
    assert credit is not None
    assert (credit.name, credit.rule) == (name, rule)
    assert credit.words in " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\nA photograph (AP) shows it.",
        f"He spoke to an agency (Reuters) - {BODY}",
        f"{BODY}\n\nShe was quoted by Reuters.",
        f"By the harbour Reuters has an office, and it was closed. {BODY}",
        f"{BODY}\n\nAP writer Ada Quill was hurt.",
    ],
)
def test_an_agency_that_is_only_named_is_no_credit(text: str) -> None:
    assert find_credit(text, None, None) is None


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_articles_of_the_benchmark_and_our_own(path: Path) -> None:
    file = json.loads(path.read_text("utf-8"))
    folder = BENCHMARK / "articles" if path.parent.name == "gold" else ARTICLES
    credit = find_credit((folder / file["article"]).read_text("utf-8"), None, None)
    known = [FULL[name] for name in file["credit"] if name in FULL]
    assert (credit.name if credit else None) == (known[0] if known else None)
