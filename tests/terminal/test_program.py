"""The real program in a real terminal: pasted into, resized, killed, piped."""

import os
import signal
import subprocess
import termios
import time
import uuid
from collections.abc import Callable, Iterator

import pytest

from claims.database.engine import Database
from claims.model.kinds import Form, SourceKind
from claims.model.proposal import Hop, Proposal
from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from tests.makers import proposal, spans_of, store
from tests.review.conftest import Room
from tests.terminal.driven import ENTERED, PROGRAM, RESTORED, Driven
from tests.terminal.samples import HOSTILE

CLAIMS = 60
TEXT = "".join(f"Ada Quill said the ferry {n} would stop at noon.\n" for n in range(CLAIMS))
Figure = Callable[[str], None]
DECIDED = "SELECT count(*) FROM claims.decision WHERE subject_kind = 'claim'"


@pytest.fixture
def claims(database: Database) -> list[uuid.UUID]:
    """Many claims of one article."""
    mention, cue = spans_of(TEXT, "Ada Quill"), spans_of(TEXT, "said")
    chain = (Hop("Ada Quill", SourceKind.PERSON, mention, cue),)
    words = (f"the ferry {n} would stop at noon" for n in range(CLAIMS))
    proposals = [Proposal(spans_of(TEXT, w), Form.PARAPHRASE, chain, 0.6, "verb") for w in words]
    return store(database, *proposals, text=TEXT)


@pytest.fixture
def environment(database: Database) -> dict[str, str]:
    """Of a user with a home of their own."""
    url = database.url.render_as_string(hide_password=False)
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**inherited, "DATABASE_URL": url, "CLAIMS_REVIEWER": "Ann", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def driven(environment: dict[str, str], claims: list[uuid.UUID]) -> Iterator[Driven]:
    """The program with a card on its screen."""
    program = Driven("review", environment=environment)
    program.wait("claim 1 of 60")
    # A card must have been on the screen before a key can decide on it.
    program.read(0.5)
    yield program
    program.end(signal.SIGKILL)
    assert claims


def decided(room: Room) -> int:
    return int(room.sql(DECIDED)[0][0])


def test_a_paste_of_two_thousand_characters_decides_nothing(
    room: Room, driven: Driven, figure: Figure
) -> None:
    driven.send(b"\x1b[200~" + b"a x\r\nSuY1" * 250 + b"\x1b[201~", 0.3)
    driven.wait("pasted text is no command")
    for text in (b"axu Y1\r" * 300, b"a" * 2000, b"nhello\nMaY"):
        driven.send(text, 0.4)
        driven.press("esc", "esc")
    assert decided(room) == 0
    figure("a paste of 2,000 characters, marked and not: 0 decisions")
    driven.press("a")
    driven.wait("SAVED")
    assert decided(room) == 1


def test_a_storm_of_resizes_decides_nothing_and_breaks_nothing(room: Room, driven: Driven) -> None:
    for size in ((60, 16), (1, 1), (200, 60), (80, 24), (59, 15), (300, 10), (100, 30)) * 3:
        driven.resize(size)
    driven.wait("claim 1 of 60")
    driven.read(0.4)
    assert driven.lines[0].startswith("CLAIMS review | order: article")
    assert driven.lines[-1].startswith("nothing decided yet")
    driven.resize((30, 8))
    driven.wait("60x16 are needed")
    assert decided(room) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_screen_and_keeps_what_was_typed(
    room: Room, driven: Driven, number: signal.Signals
) -> None:
    before = termios.tcgetattr(driven.fd)[3] & termios.ECHO
    driven.press("left")
    driven.wait("changed, not decided")
    assert driven.end(number) == 128 + number
    assert RESTORED in driven.output
    assert before == 0
    assert termios.tcgetattr(driven.fd)[3] & termios.ECHO
    assert decided(room) == 0
    assert room.sql("SELECT count(*) FROM claims.draft") == [(1,)]
    assert room.sql("SELECT count(*) FROM claims.lease") == [(0,)]


def test_a_window_that_is_closed_ends_the_program(room: Room, driven: Driven) -> None:
    driven.press("left")
    driven.close()
    assert driven.program.wait(10) != 0
    assert decided(room) == 0
    driven.fd = os.open(os.devnull, os.O_RDWR)


def test_a_window_that_is_closed_while_nobody_reads_it_ends_the_program(
    room: Room, driven: Driven
) -> None:
    """As a line to another machine that stalls, fills up and is given up."""
    for size in ((300, 60), (200, 50)) * 40:
        driven.set_size(size)
        time.sleep(0.03)
    driven.close()
    assert driven.program.wait(15) == 128 + signal.SIGHUP
    assert decided(room) == 0
    driven.fd = os.open(os.devnull, os.O_RDWR)


def test_quitting_and_stopping_leave_the_terminal_as_it_was(room: Room, driven: Driven) -> None:
    driven.send("\x1a", 0.5)
    assert RESTORED in driven.output
    driven.program.send_signal(signal.SIGCONT)
    # The old picture still shows the card: it is the program's again when it has drawn a new one.
    driven.wait(lambda _: driven.output.rindex(ENTERED) > driven.output.rindex(RESTORED))
    driven.wait("claim 1 of 60")
    driven.press("ctrl+c")
    assert driven.end() == 0
    assert driven.output.count(RESTORED) == 2
    assert decided(room) == 0


def test_killed_at_once_the_same_card_comes_with_what_was_typed(
    room: Room, driven: Driven, environment: dict[str, str]
) -> None:
    driven.press("a")
    driven.wait("claim 2 of 60")
    driven.press("left", "n")
    driven.send("half a note", 1.9)
    driven.end(signal.SIGKILL)
    again = Driven("review", environment=environment)
    shown = again.wait("half a note")
    assert "claim 2 of 60" in shown
    assert "[[the ferry 1 would stop at]] noon" in shown
    assert decided(room) == 1
    again.end(signal.SIGKILL)


def test_hostile_text_reaches_no_terminal_raw(
    database: Database, environment: dict[str, str]
) -> None:
    content = '"\x1b[31mred\x1b[0m \u202ereversed\u202c and 👩‍🚀 🇫🇷 ❤️ fly"'
    chain = proposal("Mayor Ada Quill said Harbour Agency reported", "Ada").chain[:1]
    hostile = Proposal(spans_of(HOSTILE, content), Form.QUOTE, chain, 0.6, "verb")
    store(database, hostile, text=HOSTILE, title="\x1b]0;title\x07 \u2066x")
    driven = Driven("review", environment=environment | {"NO_COLOR": "1"})
    driven.wait("⟨U+202E⟩reversed")
    driven.press("v", "esc", "s")
    driven.end(signal.SIGTERM)
    assert b"\x1b[31mred" not in driven.output
    assert "\u202e".encode() not in driven.output
    assert "\u200d".encode() not in driven.output
    assert b"\x1b]0;" not in driven.output
    colours = [f"\x1b[{code}".encode() for code in (31, 32, 33, 36, "38;")]
    assert not any(code in driven.output for code in colours)


def test_fifty_decisions_through_a_pipe_without_an_escape_sequence(
    room: Room, claims: list[uuid.UUID], environment: dict[str, str], figure: Figure
) -> None:
    lines = [*["a", "x", "X 3", "right 2", "a", "accept", "space", "reject"] * 7, "a"]
    ended = subprocess.run(
        [*PROGRAM, "review", "--plain"], env=environment, input="\n".join(lines), text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    assert "\x1b" not in ended.stdout
    assert ended.stderr == ""
    assert decided(room) == 50
    figure("50 decisions through a pipe: 0 escape sequences")
    assert ended.stdout.count("decision [a/x/space/?]:") == len(lines) + 1
    assert "saved" in ended.stdout
    assert len(claims) == CLAIMS


def test_a_dumb_terminal_has_lines_and_keys_are_printed(
    claims: list[uuid.UUID], environment: dict[str, str]
) -> None:
    driven = Driven("review", environment=environment | {"TERM": "dumb"})
    driven.wait("decision [a/x/space/?]:")
    driven.send("q\r", 0.1)
    assert driven.end() == 0
    assert b"\x1b" not in driven.output
    printed = subprocess.run(
        [*PROGRAM, "review", "keys"], env=environment, text=True, capture_output=True, check=True
    )
    assert printed.stdout == DEFAULT_KEYMAP.as_toml()
    assert claims


def test_a_clash_of_keys_is_reported_before_anything_is_opened(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("keys") / "keys.toml"
    path.write_text('accept = "u"\n', "utf-8")
    began = time.monotonic()
    ended = subprocess.run(
        [*PROGRAM, "review", "--keys", str(path)], env=environment, text=True, capture_output=True,
        check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "error[bad-keymap]" in ended.stderr
    assert "accept and undo both have 'u'" in ended.stderr
    assert time.monotonic() - began < 10


def test_words_are_edited_in_the_editor_of_the_user(
    room: Room, claims: list[uuid.UUID], environment: dict[str, str]
) -> None:
    driven = Driven("review", environment=environment | {"EDITOR": "sed -i 's/ at noon//'"})
    driven.wait("claim 1 of 60")
    driven.press("E", pause=0.5)
    driven.wait("[[the ferry 0 would stop]] at noon")
    driven.press("a")
    driven.wait("SAVED")
    assert room.sql("SELECT text FROM claims.claim WHERE id = :c", c=claims[0]) == [
        ("the ferry 0 would stop",)
    ]
    assert driven.end(signal.SIGTERM) == 128 + signal.SIGTERM
