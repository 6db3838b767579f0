"""What an editor does with what publishers say of their articles: confirm, dismiss, overrule."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

URL = "https://pier.example/bridge"
TEXT = 'Mayor Ada Quill said "the bridge is safe" on Monday.'
CORRECTION = "Correction: An earlier version of this article gave the wrong day."


@pytest.fixture
def read(claims: Run, tmp_path: Path) -> Callable[..., str]:
    """Ingest one article of a wire."""

    def run(body: str = TEXT, **fields: str) -> str:
        article = {
            "uri": "urn:wire:bridge", "type": "text", "pubstatus": "usable", "version": "1",
            "headline": "Bridge", "body_text": body,
            "renditions": {"canonical": {"href": URL, "contenttype": "text/html"}},
        }  # fmt: skip
        path = tmp_path / "wire.json"
        path.write_text(json.dumps(article | fields))
        return str(claims("ingest", str(path)).err)

    return run


Read = Callable[..., str]


def shown(claims: Run) -> str:
    return str(json.loads(claims("documents", "show", URL, "--format", "json").out)["status"])


def listed(claims: Run, *options: str) -> list[tuple[str, str]]:
    rows = json.loads(claims("notices", "list", *options, "--format", "json").out)
    return [(row["kind"], row["state"]) for row in rows]


def test_an_editor_overrules_a_kill_until_the_next_one(
    claims: Run, read: Callable[..., str]
) -> None:
    read()
    [claim] = json.loads(claims("list", "--format", "json").out)
    claims("review", "accept", claim["id"])
    assert "notice[kill]" in read(
        pubstatus="canceled", version="2", versioncreated="2026-05-05T10:00:00Z"
    )
    assert (shown(claims), claims("export", "--format", "jsonl").out) == ("withdrawn", "")
    assert listed(claims) == []
    assert listed(claims, "--kind", "kill") == [("kill", "in force")]
    assert "killed by its wire" in claims("show", claim["id"]).out
    done = claims("documents", "restore", URL, "--reason", "the wire took the wrong story")
    assert " usable, ledger 2, by Ann; claims: 1 published" in done.out
    assert listed(claims, "--kind", "kill") == [("kill", "lifted")]
    assert len(claims("export", "--format", "jsonl").out.splitlines()) == 1
    read(pubstatus="canceled", version="2", versioncreated="2026-05-05T10:00:00Z")
    assert shown(claims) == "usable"
    claims("review", "undo")
    assert shown(claims) == "withdrawn"
    again = claims("documents", "restore", URL, "--reason", "checked twice")
    assert again.code == 0
    read(pubstatus="canceled", version="3", versioncreated="2026-05-06T10:00:00Z")
    assert shown(claims) == "withdrawn"
    assert claims("ledger", "verify").code == 0


def test_a_correction_waits_is_confirmed_and_undone(claims: Run, read: Callable[..., str]) -> None:
    assert "notice[correct]" in read(f"{TEXT}\n\n{CORRECTION}")
    assert (listed(claims), shown(claims)) == ([("correct", "open")], "usable")
    [notice] = json.loads(claims("notices", "list", "--format", "json").out)
    told = f"open notice {notice['id']}, correct: “{CORRECTION}”"
    shown_page = claims("documents", "show", URL).out
    assert f"  status    usable\n  note      {told}\n" in shown_page
    [claim] = json.loads(claims("list", "--format", "json").out)
    assert claim["document_note"] == told
    assert told in claims("trace", claim["id"]).out
    page = claims("notices", "show", notice["id"]).out
    assert CORRECTION in page
    assert f"claims notices confirm {notice['id']}" in page
    waiting = "1 notice waits for a decision: `claims notices list`\n"
    assert claims("documents", "list").err == waiting
    assert claims("problems", "list").err == f"{waiting}No problem is open.\n"
    done = claims("notices", "confirm", notice["id"])
    assert done.out.startswith(f"notice {notice['id']} confirmed: document ")
    assert done.out.endswith(" corrected, ledger 1, by Ann\n")
    assert (listed(claims), shown(claims)) == ([], "corrected")
    assert claims("documents", "list").err == ""
    assert listed(claims, "--all") == [("correct", "confirmed")]
    again = claims("notices", "confirm", notice["id"]).out
    assert again == f"notice {notice['id']} is already confirmed; nothing was written\n"
    claims("review", "undo")
    assert (listed(claims), shown(claims)) == ([("correct", "open")], "usable")


def test_a_dismissed_notice_does_not_come_back(claims: Run, read: Callable[..., str]) -> None:
    read(f"{TEXT}\n\n{CORRECTION}")
    [notice] = json.loads(claims("notices", "list", "--format", "json").out)
    bare = claims("notices", "dismiss", notice["id"])
    assert (bare.code, "error[reason-missing]" in bare.err) == (2, True)
    claims("notices", "dismiss", notice["id"], "--reason", "it is about another article")
    read(f"{TEXT}\n\n{CORRECTION}")
    assert (listed(claims), shown(claims)) == ([], "usable")
    assert listed(claims, "--all") == [("correct", "dismissed")]


def test_an_embargo_is_lifted_by_a_decision(claims: Run, read: Callable[..., str]) -> None:
    read(embargoed="9000-01-01T00:00:00Z")
    assert "\tuntil 9000-01-01 00:00 UTC\n" in claims("documents", "list").out
    assert claims("list").out == ""
    assert claims("documents", "lift-embargo", URL).code == 2
    done = claims("documents", "lift-embargo", URL, "--reason", "released early by its publisher")
    assert " embargo lifted, ledger 1, by Ann" in done.out
    assert len(claims("list").out.splitlines()) == 1
    again = claims("documents", "lift-embargo", URL, "--reason", "once more").out
    assert again.endswith(" is under no embargo; nothing was written\n")
    claims("review", "undo")
    assert claims("list").out == ""


def test_what_cannot_be_settled_is_told(claims: Run, tmp_path: Path) -> None:
    path = tmp_path / "kill.json"
    path.write_text('{"uri": "urn:wire:x", "type": "text", "pubstatus": "canceled"}')
    claims("ingest", str(path))
    [kill] = json.loads(claims("notices", "list", "--all", "--format", "json").out)
    assert kill["state"] == "waiting"
    waiting = claims("notices", "dismiss", kill["id"], "--reason", "no")
    assert (waiting.code, "has not come" in waiting.err) == (2, True)
    unknown = claims("notices", "show", "0000")
    assert (unknown.code, unknown.err.startswith("error[")) == (2, True)
