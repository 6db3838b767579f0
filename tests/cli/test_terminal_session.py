"""Which session of review a terminal is."""

import subprocess
import sys
import uuid
from pathlib import Path

from claims.cli.terminal_session import terminal_session

HOLD = """
import sys; from pathlib import Path; from claims.cli.terminal_session import terminal_session
with terminal_session(Path(sys.argv[1])) as id_:
    print(id_, flush=True); sys.stdin.read()
"""


def test_terminals_at_one_time_differ_and_one_after_the_other_is_the_same(tmp_path: Path) -> None:
    with terminal_session(tmp_path) as first, terminal_session(tmp_path) as second:
        assert first != second
    with terminal_session(tmp_path) as again:
        assert again == first


def test_one_that_was_killed_is_taken_up_again(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as killed:
        assert killed.stdout
        id_ = uuid.UUID(killed.stdout.readline().strip())
        with terminal_session(tmp_path) as meanwhile:
            assert meanwhile != id_
        killed.kill()
        killed.wait()
    with terminal_session(tmp_path) as again:
        assert again == id_


def test_where_nothing_can_be_written_each_is_new(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("no folder")
    with terminal_session(home) as one, terminal_session(home) as two:
        assert one != two


def test_a_file_that_holds_no_id_gets_one(tmp_path: Path) -> None:
    folder = tmp_path / "terminals"
    folder.mkdir()
    (folder / "1").write_bytes(b"\xffnonsense")
    with terminal_session(tmp_path) as one:
        pass
    with terminal_session(tmp_path) as again:
        assert again == one
