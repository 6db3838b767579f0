"""The commands of docs/how-to/when-a-wire-kills-a-story.md, in their order, on files of a wire."""

import json
import re
import shlex
from pathlib import Path

from tests.journeys.conftest import Claims

PAGE = Path(__file__).parents[2] / "docs/how-to/when-a-wire-kills-a-story.md"
URL = "https://pier.example/bridge"
STORY = 'Mayor Ada Quill said "the bridge is safe" on Monday.'
CORRECTED = f"{STORY}\n\nCorrection: An earlier version of this article gave the wrong day."

BEFORE = {
    "claims ingest kill.json": {},
    "claims notices list": {"body_text": CORRECTED, "version": "3"},
    "claims documents lift-embargo": {"embargoed": "9000-01-01T00:00:00Z", "version": "4"},
}
"""What the wire sends before a command of the page."""

STATUSES = {
    "claims ingest kill.json": "withdrawn",
    "claims documents restore": "usable",
    "claims notices confirm": "corrected",
    "claims notices dismiss": "corrected",
    "claims documents correct": "corrected",
    "claims documents withdraw": "withdrawn",
}
"""What the article is shown as after a command; a restored one is corrected again if it was."""


def write(path: Path, **fields: str) -> None:
    item = {
        "uri": "urn:wire:bridge", "type": "text", "pubstatus": "usable", "version": "1",
        "headline": "Bridge", "body_text": STORY,
        "renditions": {"canonical": {"href": URL, "contenttype": "text/html"}},
    }  # fmt: skip
    path.write_text(json.dumps(item | fields))


def test_the_page_does_what_it_says(claims: Claims, tmp_path: Path) -> None:
    def printed(*arguments: str) -> str:
        ended = claims(*arguments)
        assert ended.code == 0, (arguments, ended.err)
        return ended.out

    write(tmp_path / "story.json")
    write(tmp_path / "kill.json", pubstatus="canceled", version="2")
    printed("ingest", "story.json")
    printed("review", "accept", printed("list")[:8])

    notice, seen = "", set()
    for command in re.findall(r"^\$ (.+)$", PAGE.read_text("utf-8"), re.MULTILINE):
        start = next((one for one in BEFORE if command.startswith(one)), "")
        if BEFORE.get(start) and "--kind" not in command:
            write(tmp_path / "next.json", **BEFORE[start])
            printed("ingest", "next.json")
            notice = notice or printed("notices", "list")[:8]
        printed(*shlex.split(command.replace("8d1c", notice))[1:])
        step = next((one for one in STATUSES if command.startswith(one)), None)
        if step:
            [article] = json.loads(printed("documents", "list", "--format", "json"))
            was_corrected = "claims notices confirm" in seen
            restored = step == "claims documents restore" and was_corrected
            assert article["status"] == ("corrected" if restored else STATUSES[step]), command
            seen.add(step)
    assert seen == set(STATUSES)
    assert json.loads(printed("list", "--format", "json"))[0]["document_status"] == "corrected"
