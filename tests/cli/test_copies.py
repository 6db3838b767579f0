"""What lists and cards say of copies, and `claims who` with one line an utterance."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import URL

from claims.copies.due import compare_due
from claims.database.engine import Database
from claims.utterances.compare import compare_all_due
from tests.conftest import cloned
from tests.copies.stories import story
from tests.exchange.test_reach import print_words
from tests.in_process import Ended, connected, run

OTHER = "no boat has left this harbour for eleven long days"


@pytest.fixture(scope="module")
def ids(server: URL, template: str) -> Iterator[dict[str, str]]:
    """Ada Quill's words, printed by an agency, twice from it, and by a paper; and other words."""
    with cloned(server, template) as database:
        claims = {
            "agency": print_words(database, "Wire", 0, body=story("wire")),
            "copy": print_words(database, "Pier", 1, body=story("wire")),
            "cut": print_words(database, "Post", 2, body=story("wire")),
            "own": print_words(database, "Herald", 30, body=story("herald")),
            "other": print_words(database, "Herald", 31, body=story("other"), words=OTHER),
        }
        compare(database)
        with connected(database):
            yield {name: str(claim) for name, claim in claims.items()}


def compare(database: Database) -> None:
    list(compare_due(database))
    with database.writer() as session:
        compare_all_due(session)


def who(*options: str) -> tuple[list[dict[str, Any]], Ended]:
    ended = run("who", "Ada Quill", *options, "--format", "json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out), ended


def test_printings_of_one_utterance_are_one_line(ids: dict[str, str]) -> None:
    rows, ended = who()
    assert [row["claim"] for row in rows] == [ids["other"], ids["agency"]]
    assert rows[1]["reach"] == "4 printings, 4 outlets, 2 origins (Herald, Wire)"
    assert [rows[1][name] for name in ("printings", "outlets", "origins")] == [4, 4, "Herald, Wire"]
    assert "3 further printings of the same utterances not listed; --all" in ended.err
    every, ended = who("--all")
    assert {row["claim"] for row in every} == set(ids.values())
    assert "further" not in ended.err
    assert {row["reach"] for row in every} == {row["reach"] for row in rows}


def test_a_line_is_the_earliest_printing_that_passes_the_filters(ids: dict[str, str]) -> None:
    assert [row["claim"] for row in who("--outlet", "Post")[0]] == [ids["cut"]]
    rows, _ = who("--since", "2026-05-05")
    assert [row["claim"] for row in rows] == [ids["other"], ids["own"]]
    # How far it went does not depend on what is asked for.
    assert rows[1]["printings"] == 4
    assert not who("--status", "accepted")[0]


@pytest.mark.parametrize("size", ["1", "2"])
def test_pages_have_each_utterance_once(ids: dict[str, str], size: str) -> None:
    lines: list[str] = []
    while True:
        after = ("--after", lines[-1]) if lines else ()
        rows, _ = who("--limit", size, *after)
        if not rows:
            break
        lines += [row["claim"] for row in rows]
    assert lines == [ids["other"], ids["agency"]]


def test_people_read_how_far_it_went_before_the_words(ids: dict[str, str]) -> None:
    lines = run("who", "Ada Quill", "--format", "plain").out
    assert "[4 printings, 4 outlets," in lines
    # A table has a column for it: words that begin with a count would be cut to the count.
    table = run("who", "Ada Quill", "--format", "table").out
    assert "printings" in table.splitlines()[0]
    assert "[4 printings" not in table
    assert "[1 printing" not in run("who", "Ada Quill").out
    header, _, row = run("who", "Ada Quill", "--format", "csv").out.splitlines()
    assert header.endswith(",document_status,printings,outlets,origins")
    assert row.endswith(',usable,4,4,"Herald, Wire"')
    assert ids["agency"].startswith(row[:8])


def test_a_copy_is_marked_wherever_it_is_shown(ids: dict[str, str]) -> None:
    listed = {row["claim"]: row for row in json.loads(run("list", "--format", "json").out)}
    assert [name for name, claim in ids.items() if listed[claim]["copy_note"]] == ["copy", "cut"]
    lines = run("search", "bridge").out.splitlines()
    assert sum("[copy] " in line for line in lines) == 2
    note = listed[ids["copy"]]["copy_note"]
    assert note.startswith("document ")
    assert "of Wire, 2026-05-04. It has the same words." in note
    assert f"copy of                 {note}" in run("show", ids["copy"]).out
    assert f"printed from  {note}" in run("trace", ids["copy"]).out
    assert "copy of" not in run("show", ids["own"]).out
    assert "printed from" not in run("trace", ids["own"]).out


@pytest.mark.usefixtures("ids")
def test_a_document_says_what_it_is_a_copy_of_and_who_copied_it() -> None:
    show = {
        name: json.loads(run("documents", "show", f"https://{name}.example/{hour}",
                             "--format", "json").out)
        for name, hour in (("wire", 0), ("pier", 1), ("herald", 30))
    }  # fmt: skip
    [original] = show["pier"]["copy_of"]
    assert original["document"] == show["wire"]["document"]
    assert (original["outlet"], original["kind"], original["settled"]) == ("Wire", "same", False)
    assert [copy["outlet"] for copy in show["wire"]["copies"]] == ["Pier", "Post"]
    assert [(one["origin"], one["rule"]) for one in show["pier"]["origins"]] == [
        ("Wire", "earliest")
    ]
    assert [(one["origin"], one["rule"]) for one in show["herald"]["origins"]] == [
        ("Herald", "own")
    ]
    lines = run("documents", "show", "https://pier.example/1").out
    assert "  copy of   document " in lines
    assert (
        "  origin    Wire, by rule earliest. The earliest article with this text is its." in lines
    )
    assert run("documents", "show", "https://wire.example/0").out.count("  copied by ") == 2


def test_a_state_of_the_past_is_folded_with_what_was_there(database: Database) -> None:
    for number, outlet in enumerate(("Wire", "Pier")):
        print_words(database, outlet, number, body=story("wire"))
    compare(database)
    with connected(database):
        assert run("release", "create", "spring").code == 0
        print_words(database, "Post", 2, body=story("wire"))
        compare(database)
        [now], [then] = who()[0], who("--release", "spring")[0]
    assert (now["reach"], then["reach"]) == (
        "3 printings, 3 outlets, 1 origin (Wire)", "2 printings, 2 outlets, 1 origin (Wire)",
    )  # fmt: skip
