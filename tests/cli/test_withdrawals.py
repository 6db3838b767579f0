"""What `claims documents withdraw`, `correct` and `restore` print, and how each mistake is told."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from claims.database.engine import Database
from tests.makers import TEXT, settle, store

Run = Callable[..., Any]

URL = "https://pier.example/bridge"


@pytest.fixture
def bridge(database: Database) -> str:
    """The short id of an accepted claim of an article."""
    [claim] = store(database, url=URL, outlet="The Pier", title="Bridge")
    settle(database, claim)
    return str(claim)[:8]


def test_a_withdrawal_is_seen_wherever_its_claims_are(claims: Run, bridge: str) -> None:
    done = claims("documents", "withdraw", URL, "--reason", "the agency killed it")
    short = done.out.split()[1]
    assert done.out == (
        f"document {short} withdrawn, ledger 2, by Ann; claims: 1 published and 0 waiting\n"
    )
    note = json.loads(claims("show", bridge, "--format", "json").out)["document_note"]
    assert note.startswith("withdrawn by Ann on 20")
    assert note.endswith(": the agency killed it (ledger 2)")
    for command in (["show", bridge], ["trace", bridge], ["documents", "show", short]):
        assert note in claims(*command).out
    for command in (["list"], ["search", "bridge"], ["who", "Quill"]):
        [line] = claims(*command).out.splitlines()
        assert line.endswith('\t[article withdrawn] "the bridge is safe"')
        [row] = json.loads(claims(*command, "--format", "json").out)
        assert (row["words"], row["document_status"], row["document_note"]) == (
            '"the bridge is safe"', "withdrawn", note,
        )  # fmt: skip
        [values] = csv.DictReader(io.StringIO(claims(*command, "--format", "csv").out))
        assert (values["words"], values["document_status"]) == ('"the bridge is safe"', "withdrawn")
    assert claims("export", "--format", "jsonl").out == ""
    # As it was before, nothing of this is seen.
    claims("review", "undo")
    assert "article" not in claims("list").out
    assert len(claims("export", "--format", "jsonl").out.splitlines()) == 1
    assert claims("review", "undo", "--decision", "3").out == (
        f"document {short} redo of undo by Ann, ledger 3, ledger 4\n"
    )
    assert note in claims("trace", bridge).out


MISTAKES: tuple[tuple[list[str], list[str], str], ...] = (
    ([], ["withdraw", URL], (
        "error[reason-missing] document {}: This decision needs a reason (withdraw)."
        ' Add --reason "…", in a few words.')),
    ([], ["withdraw", "ffff", "--reason", "x"], (
        "error[unknown-document] ffff: No article has this id or address."
        " `claims documents list` shows the ids; any unambiguous prefix will do.")),
    (["withdraw"], ["withdraw", URL, "--reason", "x"],
        "document {} is already withdrawn; nothing was written"),
    ([], ["restore", URL, "--reason", "x"],
        "document {} is already usable; nothing was written"),
    (["correct"], ["restore", URL, "--reason", "x"], (
        "error[document-refused] document {}: This cannot be decided on the article as it stands"
        " (it is corrected, not withdrawn; undo the decision that marked it if it was wrong)."
        " `claims documents show` shows its status and what was decided.")),
    ([], ["withdraw"], (
        "error[bad-usage] claims documents withdraw: Missing argument 'DOCUMENT…'."
        " See `claims documents withdraw --help`.")),
)  # fmt: skip


@pytest.mark.parametrize(("before", "command", "line"), MISTAKES)
@pytest.mark.usefixtures("bridge")
def test_a_mistake_is_told_in_one_line(
    claims: Run, before: list[str], command: list[str], line: str
) -> None:
    for action in before:
        claims("documents", action, URL, "--reason", "so")
    short = claims("documents", "list").out[:8]
    ended = claims("documents", *command)
    assert (ended.out + ended.err).splitlines() == [line.format(short)]
    assert ended.code == (2 if line.startswith("error") else 0)


def test_a_wrong_id_leaves_the_others_undecided(claims: Run, database: Database) -> None:
    for number in (1, 2):
        store(database, text=f"{TEXT}{number}\n", url=f"{URL}/{number}")
    wrong = claims("documents", "withdraw", f"{URL}/1", f"{URL}/3", "--reason", "x")
    assert (wrong.code, claims("ledger", "show").out) == (2, "")
    claims("documents", "withdraw", f"{URL}/1", f"{URL}/2", f"{URL}/1", "--reason", "x")
    assert len(claims("ledger", "show").out.splitlines()) == 2
