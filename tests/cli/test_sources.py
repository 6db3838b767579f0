"""claims sources and claims who, as an editor types them, mistakes included."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from claims.database.engine import Database
from claims.model.kinds import Form, SourceKind
from claims.model.proposal import Hop, Proposal, SaidOn
from tests.makers import spans_of, store

Run = Callable[..., Any]

OTHER = 'Later Ada M. Quill said "all is well" again.\n'
LONE = 'The foreign minister of Ruritania said "all is lost" today.\n'


def spoken(text: str, name: str, words: str, kind: SourceKind = SourceKind.PERSON) -> Proposal:
    hop = Hop(name, kind, spans_of(text, name), spans_of(text, "said"))
    day = datetime(2018, 7, 12, tzinfo=UTC).date()
    return Proposal(
        spans_of(text, words), Form.QUOTE, (hop,), 0.9, "verb", SaidOn("today", day, day)
    )


@pytest.fixture
def stored(database: Database) -> None:
    """Three articles: Ada Quill, the same with an initial, and a minister without a name."""
    store(database, outlet="The Pier", title="Bridge")
    store(database, spoken(OTHER, "Ada M. Quill", '"all is well"'), text=OTHER, outlet="AP")
    described = "The foreign minister of Ruritania"
    group = spoken(LONE, described, '"all is lost"', SourceKind.GROUP)
    store(database, group, text=LONE)


def listed(claims: Run, *words: str) -> dict[str, str]:
    rows = json.loads(claims("sources", "list", *words, "--format", "json").out)
    return {row["name"]: row["id"] for row in rows}


@pytest.mark.usefixtures("stored")
def test_a_list_names_who_is_who(claims: Run) -> None:
    assert list(listed(claims)) == [
        "Ada Quill", "Harbour Agency", "The Associated Press",
        "The foreign minister of Ruritania", "The Pier",
    ]  # fmt: skip
    assert list(listed(claims, "quill")) == ["Ada Quill"]
    assert listed(claims, "--kind", "group") == listed(claims, "foreign")
    assert "No source has such a name" in claims("sources", "list", "nobody").err


@pytest.mark.usefixtures("stored")
def test_show_separates_decisions_from_what_was_printed(claims: Run) -> None:
    added = claims(
        "sources", "role", "Ada Quill", "Mayor of Pier", "--from", "2012-05-01", "--claim",
        json.loads(claims("list", "--words", "bridge", "--format", "json").out)[0]["id"],
    )  # fmt: skip
    assert "role, ledger 1, by Ann" in added.out
    shown = claims("sources", "show", "quill").out
    assert "office      Mayor of Pier (2012-05-01 to …); “Mayor”" in shown
    assert "printed as  “Mayor”, 1×, seen 2026-05-04" in shown
    assert "revision 1" in shown


@pytest.mark.usefixtures("stored")
def test_a_merge_is_shown_everywhere_and_can_be_undone(claims: Run) -> None:
    claims("sources", "add", "Adelaide Quill", "--kind", "person")
    ids = listed(claims)
    merged = claims("sources", "merge", "Ada Quill", "Adelaide Quill", "--reason", "same mayor")
    assert merged.code == 0
    assert "Ada Quill" not in listed(claims)
    speakers = {row["speaker"] for row in json.loads(claims("list", "--format", "json").out)}
    assert "Adelaide Quill" in speakers
    assert "Ada Quill" not in speakers
    assert claims("who", "Adelaide Quill").out.count("\n") == 2
    assert "merged into" in claims("sources", "show", ids["Ada Quill"]).out
    assert "Ada Quill" in claims("sources", "show", "Adelaide").out
    again = claims("sources", "merge", ids["Ada Quill"], "Adelaide Quill")
    assert "already so" in again.out
    circle = claims("sources", "merge", ids["Adelaide Quill"], ids["Ada Quill"])
    assert (circle.code, "error[merge-refused]" in circle.err) == (2, True)
    assert claims("sources", "unmerge", "Ada Quill").code == 0
    assert listed(claims) == ids


@pytest.mark.usefixtures("stored")
def test_a_distinct_pair_never_comes_back(claims: Run) -> None:
    claims("sources", "add", "John Smith", "--kind", "person")
    claims("sources", "add", "J. Smith", "--kind", "person")
    ids = listed(claims, "smith")
    assert "No pair to decide on" in claims("sources", "suggest").err
    assert claims("sources", "distinct", ids["John Smith"], ids["J. Smith"]).code == 0
    refused = claims("sources", "merge", ids["John Smith"], ids["J. Smith"])
    assert refused.code == 3
    assert "found not to be" in refused.err
    assert claims("sources", "undistinct", ids["J. Smith"], ids["John Smith"]).code == 0
    assert claims("sources", "merge", ids["John Smith"], ids["J. Smith"]).code == 0


@pytest.mark.usefixtures("stored")
def test_an_ambiguous_name_lists_who_may_be_meant(claims: Run) -> None:
    for _ in range(2):
        claims("sources", "add", "John Smith", "--kind", "person")
    ended = claims("sources", "show", "John Smith")
    assert ended.code == 2
    assert ended.err.count("John Smith, person") == 2
    assert claims("who", "Nobody").code == 2
    assert "error[unknown-source]" in claims("who", "Nobody").err


@pytest.mark.usefixtures("stored")
def test_an_outlet_is_rated_and_nobody_else(claims: Run) -> None:
    assert (
        claims("sources", "rate", "The Pier", "F", "--why", "new", "--on", "2026-01-01").code == 0
    )
    assert "F (cannot be judged) from 2026-01-01, Ann: new" in claims("sources", "show", "Pier").out
    assert "only an outlet" in claims("sources", "rate", "Ada Quill", "A", "--why", "x").err
    later = claims("sources", "rate", "The Pier", "A", "--why", "new", "--on", "2999-01-01")
    assert later.err == "2999-01-01 is still to come: until then the rating before it applies.\n"
    twice = claims("sources", "rate", "The Pier", "A", "--why", "x", "--on", "2026-01-01")
    assert "already" in twice.err


@pytest.mark.usefixtures("stored")
def test_names_and_items_are_added_and_removed(claims: Run) -> None:
    claims("sources", "alias", "Ada Quill", "Ада Квилл", "--kind", "transliteration")
    assert claims("who", "Ада Квилл").out == claims("who", "Ada Quill").out
    claims("sources", "alias", "Ada Quill", "Ада Квилл", "--remove")
    assert claims("who", "Ада Квилл").code == 2
    assert "stays" in claims("sources", "alias", "Ada Quill", "Ada Quill", "--remove").err
    assert claims("sources", "link-wikidata", "Ada Quill", "Q7").code == 0
    assert "wikidata    Q7" in claims("sources", "show", "Ada Quill").out
    assert "Q and a number" in claims("sources", "link-wikidata", "Ada Quill", "7").err
    assert claims("sources", "link-wikidata", "Ada Quill").code == 2
    assert claims("ledger", "verify").code == 0


@pytest.mark.usefixtures("stored")
def test_a_timeline_pages_by_key_and_filters(claims: Run) -> None:
    assert len(listed(claims, "quill")) == 1
    rows = json.loads(claims("who", "quill", "--format", "json").out)
    assert [row["day"] for row in rows] == ["2026-05-04", "2018-07-12"]
    first = claims("who", "quill", "--limit", "1")
    assert f"--after {rows[0]['id']}" in first.err
    second = claims("who", "quill", "--limit", "1", "--after", rows[0]["id"], "--format", "json")
    assert json.loads(second.out) == rows[1:]
    for option, value in (
        ("--since", "2020-01-01"), ("--outlet", "Pier"), ("--words", "bridge"),
    ):  # fmt: skip
        assert json.loads(claims("who", "quill", option, value, "--format", "json").out) == rows[:1]
    assert rows[0]["office"] == "“Mayor”"


@pytest.mark.usefixtures("stored")
def test_an_office_from_a_register_links_old_mentions_and_leaves_decided_ones(
    claims: Run, tmp_path: Path
) -> None:
    register = tmp_path / "ministers.csv"
    register.write_text(
        "id,name,role,organisation,from,until\n"
        "1,Bo Reed,foreign minister,Ruritania,2017-07-01,2019-06-30\n"
        "2,Cy Dunn,foreign minister,Ruritania,2019-07-01,\n"
    )
    assert claims("sources", "import", str(register)).out.startswith("2 entries read; 2 added")
    assert claims("who", "Bo Reed", "--format", "json").out.strip() == "[]"
    assert "1 mention would be relinked" in claims("sources", "relink", "--dry-run").err
    assert "1 mention relinked" in claims("sources", "relink").err
    [row] = json.loads(claims("who", "Bo Reed", "--format", "json").out)
    assert row["office"] == "foreign minister, Ruritania"
    assert "linked by office" in claims("show", row["id"]).out
    assert "0 mentions relinked" in claims("sources", "relink").err


@pytest.mark.usefixtures("stored")
def test_a_decided_mention_is_suggested_not_relinked(claims: Run, tmp_path: Path) -> None:
    [row] = json.loads(claims("list", "--words", "lost", "--format", "json").out)
    claims("review", "accept", row["id"])
    register = tmp_path / "ministers.csv"
    register.write_text("id,name,role,organisation\n1,Bo Reed,foreign minister,Ruritania\n")
    claims("sources", "import", str(register))
    assert "0 mentions relinked, 1 left" in claims("sources", "relink").err
    assert json.loads(claims("who", "Bo Reed", "--format", "json").out) == []


def test_a_register_comes_from_standard_input(claims: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = b"id,name,kind\n1,Bo Reed,person\n2,,person\n"
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(rows)))
    imported = claims("sources", "import", "-", "--format", "csv")
    assert imported.out.startswith("1 entry read; 1 added")
    assert "problem[bad-field] standard input:3 field name" in imported.err
    assert list(listed(claims)) == ["Bo Reed"]


def test_a_source_is_not_distinct_from_itself(claims: Run) -> None:
    claims("sources", "add", "Bo Reed", "--kind", "person")
    refused = claims("sources", "distinct", "Bo Reed", "Bo Reed")
    assert refused.code == 2
    assert "name two different sources" in refused.err
