"""Whom an article credits, shown as a carrier of what it reports without another one."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Claims

ARTICLE = """Ferry aground off Oslo

OSLO, May 4 (Reuters) - Ada Quill said the ferry would be moved on Tuesday.

Bob Stone said the ferry was empty, the Harbour Post reported.
"""
CREDIT = "Reuters. Its credit line names it: “OSLO, May 4 (Reuters)”."


@pytest.fixture
def ids(claims: Claims, tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    claims("ingest", str(path), "--outlet", "The Pier", "--published", "2026-05-04")
    rows = json.loads(claims("list", "--format", "json").out)
    return {row["speaker"]: row["claim"] for row in rows}


def test_the_credited_agency_stands_between_the_speaker_and_the_outlet(
    claims: Claims, ids: dict[str, str]
) -> None:
    tree = claims("trace", ids["Ada Quill"]).out.splitlines()
    credited = next(i for i, line in enumerate(tree) if f"└─ credited to  {CREDIT}" in line)
    assert "└─ printed by  The Pier" in tree[credited + 1]
    assert tree[credited + 1].index("└") > tree[credited].index("└")
    shown = claims("show", ids["Ada Quill"]).out
    assert f"  {CREDIT}" in shown
    assert json.loads(claims("show", ids["Ada Quill"], "--format", "json").out)["credit_note"] == (
        CREDIT
    )


def test_who_has_a_carrier_has_it_from_that_one(claims: Claims, ids: dict[str, str]) -> None:
    assert "credited to" not in claims("trace", ids["Bob Stone"]).out
    assert CREDIT in claims("show", ids["Bob Stone"]).out


def test_extract_prints_the_credit(claims: Claims, tmp_path: Path) -> None:
    for name, text in (("with", ARTICLE), ("without", ARTICLE.replace("(Reuters) ", ""))):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    found = [
        json.loads(claims("extract", str(tmp_path / f"{name}.txt")).out)["credit"]
        for name in ("with", "without")
    ]
    assert found[0] == {
        "name": "Reuters",
        "rule": "credit-line",
        "words": "OSLO, May 4 (Reuters)",
    }
    assert found[1] is None
