"""claims review as an editor types it, mistakes included."""

import json
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from claims.database.engine import Database
from tests.makers import store
from tests.review.conftest import ARTICLE, proposals

Run = Callable[..., Any]


@pytest.fixture
def ids(database: Database) -> list[str]:
    """The starts of the ids of an article's three claims."""
    stored = store(database, *proposals(), text=ARTICLE, outlet="The Pier")
    return [str(claim)[:8] for claim in stored]


def fields(claims: Run, id_: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(claims("show", id_, "--format", "json").out)
    return shown


def test_the_next_card_says_what_can_be_done(claims: Run, ids: list[str]) -> None:
    shown = claims("review", "next").out
    assert f"claims review accept {ids[0]}" in shown
    assert "“the bridge is safe”" in shown
    for id_ in ids:
        claims("review", "reject", id_, "--reason", "no claim")
    assert claims("review", "next").out == "No claim is waiting.\n"


def test_every_decision_is_a_row_and_is_reported(claims: Run, ids: list[str]) -> None:
    reports = [
        claims("review", "later", ids[0]).out,
        claims("review", "flag", ids[0]).out,
        claims("review", "accept", ids[0], "--as", "Cleo").out,
        claims("review", "accept", ids[0], "--as", "Ben").out,
        claims("review", "correct", ids[0], "--venue", "at the pier").out,
        claims("review", "note", ids[0], "--reason", "the mayor wrote to us").out,
        claims("review", "withdraw", ids[0], "--reason", "never said").out,
        claims("review", "undo").out,
    ]
    short = ids[0]
    assert [line.partition("\n")[0] for line in reports] == [
        f"{short} later, ledger 1, by Ann",
        f"{short} second_reading, ledger 2, by Ann",
        f"{short} read; your reading is sealed until a second person has read the claim",
        f"{short} accepted, ledger 3, by Ben",
        f"{short} corrected, ledger 4, by Ann",
        f"{short} noted, ledger 5, by Ann",
        f"{short} withdrawn, ledger 6, by Ann",
        f"claim {short} undo of withdraw by Ann, ledger 6, ledger 7",
    ]
    assert claims("ledger", "verify").code == 0


def test_all_of_a_claim_can_be_changed_by_command(claims: Run, ids: list[str]) -> None:
    first, second, _ = ids
    edited = claims(
        "review", "edit", first, "--text", "“the bridge", "--speaker", "Harbour Agency",
        "--said-on", "2026-05-02", "2026-05-03", "--said-on-text", "at the weekend",
        "--venue", "at the pier", "--confidence", "0.8", "--credibility", "2",
        "--hop", "3", "--add", "--mention", "She", "--cue", "denied", "--mode", "denies",
        "--link", f"contradicts:{second}", "--statement", "It is safe.",
    )  # fmt: skip
    assert edited.out == f"{first} changed, ledger 1, by Ann\n", edited.err
    shown = fields(claims, first)
    assert shown["text"] == '"the bridge'
    assert shown["said_on"] == ["2026-05-02", "2026-05-03"]
    assert (shown["venue"], shown["statement"]) == ("at the pier", "It is safe.")
    assert (shown["attribution_confidence"], shown["credibility"]) == (0.8, 2)
    assert [hop["mention"] for hop in shown["hops"]] == ["Ada Quill", "Harbour Agency", "She"]
    assert shown["hops"][0]["name"] == "Harbour Agency"
    assert (shown["hops"][2]["cue"], shown["hops"][2]["mode"]) == ("denied", "denies")
    claims("review", "edit", first, "--hop", "3", "--drop")
    claims("review", "edit", first, "--hop", "2", "--move-to", "1")
    claims("review", "edit", first, "--speaker", "nobody", "--unlink", f"contradicts:{second}")
    shown = fields(claims, first)
    assert [hop["name"] for hop in shown["hops"]] == [None, "Harbour Agency"]
    assert claims("review", "edit", first, "--venue", "at the pier").out == (
        f"{first} is already proposed\n"
    )


@pytest.mark.parametrize(
    ("arguments", "ending"),
    [
        (["accept"], (2, "Missing argument 'ID…'")),
        (["accept", "zz"], (2, "error[unknown-id]")),
        (["reject", "{0}"], (2, "error[reason-missing]")),
        (["withdraw", "{0}", "--reason", "x"], (2, "error[not-allowed]")),
        (["accept", "{0}", "{1}", "--venue", "x"], (2, "one claim at a time")),
        (["edit", "{0}", "--drop"], (2, "Give the hop")),
        (["edit", "{0}", "--hop", "9", "--drop"], (2, "it has 2 hops, none at 9")),
        (["edit", "{0}", "--text", "the ferry is safe"], (2, "{+ferry+}")),
        (["edit", "{0}", "--span", "4"], (2, "START-END")),
        (["edit", "{0}", "--span", "0-9999"], (2, "error[bad-change]")),
        (["edit", "{0}", "--speaker", "Nobody Known"], (2, "error[unknown-source]")),
        (["edit", "{0}", "--statement", "He said “it fell”."], (2, "error[quote-differs]")),
        (["edit", "{0}", "--said-on", "2026-05-03", "2026-05-01"], (2, "is before the first")),
        (["edit", "{0}", "--link", "likes:{1}"], (2, "KIND is one of")),
        (["split", "{0}"], (2, "--at or --before")),
        (["split", "{0}", "--at", "1"], (2, "nothing stands on one side")),
        (["merge", "{0}", "{0}"], (2, "error[bad-change]")),
        (["undo"], (2, "no decision left to undo")),
        (["redo"], (2, "nothing was undone")),
        (["undo", "--decision", "7"], (2, "there is no such decision")),
        (["accept", "--where", "mood=good"], (2, "--where mood=good")),
        (["apply", "no-such-file"], (1, "error[path-not-found]")),
    ],
)
def test_a_mistake_is_reported_and_changes_nothing(
    claims: Run, ids: list[str], arguments: list[str], ending: tuple[int, str]
) -> None:
    code, message = ending
    ended = claims("review", *(argument.format(*ids) for argument in arguments))
    assert (ended.code, message in ended.err) == (code, True), ended.err
    assert "Traceback" not in ended.err
    assert claims("ledger", "show").out == ""


def test_a_wrong_id_leaves_the_others_undecided(claims: Run, ids: list[str]) -> None:
    assert claims("review", "accept", ids[0], "zz").code == 2
    assert fields(claims, ids[0])["revision"] == 0


def test_claims_are_split_and_merged_by_command(claims: Run, ids: list[str]) -> None:
    out = claims("review", "split", ids[2], "--before", "and nobody").out
    assert out.splitlines()[0] == f"claim {ids[2]} replaced, ledger 1"
    listed = json.loads(claims("list", "--status", "proposed", "--format", "json").out)
    assert [row["words"] for row in listed][2:] == [
        "the ferry would stop", "and nobody would be told of it in time",
    ]  # fmt: skip
    assert claims("review", "undo").out.count("undo of") == 3
    assert claims("review", "edit", ids[0], "--hop", "1", "--mode", "denies").code == 0
    merged = claims("review", "merge", ids[0], ids[1])
    assert merged.out.count("replaced") == 2
    made = json.loads(claims("list", "--status", "proposed", "--format", "json").out)[0]
    assert merged.out.splitlines()[-1] == f"{made['id']} reads: {made['reported']}"
    assert made["reported"].startswith("denies: ")


def test_a_bulk_accept_is_counted_confirmed_and_one_undo(
    claims: Run, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"n\n")))
    refused = claims("review", "accept", "--where", "speaker=quill")
    assert "Accept 3 claims at once?" in refused.err
    assert "2 claims, paraphrase by verb: none of their like is decided yet" in refused.err
    assert "1 claim, quote by verb:" in refused.err
    assert (refused.code, fields(claims, ids[0])["status"]) == (130, "proposed")
    accepted = claims(
        "review", "accept", "--where", "speaker=quill", "--where", "score>=0.5", "--yes"
    )
    assert accepted.out.startswith("3 claims accepted, ledger 1 to 3;")
    assert claims("review", "undo").out.count("\n") == 3
    assert {fields(claims, id_)["status"] for id_ in ids} == {"proposed"}
    claims("review", "policy", "--second-reading", "all")
    left = claims("review", "accept", "--where", "form=quote", "--yes")
    assert "1 claim not accepted: two readers are required" in left.err
    assert "No waiting claim matches" in claims("review", "accept", "--where", "words=xyzzy").err


def test_a_file_of_decisions_is_applied_line_by_line_and_never_twice(
    claims: Run, ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        {"who": "Bo", "claim": ids[0], "revision": 0, "action": "accept",
         "changes": {"statement": "It is safe.", "credibility": 3}},
        {"who": "Bo", "claim": ids[1], "revision": 0, "action": "reject"},
        {"who": "Cy", "claim": ids[1], "revision": 0, "action": "reject", "reason": "no"},
        {"who": "Cy", "claim": ids[0], "revision": 0, "action": "withdraw", "reason": "late"},
        {"who": "Cy", "claim": ids[2], "revision": 0, "action": "accept",
         "changes": {"content": [[0, 9999]]}},
    ]  # fmt: skip
    file = tmp_path / "decisions.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\nnot json\n")
    first = claims("review", "apply", str(file))
    assert first.code == 1
    assert first.out.splitlines() == [
        f"{file}:1: accepted, ledger 1",
        f"{file}:3: rejected, ledger 2",
        "2 decisions made, 0 made before; 4 refused.",
    ]
    for number, code in ((2, "reason-missing"), (4, "changed-meanwhile"), (5, "bad-change"),
                        (6, "bad-line")):  # fmt: skip
        message = next(line for line in first.err.splitlines() if f"{file}:{number}" in line)
        assert f"error[{code}]" in message
    assert "accept by Bo, ledger 1" in first.err
    again = claims("review", "apply", str(file))
    assert again.out.splitlines()[-1] == "0 decisions made, 2 made before; 4 refused."
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(file.read_bytes())))
    assert "2 made before" in claims("review", "apply", "-").out
    assert fields(claims, ids[0])["statement"] == "It is safe."


def test_a_sealed_reading_is_made_once_even_when_its_reader_was_closed(
    claims: Run, ids: list[str], tmp_path: Path
) -> None:
    claims("review", "policy", "--second-reading", "all")
    file = tmp_path / "decisions.jsonl"
    line = {"who": "Bo", "claim": ids[0], "revision": 0, "action": "accept"}
    file.write_text(json.dumps(line))
    first = claims("review", "apply", str(file)).out.splitlines()
    assert first[-1] == "1 decision made, 0 made before; 0 refused."
    assert claims("reviewers", "close", "Bo").code == 0
    again = claims("review", "apply", str(file))
    assert again.out.splitlines() == [
        f"{file}:1: already made, sealed", "0 decisions made, 1 made before; 0 refused.",
    ]  # fmt: skip


def test_a_policy_is_shown_and_set(claims: Run) -> None:
    assert claims("review", "policy").out == "one person reads a claim\n"
    set_ = claims("review", "policy", "--share", "0.2", "--paraphrase-below", "0.5")
    expected = "two people read 20% of the claims; two read a paraphrase that scores below 0.50\n"
    assert set_.out == claims("review", "policy").out == expected
    assert claims("review", "policy", "--second-reading", "none").out.startswith("one person reads")


def test_undo_reaches_decisions_on_sources(claims: Run, ids: list[str]) -> None:
    assert len(ids) == 3
    claims("sources", "add", "Adelaide Quill", "--kind", "person")
    claims("sources", "merge", "Ada Quill", "Adelaide Quill")
    assert "source" in claims("review", "undo").out
    speakers = {row["speaker"] for row in json.loads(claims("list", "--format", "json").out)}
    assert "Ada Quill" in speakers
    added = claims("review", "undo")
    assert (added.code, "a source that was added stays" in added.err) == (2, True)


def test_show_lists_decisions_and_related_claims(claims: Run, ids: list[str]) -> None:
    claims("review", "accept", ids[0], "--link", f"contradicts:{ids[1]}", "--reason", "page 3")
    claims("review", "split", ids[2], "--before", "and nobody")
    shown = claims("show", ids[0]).out
    assert f"contradicts             {ids[1]} (proposed) money was lost" in shown
    assert "accept by Ann, proposed to accepted: page 3 (ledger 1)" in shown
    assert f"contradicts             ← {ids[0]} (accepted)" in claims("show", ids[1]).out
    whole = claims("show", ids[2]).out
    assert whole.count("\npart  ") == 2
    assert "split by Ann, proposed to replaced (ledger 2)" in whole
    part = fields(claims, whole.partition("\npart")[2].split()[0])
    assert [one["relation"] for one in part["beside"]] == ["parent"]
    assert [one["no"] for one in part["decisions"]] == [3]


@pytest.mark.usefixtures("ids")
def test_a_missed_claim_is_added_and_known_everywhere(claims: Run, tmp_path: Path) -> None:
    document = json.loads(claims("documents", "list", "--format", "json").out)[0]["id"]
    quoted = (
        "--quote",
        "workers were hurt",
        "--speaker",
        "Ada Quill",
        "--hop",
        "1",
        "--cue",
        "denied",
    )
    added = claims("review", "add", "--document", document, *quoted)
    assert (added.code, added.out.split()[2:]) == (0, ["accepted,", "ledger", "1"])
    short = added.out.split()[1]
    shown = fields(claims, short)
    assert (shown["rule"], shown["extractor_score"], shown["hops"][0]["cue"]) == (
        "editor", None, "denied",
    )  # fmt: skip
    assert "none: a person added it" in claims("show", short).out
    assert "workers were hurt" in claims("export", "--format", "csv").out
    archive = tmp_path / "all.jsonl"
    assert claims("export", "--format", "archive", "-o", str(archive)).code == 0
    assert '"editor"' in archive.read_text("utf-8")
    assert claims("ledger", "verify").code == 0
    refused = claims("review", "add", "--document", document, "--quote", "workers were fine")
    assert (refused.code, "quote-differs" in refused.err) == (2, True)
    again = claims("review", "add", "--document", document, *quoted)
    assert "it has just these words" in again.err
    assert "undo of" in claims("review", "undo").out
    assert fields(claims, short)["status"] == "replaced"
    assert claims("ledger", "verify").code == 0


def test_a_bulk_accept_says_how_often_such_were_right_and_leaves_unsure_names(
    claims: Run, ids: list[str], database: Database
) -> None:
    claims("review", "reject", ids[1], "--reason", "not said")
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE claims.attribution SET link_score = 0.5 WHERE position = 1 AND claim ="
            " (SELECT id FROM claims.claim WHERE form = 'quote')"
        )
    accepted = claims("review", "accept", "--where", "score>=0.1", "--yes")
    assert "1 claim, paraphrase by verb: 0 of 1 decided were right (0%)" in accepted.err
    assert "1 claim not among them: a name is unsure." in accepted.err
    assert fields(claims, ids[0])["status"] == "proposed"
    assert fields(claims, ids[2])["status"] == "accepted"
