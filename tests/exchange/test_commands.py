"""claims export, import, backup and restore, as people use them."""

import csv
import json
import os
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from claims.database.engine import Database
from claims.database.roles import separate
from tests.cli.conftest import Claims, claims
from tests.conftest import People, run_outside
from tests.exchange.histories import populate, write
from tests.journeys.conftest import COMMAND, environment
from tests.makers import proposal, settle, store

__all__ = ["claims", "environment"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of the test's own."""
    monkeypatch.setenv("CLAIMS_HOME", str(tmp_path / "home"))


def test_a_file_has_its_manifest_beside_it(
    database: Database, claims: Claims, tmp_path: Path
) -> None:
    claim = store(database)[0]
    settle(database, claim)
    store(database, external_id="waits")
    ended = claims("export", "-o", str(tmp_path / "a.jsonl"))
    assert (ended.code, ended.err) == (0, f"1 accepted claim written to {tmp_path / 'a.jsonl'}.\n")
    manifest = json.loads((tmp_path / "a.jsonl.manifest.json").read_text())
    assert (manifest["counts"], manifest["ledger_no"], manifest["state"]) == (
        {"claims": 1},
        1,
        None,
    )
    assert manifest["selection"] == {"status": "accepted"}
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "a.jsonl", "a.jsonl.manifest.json", "a.jsonl.schema.json",
    ]  # fmt: skip


@pytest.mark.parametrize("taken", ["a.jsonl", "a.jsonl.manifest.json", "a.jsonl.schema.json"])
def test_neither_an_export_nor_its_manifest_replaces_a_file_unasked(
    database: Database, claims: Claims, tmp_path: Path, taken: str
) -> None:
    store(database)
    (tmp_path / taken).write_text("not ours")
    ended = claims("export", "-o", str(tmp_path / "a.jsonl"))
    assert ended.code == 1
    assert ended.err == (
        f"error[would-replace] {tmp_path / taken}: A file or folder of this name exists."
        " Give another name, or --force to replace it.\n"
    )
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [taken]
    assert (tmp_path / taken).read_text() == "not ours"
    assert claims("export", "-o", str(tmp_path / "a.jsonl"), "--force").code == 0
    assert (tmp_path / taken).read_text() != "not ours"


def test_a_folder_is_named_and_has_its_manifest_inside(
    database: Database, claims: Claims, tmp_path: Path
) -> None:
    store(database)
    assert claims("export", "--format", "datapackage").code == 2
    command = ("export", "--format", "datapackage", "--status", "proposed", "-o")
    folder = tmp_path / "package"
    ended = claims(*command, str(folder))
    assert (ended.code, ended.err) == (0, f"1 proposed claim written to {folder}.\n")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["counts"], sorted(manifest["files"])) == (
        {"claims": 1, "hops": 2, "sources": 2},
        ["claims.csv", "datapackage.json", "hops.csv", "sources.csv"],
    )
    assert claims(*command, str(folder)).code == 1
    assert claims(*command, str(folder), "--force").code == 0


def test_neither_a_ledger_nor_its_checker_replaces_a_file_unasked(
    database: Database, claims: Claims, tmp_path: Path
) -> None:
    del database
    taken = tmp_path / "taken"
    for option in ("--output", "--checker"):
        taken.write_text("not ours")
        ended = claims("ledger", "export", option, str(taken))
        assert (ended.code, ended.err.split()[0]) == (1, "error[would-replace]")
        assert taken.read_text() == "not ours"
        assert claims("ledger", "export", option, str(taken), "--force").code == 0
        assert taken.read_text() != "not ours"


def test_standard_output_has_the_rows_alone(database: Database, claims: Claims) -> None:
    store(database)
    ended = claims("export", "--format", "csv", "--status", "proposed", "--fields", "speaker,form")
    assert list(csv.reader(ended.out.splitlines())) == [["speaker", "form"], ["Ada Quill", "quote"]]


def test_options_that_do_not_go_together_are_refused(claims: Claims) -> None:
    for options in (["--fields", "x"], ["--format", "archive", "--speaker", "Q"],
                    ["--format", "archive", "--as-of", "2020-01-01"]):  # fmt: skip
        ended = claims("export", *options)
        assert ended.code == 2
        assert "Traceback" not in ended.err


def test_an_archive_comes_back(  # noqa: PLR0917 - fixtures
    server: URL, template: str, database: Database, claims: Claims, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    populate(database, 2)
    assert claims("compare").code == 0
    path = str(tmp_path / "a.jsonl")
    claims("export", "--format", "archive", "-o", path)
    again = claims("import", path)
    assert again.code == 0
    assert "0 added, 0 set aside" in again.out
    assert "0 articles and 0 claims compared" in again.out
    name = f"back_{template[-12:]}"
    run_outside(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    address = server.set(database=name).render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", address)
    for option in ("--dry-run", None):
        ended = claims("import", path, *([option] if option else []))
        assert ended.code == 0, ended.err
        assert "every constraint holds" in ended.out
    assert "\n0 articles" not in ended.out
    back = Database(server.set(database=name))
    assert write(back) == Path(path).read_bytes()
    assert compared(back) == compared(database)
    back.close()
    run_outside(server, f"DROP DATABASE {name} WITH (FORCE)")


def compared(database: Database) -> list[list[tuple[object, ...]]]:
    """What is due, and what comparing came to."""
    tables = (
        "comparison_due", "quote_due", "document_text", "fingerprint", "copy", "quote_key",
        "quote_pair", "quote_group",
    )  # fmt: skip
    with database.engine.connect() as connection:
        return [
            [
                tuple(row)
                for row in connection.execute(
                    text(f"SELECT t.*::text FROM claims.{name} AS t ORDER BY 1")
                )
            ]
            for name in tables
        ]


@pytest.mark.parametrize("waits", [(0.1,), pytest.param((0.0, 0.1, 0.3), marks=pytest.mark.long)])
def test_killed_in_the_middle_an_import_leaves_nothing_and_can_be_run_again(
    database: Database, environment: dict[str, str], tmp_path: Path, waits: tuple[float, ...]
) -> None:
    archive = tmp_path / "a.jsonl"
    subprocess.run(
        [COMMAND[0], "-m", "bench.archive", str(archive), "4000"],
        cwd=Path(__file__).parents[2], check=True,
    )  # fmt: skip
    command = [*COMMAND, "import", str(archive)]
    killed = 0
    for wait in waits:
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 20
        while not _at_work(database) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed += process.returncode == -signal.SIGKILL
    assert killed
    # The server notices that its client is gone when it next writes to it, and rolls back.
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert write(database) == archive.read_bytes()


def _at_work(database: Database) -> bool:
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND query LIKE 'COPY%FROM STDIN%' AND state = 'active'"
    )
    with database.engine.connect() as connection:
        return bool(connection.scalar(text(query)))


def test_only_the_owner_restores(people: People, database: Database, tmp_path: Path) -> None:
    archive = tmp_path / "a.jsonl"
    subprocess.run(
        [COMMAND[0], "-m", "bench.archive", str(archive), "200"],
        cwd=Path(__file__).parents[2], check=True,
    )  # fmt: skip
    url = people.writer.render_as_string(hide_password=False)
    ended = subprocess.run(
        [*COMMAND, "import", str(archive)], env=os.environ | {"DATABASE_URL": url},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr.startswith("error[not-owner]")) == (3, True), (
        ended.stderr
    )
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM claims.claim")) == 0


def test_a_sheet_is_mapped_once(claims: Claims, tmp_path: Path) -> None:
    sheet = tmp_path / "s.csv"
    sheet.write_text("Politiker,Zitat\nAda Quill,the bridge is safe\n")
    refused = claims("import", str(sheet))
    assert (refused.code, refused.err.split(" ")[0]) == (2, "error[bad-mapping]")
    first = claims("import", str(sheet), "--map", "speaker=Politiker", "--map", "quote=Zitat")
    assert first.out == "1 quotation read, 0 already stored; 1 proposal stored; 0 problems.\n"
    sheet.write_text("Politiker,Zitat\nBob Stone,it may rain\nAda Quill,\n")
    second = claims("import", str(sheet))
    assert second.code == 1
    assert second.out == "1 quotation read, 0 already stored; 1 proposal stored; 1 problem.\n"
    assert f"{sheet}:3 field Zitat" in second.err


@pytest.mark.parametrize(
    ("command", "begins"),
    [
        (("export", "--status", "proposed"), '{"claim":'),
        (("export", "--format", "csv", "--status", "proposed"), "claim,speaker,"),
        (("ledger", "export"), '{"no":'),
    ],
)
def test_a_hyphen_is_standard_output(
    database: Database, claims: Claims, command: tuple[str, ...], begins: str
) -> None:
    store(database)
    settle(database, store(database, url="https://pier.example/2")[0])
    ended = claims(*command, "-o", "-")
    assert (ended.code, ended.out[: len(begins)]) == (0, begins)
    assert not Path("-").exists()


def test_a_full_disk_is_reported_without_a_traceback(
    database: Database, environment: dict[str, str]
) -> None:
    store(database)
    for form in ("jsonl", "xlsx", "parquet", "archive"):
        extra = [] if form == "archive" else ["--status", "proposed"]
        with Path("/dev/full").open("wb") as full:
            ended = subprocess.run(
                [*COMMAND, "export", "--format", form, *extra], env=environment, stdout=full,
                stderr=subprocess.PIPE, text=True, check=False,
            )  # fmt: skip
        assert ended.stderr.startswith("error[output-cut] standard output"), ended.stderr
        assert "What was written is not whole." in ended.stderr
        assert ended.stderr.count("\n") == 1, ended.stderr
        assert ended.returncode == 1


@pytest.mark.parametrize("command", [["list"], ["ledger", "show"], ["review", "next"]])
def test_any_command_reports_that_its_output_was_not_written(
    database: Database, environment: dict[str, str], command: list[str]
) -> None:
    [claim] = store(database)
    settle(database, claim)
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*COMMAND, *command], env=environment, stdout=full, stderr=subprocess.PIPE,
            text=True, check=False,
        )  # fmt: skip
    assert ended.stderr.startswith("error[output-cut] standard output"), ended.stderr
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert ended.returncode == 1


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_terminal_gets_no_binary_format(
    claims: Claims, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    ended = claims("export", "--format", form)
    assert (ended.code, ended.out) == (2, "")
    assert f"{form} is not for a terminal" in ended.err


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_an_export_shows_on_a_terminal_moves_no_cursor(
    database: Database, claims: Claims, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    hostile = replace(proposal().chain[0], name="Ada\x9b2J \u202eQuill")
    store(database, replace(proposal(), chain=(hostile,)))
    commands = (
        ("export", "--format", form, "--status", "proposed"),
        ("list", "--format", "csv" if form == "csv" else "json"),
    )
    for command in commands:
        assert "\u202eQuill" in claims(*command).out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for command in commands:
        shown = claims(*command).out
        assert "⟨U+202E⟩Quill" in shown, command
        assert not {"\x9b", "\u202e"} & set(shown)


def test_a_restore_tells_what_is_no_longer_separated(  # noqa: PLR0917 - fixtures
    database: Database, empty_url: URL, claims: Claims, environment: dict[str, str], tmp_path: Path
) -> None:
    store(database)
    separate(database.engine)
    path = str(tmp_path / "b.dump")
    assert claims("backup", path).code == 0
    there = environment | {"DATABASE_URL": empty_url.render_as_string(hide_password=False)}
    ended = subprocess.run(
        [*COMMAND, "restore", path], env=there, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert "The tables were owned by claims_owner" in ended.stderr
    assert "claims db separate" in ended.stderr


def test_a_backup_replaces_no_file_unasked(
    database: Database, claims: Claims, tmp_path: Path
) -> None:
    store(database)
    taken = tmp_path / "taken"
    taken.write_text("not ours")
    refused = claims("backup", str(taken))
    assert (refused.code, refused.err.split()[0]) == (1, "error[would-replace]")
    assert taken.read_text() == "not ours"
    assert claims("backup", str(taken), "--force").code == 0
    assert taken.read_bytes().startswith(b"PGDMP")


def test_backup_and_restore(  # noqa: PLR0917 - fixtures
    database: Database, empty_url: URL, claims: Claims, environment: dict[str, str], tmp_path: Path
) -> None:
    settle(database, store(database)[0])
    path = str(tmp_path / "b.dump")
    assert claims("backup", path).code == 0
    there = environment | {"DATABASE_URL": empty_url.render_as_string(hide_password=False)}
    ended = subprocess.run(
        [*COMMAND, "restore", path], env=there, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("Restored; 1 decision")
