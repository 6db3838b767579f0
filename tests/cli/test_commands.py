"""What each command prints, and how each mistake is reported."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import URL, text

from claims.database.engine import Database
from claims.database.revision import head_revision
from tests.makers import store

Run = Callable[..., Any]


@pytest.fixture
def short(database: Database) -> str:
    """The start of the id of one stored claim."""
    return str(store(database, outlet="The Pier", title="Bridge")[0])[:8]


def test_a_list_for_people_and_for_programs(claims: Run, short: str) -> None:
    plain = claims("list").out
    assert plain.split("\t") == [
        short,
        "proposed",
        "Ada Quill",
        "says",
        "quote",
        "Harbour Agency",
        "2026-05-04",
        "The Pier",
        "0.90",
        '"the bridge is safe"\n',
    ]
    table = claims("list", "--format", "table").out.splitlines()
    assert table[0].split() == [
        "id", "status", "speaker", "form", "through", "date", "outlet", "score", "words",
    ]  # fmt: skip
    assert table[2].split()[0] == short
    [row] = json.loads(claims("list", "--format", "json").out)
    assert (row["speaker"], row["outlet"], row["score"]) == ("Ada Quill", "The Pier", 0.9)
    [cells] = csv.DictReader(io.StringIO(claims("list", "--format", "csv").out))
    assert cells["words"] == '"the bridge is safe"'


def test_the_end_of_a_page_names_the_next_one(claims: Run, database: Database, short: str) -> None:
    store(database, external_id="2")
    page = claims("list", "--limit", "1")
    last = page.out[:8]
    assert f"--after {last}" in page.err
    assert len(claims("list", "--after", last).out.splitlines()) == 1
    assert short in claims("list").out


@pytest.mark.usefixtures("short")
def test_no_match_is_a_message_and_no_error(claims: Run) -> None:
    ended = claims("list", "--speaker", "nobody")
    assert (ended.code, ended.out) == (0, "")
    assert "No claim matches" in ended.err
    assert "No claim has all these words" in claims("search", "zebra").err


def test_show_keeps_the_certainties_apart(claims: Run, short: str) -> None:
    shown = claims("show", short).out
    for line in ("extractor score", "attribution confidence", "credibility"):
        assert line in shown
    assert "not judged yet" in shown
    assert json.loads(claims("show", short, "--format", "json").out)["revision"] == 0


def test_a_review_from_queue_to_ledger_to_export(claims: Run, short: str) -> None:
    assert f"claims review accept {short}" in claims("review", "next").out
    assert claims("review", "accept", short).out == f"{short} accepted, ledger 1, by Ann\n"
    assert claims("review", "accept", short, "--as", "Ben").out == f"{short} is already accepted\n"
    assert claims("review", "next").out == "No claim is waiting.\n"
    assert json.loads(claims("export").out)["speaker"] == "Ada Quill"
    rejected = claims("review", "reject", short, "--reason", "not hers", "--as", "Ben")
    assert rejected.out == f"{short} rejected, ledger 2, by Ben\n"
    empty = claims("export")
    assert (empty.code, empty.out) == (0, "")
    assert "No claim is accepted yet" in empty.err
    rows = claims("ledger", "show", "--claim", short).out.splitlines()
    assert [row.split("\t")[2:4] for row in rows] == [["Ann", "accept"], ["Ben", "reject"]]
    assert claims("ledger", "verify").out.startswith("2 decisions checked, the chain holds")


def test_one_wrong_id_leaves_the_others_undecided(claims: Run, short: str) -> None:
    ended = claims("review", "accept", short, "ffff")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error[unknown-id] ffff: ")
    assert "\tproposed\t" in claims("list").out


def test_a_changed_ledger_row_is_named(claims: Run, database: Database, short: str) -> None:
    claims("review", "accept", short)
    with database.writer() as session:
        session.execute(text("ALTER TABLE claims.decision DISABLE TRIGGER USER"))
        session.execute(text("UPDATE claims.decision SET reason = 'forged'"))
    ended = claims("ledger", "verify")
    assert ended.code == 3
    assert "row 1 was changed" in ended.err
    assert "signed Ann" in ended.err


def test_a_kept_head_shows_a_cut_tail(claims: Run, short: str) -> None:
    claims("review", "accept", short)
    assert claims("ledger", "verify", "--head", "ab" * 32).code == 3


@pytest.mark.parametrize(
    ("arguments", "code", "start"),
    [
        (["lst"], 2, "error[bad-usage] claims: No such command 'lst'. Did you mean 'list'?"),
        (
            ["merge"],
            2,
            "error[bad-usage] claims: No such command 'merge'. Did you mean 'review merge' or ",
        ),
        (
            ["list", "--since", "2026-02-30"],
            2,
            "error[bad-usage] claims list: Invalid value for '--since': '2026-02-30' is not a day",
        ),
        (["list", "--since", "2026-05-02", "--until", "2026-05-01"], 2, "error[bad-usage] "),
        (
            ["review", "--keys", "no/such.toml"],
            2,
            "error[bad-keymap] no/such.toml: The keymap cannot be used (No such file or directory)",
        ),
        (["list", "--status", "x"], 2, "error[bad-usage] claims list: "),
        (["show"], 2, "error[bad-usage] claims show: Missing argument 'ID'"),
        (["show", "beef"], 2, "error[unknown-id] beef: "),
        (["show", "it's"], 2, "error[unknown-id] it's: "),
        (["review", "accept"], 2, "error[bad-usage] claims review accept: "),
        (["ingest", "no/such.txt"], 1, "problem[unreadable] no/such.txt: No such file"),
        (["ingest", "a", "b", "--url", "https://example.org"], 2, "error[bad-usage] "),
        (["ingest", "x.txt", "--published", "July"], 2, "error[bad-usage] claims ingest: "),
        (["export", "-o", "no/such/out.csv"], 1, "error[not-written] no/such/out.csv: "),
    ],
)
def test_a_mistake_is_one_line_with_code_place_and_remedy(
    claims: Run, arguments: list[str], code: int, start: str
) -> None:
    ended = claims(*arguments)
    assert ended.code == code
    [line] = ended.err.splitlines()
    assert line.startswith(start)
    assert line.endswith(".")
    assert "Errno" not in line


@pytest.mark.parametrize("group", [[], ["ledger"], ["db"]])
def test_a_group_alone_shows_its_help(claims: Run, group: list[str]) -> None:
    ended = claims(*group)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(" ".join(["Usage: claims", *group]))
    assert "Commands:" in ended.err


def test_an_empty_folder_says_what_to_give(claims: Run, tmp_path: Path) -> None:
    ended = claims("ingest", str(tmp_path))
    assert ended.code == 1
    assert f"problem[empty] {tmp_path}: no file in this folder" in ended.err
    assert "give a file or folder that holds articles" in ended.err


def test_a_name_of_255_bytes_in_a_long_path_is_one_article(claims: Run, tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["x" * 90] * 3)
    folder.mkdir(parents=True)
    folder.joinpath("a" * 251 + ".txt").write_text("Ada Quill said that the bridge was safe.")
    ended = claims("ingest", str(folder))
    assert ended.code == 0
    assert ended.out == "1 article read, 0 already stored; 1 claim stored; 0 problems.\n"


def test_what_was_said_today_was_said_on_the_publishers_day(claims: Run, tmp_path: Path) -> None:
    path = tmp_path / "late.html"
    path.write_text(
        '<html lang="en"><head><title>A bridge</title><meta property="article:published_time"'
        ' content="2024-05-03T23:30:00-07:00"></head><body><article><h1>A bridge</h1><p>Ada Quill'
        " said today that the ferry will stop at noon for all of the passengers, and the council"
        " met in the evening to talk about it for several hours.</p></article></body></html>"
    )
    assert claims("ingest", str(path)).code == 0
    [claim] = json.loads(claims("list", "--words", "ferry", "--format", "json").out)
    shown = json.loads(claims("show", claim["claim"], "--format", "json").out)
    assert (shown["said_on"], claim["published_at"]) == (
        ["2024-05-03", "2024-05-03"],
        "2024-05-04T06:30:00+00:00",
    )


def test_nothing_is_said_on_a_day_to_come(claims: Run, short: str) -> None:
    ended = claims("review", "edit", short, "--said-on", "2990-01-01", "2990-01-02")
    assert (ended.code, "2990-01-01 has not come yet" in ended.err) == (2, True)


def test_one_of_several_hosts_answers(
    claims: Run, database: Database, monkeypatch: pytest.MonkeyPatch, short: str
) -> None:
    url = database.url
    host = quote(str(url.host or url.query["host"]), safe="")
    port = url.port or url.query.get("port", 5432)
    user = quote(url.username or "", safe="") + (f":{url.password}" if url.password else "")
    for hosts in (f"%2Fno%2Fsuch,{host}:{port}", f"{host}:{port},127.0.0.1:1"):
        monkeypatch.setenv("DATABASE_URL", f"postgresql://{user}@{hosts}/{url.database}")
        assert claims("list").out.startswith(short)


def test_a_rejection_asks_for_its_reason(claims: Run, short: str) -> None:
    ended = claims("review", "reject", short)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "--reason" in ended.err


def test_good_records_are_stored_and_bad_ones_become_problems(
    claims: Run, database: Database, tmp_path: Path
) -> None:
    good = {"doc_id": "a", "text": 'Ada Quill said on Monday: "The bridge is safe again."'}
    path = tmp_path / "in.jsonl"
    path.write_text(f'{json.dumps(good)}\n{{broken\n{{"doc_id": "b"}}\n')
    for expected in ("1 article read, 0 already stored", "1 article read, 1 already stored"):
        ended = claims("ingest", str(path))
        assert ended.code == 1
        assert expected in ended.out
        assert f"problem[bad-json] {path}:2: " in ended.err
        assert f"problem[missing-text] {path}:3 field text: " in ended.err
    with database.reader() as session:
        problems = session.execute(
            text("SELECT line, reason FROM claims.problem ORDER BY line")
        ).all()
        assert [tuple(row) for row in problems] == [(2, "bad-json"), (3, "missing-text")]
        assert session.scalar(text("SELECT count(*) FROM claims.run")) == 1


def test_a_text_that_is_stored_but_not_read_is_reported_once(claims: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Die Brücke ist sicher, sagte die Bürgermeisterin am Montag im Rathaus der Stadt."
    )
    first, again = claims("ingest", str(path)), claims("ingest", str(path))
    assert first.out.startswith("1 article read, 0 already stored; 0 claims stored")
    assert "a.txt: nothing extracted: not English." in first.err
    assert (again.code, again.err) == (0, "")


def test_a_dry_run_stores_nothing(claims: Run, database: Database, tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_text('Ada Quill said: "The bridge is safe again."')
    assert "1 claim would be stored" in claims("ingest", str(path), "--dry-run").out
    with database.reader() as session:
        assert session.scalar(text("SELECT count(*) FROM claims.document")) == 0


def test_extract_writes_one_line_a_document_without_a_database(
    claims: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@localhost:1/none")
    path = tmp_path / "in.jsonl"
    words = 'Ada Quill said on Monday: "The bridge is safe again."'
    path.write_text(json.dumps({"doc_id": "a", "text": words, "published": "2026-05-05"}))
    [line] = claims("extract", str(path)).out.splitlines()
    document = json.loads(line)
    [one] = document["attributions"]
    [[start, end]] = one["content"]
    assert (document["doc_id"], words[start:end]) == ("a", '"The bridge is safe again."')
    assert (one["speaker"], one["form"], one["chain"][0]["kind"]) == (
        "Ada Quill",
        "quote",
        "person",
    )
    assert one["said_on"] == {
        "text": "on Monday", "spans": [[15, 24]], "from": "2026-05-04", "to": "2026-05-04",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("url", "start"),
    [
        (
            "postgresql://nobody@localhost:1/none?connect_timeout=2",
            "error[no-server] localhost/none",
        ),
        ("mysql://root:secret@localhost/x", "error[bad-database-url] DATABASE_URL: "),
        ("nonsense", "error[bad-database-url] DATABASE_URL: "),
    ],
)
def test_a_database_that_cannot_be_used_is_named_without_its_password(
    claims: Run, monkeypatch: pytest.MonkeyPatch, url: str, start: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    ended = claims("list")
    assert ended.code == 3
    assert ended.err.startswith(start)
    assert "secret" not in ended.err


def test_a_database_of_another_revision_waits_for_an_upgrade(
    claims: Run, monkeypatch: pytest.MonkeyPatch, empty_url: URL
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url.render_as_string(hide_password=False))
    ended = claims("list")
    assert (ended.code, "claims db upgrade" in ended.err) == (3, True)
    assert f"from revision nothing to {head_revision()}" in claims("db", "upgrade").out
    assert f"already at {head_revision()}" in claims("db", "init").out
    assert claims("list").code == 0
    assert f"revision {head_revision()} of {head_revision()}" in claims("db", "status").out


@pytest.mark.parametrize(
    ("revision", "code"), [("9999", "newer-schema"), ("0008", "unreleased-schema")]
)
def test_a_schema_of_another_series_is_left_alone(
    claims: Run, database: Database, revision: str, code: str
) -> None:
    with database.writer() as session:
        session.execute(
            text("UPDATE claims.alembic_version SET version_num = :revision"),
            {"revision": revision},
        )
    for command in (["list"], ["db", "upgrade"], ["db", "status"]):
        ended = claims(*command)
        assert ended.code == 3
        assert ended.err.startswith(f"error[{code}]")
        assert "claims db upgrade" not in ended.out


def test_a_server_that_was_killed_is_told_with_what_starts_it_again(
    claims: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@localhost:1/none?connect_timeout=2")
    ended = claims("list")
    assert "run the command again, which starts the embedded server" in ended.err
    assert "DATABASE_URL is right" in ended.err


def test_a_ledger_is_exported_and_verified_without_a_database(
    claims: Run, monkeypatch: pytest.MonkeyPatch, short: str, tmp_path: Path
) -> None:
    claims("review", "accept", short, "--reason", "heard it")
    path, checker = tmp_path / "ledger.jsonl", tmp_path / "check.py"
    ended = claims("ledger", "export", "-o", str(path), "--checker", str(checker))
    assert (ended.code, f"1 decision written to {path}. Head: " in ended.err) == (0, True)
    assert claims("ledger", "export").out.splitlines()[0] == path.read_text().splitlines()[0]
    verified = claims("ledger", "verify").out
    assert "Claims, sources and documents agree with their decisions." in verified
    checked = subprocess.run([sys.executable, str(checker), str(path)], check=True)
    assert checked.returncode == 0
    left = tmp_path / "left.jsonl"
    ended = claims("ledger", "export", "-o", str(path), "--claims", str(left), "--force")
    assert (ended.code, f"1 claim written to {left}." in ended.err) == (0, True)
    command = [sys.executable, str(checker), str(path), "--claims", str(left)]
    compared = subprocess.run(command, check=True, capture_output=True, text=True)
    assert compared.stdout.endswith("chain holds; 1 claims are what their decisions left\n")
    left.write_text(left.read_text().replace("says", "denies"))
    compared = subprocess.run(command, check=False, capture_output=True, text=True)
    assert compared.returncode == 1
    assert "is not what decision 1 left of it" in compared.stdout
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@localhost:1/none")
    assert claims("ledger", "verify", str(path)).out.startswith("1 decision checked")
    head = json.loads(path.read_text().splitlines()[-1])["head"]["digest"]
    assert claims("ledger", "verify", str(path), "--head", head).code == 0
    assert claims("ledger", "verify", str(path), "--head", "ab" * 32).code == 3
    path.write_text(path.read_text().replace("heard it", "read it"))
    ended = claims("ledger", "verify", str(path))
    assert ended.code == 3
    assert f"error[ledger-broken] {path}: " in ended.err
    assert "row 1 was changed" in ended.err
    assert "accept claim" in ended.err
    assert claims("ledger", "verify", str(tmp_path / "none")).code == 1


def test_a_table_changed_without_a_decision_is_named(
    claims: Run, database: Database, short: str
) -> None:
    claims("review", "accept", short)
    with database.writer() as session:
        session.execute(text("ALTER TABLE claims.claim DISABLE TRIGGER USER"))
        session.execute(text("UPDATE claims.claim SET status = 'rejected'"))
    ended = claims("ledger", "verify")
    assert ended.code == 3
    assert f"claim {short}" in ended.out
    assert "status is rejected, its decisions say accepted" in ended.out
    assert "error[tables-differ] ledger: " in ended.err
    assert claims("ledger", "verify", "--chain-only").code == 0
