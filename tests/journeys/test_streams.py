"""Standard input, output and error that are closed, full, narrow, or read by nobody."""

import csv
import io
import subprocess
from collections.abc import Mapping

import pytest

from claims.database.engine import Database
from tests.journeys.conftest import COMMAND
from tests.makers import proposal, settle, store

TEXT = "Mayor Ada Quill said “the bridge is safe” (橋 →) on Monday, the Harbour Agency reported.\n"
QUICK = ("review", "keys")

pytestmark = pytest.mark.usefixtures("database")


def shell(redirection: str, environment: Mapping[str, str], *arguments: str) -> tuple[int, str]:
    """A command with its streams redirected: its exit code, and what is on standard error."""
    line = f'"$@" {redirection}'
    done = subprocess.run(
        ["/bin/sh", "-c", line, "sh", *COMMAND, *arguments],
        env=environment, capture_output=True, text=True, check=False, input="",
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.parametrize("arguments", [QUICK, ("--help",), ("export",), ("ledger", "export")])
def test_a_reader_that_has_gone_is_silent(
    environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    process = subprocess.Popen(
        [*COMMAND, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate()
    if arguments[-1] == "export" and len(arguments) == 1:
        # Nothing is accepted, so that nothing is written.
        assert (process.returncode, errors.count(b"\n")) == (0, 2)
    else:
        assert (process.returncode, errors) == (141, b"")


@pytest.mark.parametrize("form", ["csv", "jsonl", "claimreview", "archive"])
def test_an_export_whose_reader_has_gone_is_silent(
    database: Database, environment: dict[str, str], form: str
) -> None:
    settle(database, store(database)[0])
    command = [*COMMAND, "export", "--format", form]
    if form == "claimreview":
        command += ["--publisher", "The Desk"]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate()
    assert (process.returncode, errors) == (141, b"")


@pytest.mark.parametrize(
    ("redirection", "arguments", "code", "told"),
    [
        (">/dev/full", QUICK, 1, "error[output-cut] standard output: "),
        (">&-", QUICK, 1, "error[output-cut] standard output: "),
        (">&-", ("--help",), 1, "error[output-cut] standard output: "),
        ("<&-", ("extract",), 1, "error[path-unreadable] standard input: "),
        ("2>&-", ("show",), 2, ""),
        ("2>/dev/full", ("show",), 2, ""),
    ],
)
def test_what_cannot_be_written_or_read_is_one_line(
    environment: dict[str, str],
    *,
    redirection: str,
    arguments: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    ended, errors = shell(redirection, environment, *arguments)
    assert ended == code
    assert errors.startswith(told)
    assert errors.count("\n") == (1 if told else 0)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_every_row_is_shown_in_a_narrow_encoding(
    database: Database, environment: dict[str, str], encoding: str
) -> None:
    spoken = proposal(TEXT, "“the bridge is safe”")
    [claim] = store(database, spoken, text=TEXT, outlet="橋", title="→")
    narrow = environment | {"PYTHONIOENCODING": encoding}
    for arguments in (("list", "--format", "table"), ("list",), ("show", str(claim)[:8])):
        done = subprocess.run([*COMMAND, *arguments], env=narrow, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"the bridge is safe" in done.stdout
    done = subprocess.run(
        [*COMMAND, "list", "--format", "csv"], env=narrow, capture_output=True, check=True
    )
    [row] = csv.DictReader(io.StringIO(done.stdout.decode("utf-8")))
    assert (row["outlet"], row["words"]) == ("橋", "“the bridge is safe”")
