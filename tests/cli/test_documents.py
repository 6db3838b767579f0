"""What the commands on articles and their versions print, and how each mistake is reported."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from tests.makers import NOW, TEXT, proposal, store

Run = Callable[..., Any]

URL = "https://pier.example/bridge"
LATER = TEXT.replace("Monday", "Tuesday")


@pytest.fixture
def bridge(database: Database) -> str:
    """The short id of an article with two versions."""
    for printed, hours in ((TEXT, 0), (LATER, 1)):
        store(
            database,
            proposal(printed),
            text=printed,
            seen_at=NOW + timedelta(hours=hours),
            url=URL,
            outlet="The Pier",
            title="Bridge",
        )
    with database.engine.connect() as connection:
        return str(connection.execute(text("SELECT id FROM claims.document")).scalar_one())[:8]


def test_articles_are_listed_for_people_and_programs(claims: Run, bridge: str) -> None:
    assert claims("documents", "list").out.rstrip("\n").split("\t") == [
        bridge, "2026-05-04", "The Pier", "usable", "2", "1", "0", "Bridge",
    ]  # fmt: skip
    [row] = json.loads(claims("documents", "list", "--format", "json").out)
    assert (row["url"], row["document"][:8], row["versions"]) == (URL, bridge, 2)


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--outlet", "pier"], 1),
        (["--outlet", "quay"], 0),
        (["--title", "BRIDGE"], 1),
        (["--title", "%"], 0),
        (["--status", "withdrawn"], 0),
        (["--since", "2026-05-04", "--until", "2026-05-04"], 1),
        (["--since", "2026-05-05"], 0),
    ],
)
@pytest.mark.usefixtures("bridge")
def test_articles_are_filtered(claims: Run, options: list[str], count: int) -> None:
    ended = claims("documents", "list", *options)
    assert (len(ended.out.splitlines()), ended.code) == (count, 0)
    assert ended.err == ("" if count else "No article matches.\n")


def test_pages_follow_each_other_and_hold_each_article_once(
    claims: Run, database: Database
) -> None:
    for number in range(5):
        store(database, external_id=str(number), published_at=NOW if number % 2 else None)
    seen: list[str] = []
    after: list[str] = []
    while page := claims("documents", "list", "--limit", "2", *after).out.splitlines():
        seen += [line.split("\t")[0] for line in page]
        after = ["--after", seen[-1]]
    assert len(seen) == len(set(seen)) == 5


def test_versions_say_which_is_current_and_how_many_words_changed(claims: Run, bridge: str) -> None:
    for document in (bridge, URL, "http://www.pier.example/bridge/?utm_source=x"):
        assert [line.split("\t") for line in claims("versions", document).out.splitlines()] == [
            ["1", "no", "2026-05-04 12:00Z", "2026-05-04 12:00Z", "", ""],
            ["2", "yes", "2026-05-04 13:00Z", "2026-05-04 13:00Z", "", "2"],
        ]


def test_a_diff_shows_what_went_and_came(claims: Run, bridge: str) -> None:
    line = TEXT.replace("Monday", "[-{}-] {{+{}+}}")
    forward = claims("diff", bridge)
    assert (forward.out, forward.err) == (
        line.format("Monday", "Tuesday"),
        "version 1 → version 2\n",
    )
    assert claims("diff", bridge, "2..1").out == line.format("Tuesday", "Monday")
    assert claims("diff", bridge, "1..1").err.endswith("No word changed.\n")
    changes = json.loads(claims("diff", bridge, "--format", "json").out)
    assert [(one["change"], one["words"]) for one in changes][1:3] == [
        ("removed", "Monday"),
        ("added", "Tuesday"),
    ]


def test_an_article_is_shown_with_its_addresses_versions_and_claims(
    claims: Run, bridge: str
) -> None:
    shown = claims("documents", "show", bridge).out
    assert shown.splitlines()[0] == "Bridge"
    assert f"  address   {URL}\n" in shown
    assert "  version   2, seen once, first 2026-05-04T13:00+00:00, current\n" in shown
    assert 'version 2, proposed, Ada Quill: "the bridge is safe"' in shown
    facts = json.loads(claims("documents", "show", URL, "--format", "json").out)
    assert [version["current"] for version in facts["versions"]] == [False, True]
    assert [(claim["speaker"], claim["version"]) for claim in facts["claims"]] == [("Ada Quill", 2)]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["documents", "show", "nowhere"], 2, "error[unknown-document] nowhere: "),
        (["documents", "show", "ffffffff"], 2, "error[unknown-document] ffffffff: "),
        (["versions", "https://pier.example/other"], 2, "error[unknown-document] https://pier"),
        (["diff", URL, "1..7"], 2, "error[unknown-version] version 7: "),
        (["diff", URL, "one"], 2, "error[bad-usage] claims diff: Write two numbers"),
        (["documents", "list", "--after", "zz"], 2, "error[unknown-document] zz: "),
    ],
)
@pytest.mark.usefixtures("bridge")
def test_a_mistake_is_one_line(claims: Run, arguments: list[str], code: int, said: str) -> None:
    ended = claims(*arguments)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (code, "", 1)
    assert ended.err.startswith(said)


def test_an_article_of_one_version_has_nothing_to_compare(claims: Run, database: Database) -> None:
    store(database, url=URL)
    assert claims("diff", URL).err.startswith("error[unknown-version] ")


def test_programs_read_versions_without_the_text(database: Database, bridge: str) -> None:
    with database.engine.connect() as connection:
        rows = (
            connection.execute(text("SELECT * FROM claims_v1.document_versions ORDER BY number"))
            .mappings()
            .all()
        )
    assert [(row["number"], row["is_current"], row["sightings"]) for row in rows] == [
        (1, False, 1), (2, True, 1),
    ]  # fmt: skip
    assert {str(row["document"])[:8] for row in rows} == {bridge}
    assert rows[1]["characters"] == len(LATER)
    assert not any(TEXT in str(value) for row in rows for value in row.values())
