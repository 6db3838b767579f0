"""Tables for people at any width: a day, a number and the start of an id stay whole."""

import re

import pytest
from rich.cells import cell_len

from claims.cli.catalogue import COLUMNS, TABLE
from claims.cli.documents import VERSION_COLUMNS
from claims.cli.output import Row, show_rows

CLAIM: Row = {
    "id": "c15011e7", "status": "second_reading", "speaker": "Ali Akbar Velayati",
    "mode": "denies", "form": "paraphrase", "through": ("Harbour Agency", "News of the Pier"),
    "date": "2026-05-04", "outlet": "The International Pier Gazette", "score": 0.93,
    "words": "she was given the report before it was lost",
    "reported": "denies: she was given the report before it was lost",
}  # fmt: skip
ANSI = re.compile(r"\x1b\[[0-9;]*m")
VERSION: Row = {
    "version": 2, "current": True, "seen": "2026-05-04 12:00Z", "last": "2026-05-09 08:30Z",
    "publisher": "3 2026-05-04 11:58Z", "changed": 14,
}  # fmt: skip


@pytest.mark.parametrize(
    ("width", "titles"),
    [
        (60, "id status speaker date outlet words"),
        (80, "id status speaker date outlet words"),
        (100, "id status speaker date outlet words"),
        (150, "id status speaker form through date outlet words"),
        (200, "id status speaker form through date outlet score words"),
    ],
)
def test_date_and_outlet_stand_at_every_width(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int, titles: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    show_rows(COLUMNS, [CLAIM], "table", table=TABLE)
    lines = [ANSI.sub("", line).rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0].split() == titles.split()
    assert "2026-05-04" in lines[2]
    assert re.match(r"c15011(e7)? ", lines[2])
    assert "denies:" in lines[2]
    assert max(cell_len(line) for line in lines) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_times_of_versions_are_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    show_rows(VERSION_COLUMNS, [VERSION], "table")
    line = capsys.readouterr().out.splitlines()[2]
    assert "2026-05-04 12:00Z" in line
    assert "2026-05-09 08:30Z" in line
    assert "…" not in line
