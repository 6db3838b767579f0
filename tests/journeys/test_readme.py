"""The README's shell blocks, run as they stand."""

import os
import re
import shlex
import subprocess
import time
from pathlib import Path

import pytest

from tests.journeys.conftest import COMMAND

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_session_prints_what_it_shows(environment: dict[str, str]) -> None:
    [session] = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    assert len(session.splitlines()) <= 12
    for step in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, _, expected = step.partition("\n")
        assert command.startswith("claims ")
        arguments = [*COMMAND, *shlex.split(command)[1:]]
        done = subprocess.run(
            arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout == expected


@pytest.mark.parametrize("rounds", [1, pytest.param(2, marks=pytest.mark.long)])
def test_the_two_commands(home: Path, rounds: int) -> None:
    [block] = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    demo, test = (line.partition("#")[0].strip() for line in block.splitlines())
    # The demo has a database of its own: what is in use is neither read nor written.
    environment = os.environ | {"CLAIMS_HOME": str(home), "MAKEFLAGS": ""}
    environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    first = run(demo, environment)
    own = f"unset DATABASE_URL; export CLAIMS_HOME={home}/demo"
    for part in ("20 claims stored", "$ claims trace", "claims_v1", "Try next:", own):
        assert part in first
    assert [path.name for path in home.iterdir()] == ["demo"]
    for _ in range(rounds - 1):
        begun = time.monotonic()
        again = run(demo, environment)
        # A promise of the README's, ten seconds; here only that nothing hangs.
        assert time.monotonic() - begun < 60
        assert "1 article read, 1 already stored; 0 claims stored" in again
        assert again.split("$ claims list")[1] == first.split("$ claims list")[1]
    assert "pytest" in run(f"{test} --dry-run", environment)


def run(command: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        command.split(), cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
