"""`claims.open()`: rows of every view, of the present and the past, and what is refused."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

import claims
from claims.contract.views import CLAIMS_V1, read_pinned
from claims.database.engine import Database
from claims.library.connection import Connection
from tests.in_process import connected
from tests.makers import NOW, TEXT, settle, store

Call = Callable[[Connection], object]


@pytest.fixture
def opened(database: Database) -> Iterator[Connection]:
    """The test's database, opened as a program does it."""
    url = database.url.render_as_string(hide_password=False)
    with connected(database), claims.open(url) as connection:
        yield connection


def test_every_view_is_read(opened: Connection, database: Database) -> None:
    settle(database, store(database)[0])
    for view in CLAIMS_V1:
        columns = [name for name, _ in read_pinned()[view].columns]
        assert list(opened.frame(view).columns) == columns
        assert all(list(row) == columns for row in opened.read(view))
    assert len(opened.read("claims")) == len(opened.read("evidence")) == 1


def test_values_are_those_of_python(opened: Connection, database: Database) -> None:
    [claim] = store(database)
    settle(database, claim)
    [row] = opened.read("claims")
    assert (row["claim"], row["published_at"]) == (claim, NOW)
    assert row["said_on"] == (row["said_from"], row["said_to"])
    [evidence] = opened.read("evidence", claim=claim)
    [document] = opened.read("document_versions")
    assert evidence["sha256"] == document["sha256"]
    start = TEXT.index(str(evidence["exact"]))
    assert evidence["content_spans"] == ((start, start + len(str(evidence["exact"]))),)


def ids(rows: list[claims.Record]) -> set[object]:
    return {row["claim"] for row in rows}


def test_conditions(opened: Connection, database: Database) -> None:
    [one] = store(database, outlet="The Pier")
    [other] = store(database, external_id="2")
    for claim in (one, other):
        settle(database, claim)

    assert ids(opened.read("claims")) == {one, other}
    assert ids(opened.read("claims", outlet="The Pier")) == {one}
    assert ids(opened.read("claims", outlet=None)) == {other}
    assert ids(opened.read("claims", claim=[one, other])) == {one, other}
    for no_row in (
        opened.read("claims", claim=[]),
        opened.read("claims", outlet="The Pier", claim=other),
        opened.read("claims", outlet="' OR true --"),
    ):
        assert no_row == []
    assert len(opened.read("claims", limit=1)) == 1
    assert opened.read("claims", columns=["form"], claim=one) == [{"form": "quote"}]


def test_days_are_included_at_both_ends(opened: Connection, database: Database) -> None:
    settle(database, store(database)[0])
    [row] = opened.read("documents")
    day = row["published_on"]
    assert isinstance(day, date)
    assert opened.read("documents", since=day, until=day) == [row]
    assert opened.read("documents", since=day + timedelta(1)) == []
    assert opened.read("documents", until=day - timedelta(1)) == []
    assert opened.read("documents", since=day, until=day - timedelta(1)) == []


def test_the_past(opened: Connection, database: Database) -> None:
    [claim] = store(database)
    before = datetime.now(UTC)
    settle(database, claim)
    assert opened.read("claims", as_of=before) == []
    assert len(opened.read("claims", as_of=datetime.now(UTC))) == 1


def test_the_change_feed_goes_on_from_a_token(opened: Connection, database: Database) -> None:
    [claim] = store(database)
    assert opened.changes() == []
    settle(database, claim)
    [row] = opened.changes()
    assert row["claim"] == claim
    assert isinstance(row["token"], str)
    assert opened.changes(row["token"]) == []


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda opened: opened.read("claim"), "unknown-view"),
        (lambda opened: opened.read("claims; DROP TABLE x"), "unknown-view"),
        (lambda opened: opened.read("claims", columns=["words"]), "unknown-column"),
        (lambda opened: opened.read("claims", speeker="x"), "unknown-column"),
        (lambda opened: opened.read("sources", since=date(2026, 1, 1)), "bad-value"),
        (lambda opened: opened.read("claims", as_of="soon"), "bad-state"),
        (lambda opened: opened.read("claims", as_of="2026-01-01", release="x"), "bad-state"),
        (lambda opened: opened.read("claims", as_of="9000-01-01"), "future-moment"),
        (lambda opened: opened.read("claims", release="x"), "unknown-release"),
        (lambda opened: opened.changes("0" * 32), "bad-token"),
        (lambda opened: opened.changes("x'y"), "bad-token"),
    ],
)
def test_what_is_refused(
    opened: Connection, call: Callable[[Connection], object], code: str
) -> None:
    with pytest.raises(claims.ClaimsError) as refused:
        call(opened)
    assert refused.value.code == code


def test_articles_are_stored_once(opened: Connection, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    first = opened.ingest(str(tmp_path), outlet="The Pier")
    assert (first.articles, first.stored_before, first.claims) == (1, 0, 1)
    assert [problem.reason for problem in first.problems] == ["empty"]
    again = opened.ingest(str(tmp_path), outlet="The Pier")
    assert (again.articles, again.stored_before, again.claims) == (1, 1, 0)
    assert {row["outlet"] for row in opened.read("documents")} == {"The Pier"}


def test_no_server_is_an_error_of_ours() -> None:
    with (
        pytest.raises(claims.ClaimsError) as refused,
        claims.open("postgresql://nobody@127.0.0.1:1/none"),
    ):
        pass
    assert refused.value.code == "no-server"


def test_a_data_frame_of_no_rows_has_its_columns(opened: Connection) -> None:
    frame = opened.frame("claims", columns=["claim", "content"])
    assert isinstance(frame, pd.DataFrame)
    assert (len(frame), list(frame.columns)) == (0, ["claim", "content"])


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, claims; print(*sorted(m for m in sys.modules if m.startswith('claims')))"
    printed = subprocess.run(
        [sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, check=True
    )
    assert printed.stdout == "claims\n"


def test_what_the_package_offers_is_what_its_types_say() -> None:
    stub = (Path(claims.__file__).parent / "__init__.pyi").read_text("utf-8")
    listed = re.findall(r'^    "(\w+)",$', stub, re.MULTILINE)
    assert "propose" in listed
    for name in listed:
        assert getattr(claims, name)
    assert set(listed) <= set(dir(claims))
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        claims.opne  # type: ignore[attr-defined]  # noqa: B018 - it is the question
