"""Help is quick to come, complete, and says what the commands say."""

import os
import subprocess
import sys

import click
import pytest

from claims.cli import COMMANDS, cli

HEAVY = {"sqlalchemy", "psycopg", "spacy", "pydantic", "rich", "orjson", "trafilatura", "alembic"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_summary_in_the_list_is_the_commands_own(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert (command.help or "").splitlines()[0] == COMMANDS[name][1]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom claims.cli import main\nsys.argv = ['claims', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"heavy = {HEAVY!r} & set(sys.modules)\nprint('heavy:', sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "heavy: []"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete(shell: str) -> None:
    environment = os.environ | {"_CLAIMS_COMPLETE": f"{shell}_source"}
    code = "from claims.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert "_CLAIMS_COMPLETE" in done.stdout


def test_a_word_is_completed() -> None:
    environment = os.environ | {
        "_CLAIMS_COMPLETE": "bash_complete", "COMP_WORDS": "claims ledger v", "COMP_CWORD": "2"
    }  # fmt: skip
    code = "from claims.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "plain,verify"
