"""claims about, drift, spread; and what is suggested from who else says so."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from claims.copies.due import compare_due
from claims.database.engine import Database
from tests.cli.conftest import Claims

QUILL = 'Minister Ada Quill said "the new harbour costs fifty million euros a year" on Monday.\n'
STRAND = 'Mayor Ben Strand said "every year fifty million euros go into that harbour" on Monday.\n'
HOLM = (
    'Auditor Cora Holm said "fifty million euros a year is the price of the harbour" on Monday.\n'
)
DENIAL = 'Captain Dan Moor said "the new harbour costs nobody a single euro" on Monday.\n'
HOSTILE = 'Minister Ada Quill said "the <b>quay</b> \x1b[31m & the \\"lamp\\" go dark" on Monday.\n'


@pytest.fixture
def ids(claims: Claims, tmp_path: Path) -> dict[str, str]:
    """Claims of five articles of different outlets, published, by outlet."""
    stories = {
        "The Pier": QUILL, "Island Daily": QUILL, "Herald": STRAND, "Post": HOLM, "Star": DENIAL,
    }  # fmt: skip
    path = tmp_path / "stories.jsonl"
    path.write_text(
        "".join(
            json.dumps(
                {
                    "url": f"https://{number}.example/",
                    "outlet": outlet,
                    "title": "Harbour",
                    "published": f"2026-05-04T0{number}:00:00Z",
                    "text": f"{outlet} has a first paragraph of its own here.\n\n{story}",
                }
            )
            + "\n"
            for number, (outlet, story) in enumerate(stories.items())
        )
    )
    assert claims("ingest", str(path)).code == 0
    rows = json.loads(claims("list", "--words", "harbour", "--format", "json").out)
    found = {row["outlet"]: row["claim"] for row in rows}
    assert claims("review", "accept", *found.values()).code == 0
    return found


def suggested(database: Database, claim: str) -> tuple[Any, ...]:
    """What is suggested of a claim, and the counts that it rests on."""
    list(compare_due(database))
    with database.reader() as session:
        row = session.execute(
            text(
                "SELECT printings, outlets, heard_by, asserted_by, opposed, suggested_credibility"
                "  FROM claims_v1.corroboration WHERE claim = CAST(:claim AS uuid)"
            ),
            {"claim": claim},
        ).one()
    return tuple(row)


def test_what_is_suggested_rests_on_speakers_and_not_on_printings(
    claims: Claims, database: Database, ids: dict[str, str]
) -> None:
    quill = ids["The Pier"]
    # Two outlets heard one speaker.
    assert suggested(database, quill) == (2, 2, 2, 1, False, 6)
    claims("review", "correct", ids["Herald"], "--link", f"same_content:{quill}")
    assert suggested(database, quill) == (2, 2, 2, 2, False, 2)
    assert suggested(database, ids["Island Daily"])[3:] == (2, False, 2)
    shown = claims("show", quill).out
    assert "suggested: 2. 2 speakers say so, each for himself." in shown
    assert "asserted by             2 speakers" in shown
    assert "heard by                2 printings, 2 outlets, 2 origins (" in shown
    claims("review", "correct", ids["Post"], "--link", f"same_content:{quill}")
    # A third one, but no outlet that is rated.
    assert suggested(database, quill)[3:] == (3, False, 2)
    assert (
        claims("sources", "rate", "Post", "B", "--on", "2026-01-01", "--why", "its record").code
        == 0
    )
    assert suggested(database, quill)[3:] == (3, False, 1)
    claims("review", "correct", ids["Star"], "--link", f"contradicts:{quill}")
    assert suggested(database, quill)[3:] == (3, True, 4)
    # Nothing of it was set.
    card = json.loads(claims("show", quill, "--format", "json").out)
    assert card["credibility"] is None


def test_a_withdrawn_printing_no_longer_counts(
    claims: Claims, database: Database, ids: dict[str, str]
) -> None:
    url = "https://1.example/"
    assert claims("documents", "withdraw", url, "--reason", "made up").code == 0
    assert suggested(database, ids["The Pier"])[:3] == (1, 1, 1)
    assert suggested(database, ids["Island Daily"])[:3] == (0, 0, 0)
    assert claims("documents", "restore", url, "--reason", "it was not").code == 0
    assert suggested(database, ids["Island Daily"])[:3] == (2, 2, 2)


@pytest.mark.usefixtures("ids")
def test_a_name_lists_what_its_source_said_and_words_what_has_them(claims: Claims) -> None:
    named = json.loads(claims("about", "Quill", "--format", "json").out)
    assert [(row["speaker"], row["printings"]) for row in named] == [("Ada Quill", 2)]
    worded = json.loads(claims("about", "harbour", "million", "--format", "json").out)
    assert [row["speaker"] for row in worded] == ["Ada Quill", "Ben Strand", "Cora Holm"]
    nothing = claims("about", "nobody", "speaks", "of", "zebras")
    assert (nothing.code, nothing.out) == (0, "")
    assert "Nobody is reported" in nothing.err


def test_two_claims_of_choice_are_compared(claims: Claims, ids: dict[str, str]) -> None:
    ended = claims("drift", ids["The Pier"], ids["Herald"], "--format", "json")
    [row] = json.loads(ended.out)["printings"]
    assert row["reported"].startswith('"every year fifty million euros go into that harbour"')
    assert row["drift"]
    assert claims("drift", "zz").code == 2


@pytest.mark.parametrize("output_format", ["text", "dot", "svg", "json"])
def test_names_and_words_of_articles_draw_nothing_of_their_own(
    claims: Claims, tmp_path: Path, output_format: str
) -> None:
    path = tmp_path / "hostile.jsonl"
    article = {"url": "https://x.example/", "outlet": '</text><script>"\\', "text": HOSTILE}
    path.write_text(json.dumps(article))
    claims("ingest", str(path))
    [row] = json.loads(claims("list", "--format", "json").out)
    ended = claims("spread", row["claim"], "--format", output_format)
    assert ended.code == 0
    assert "\x1b" not in ended.out
    if output_format == "svg":
        assert "<script" not in ended.out
        assert "&lt;script&gt;" in ended.out
    if output_format == "dot":
        assert '\\"\\\\' in ended.out
