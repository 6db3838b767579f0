"""Help is quick to come, complete, and fits the command it stands on."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from claims.cli import COMMANDS, cli

HEAVY = {"sqlalchemy", "psycopg", "spacy", "pydantic", "rich", "orjson", "trafilatura", "alembic"}

FITS_ONLY = {
    "reject": re.compile(r"\brejection", re.IGNORECASE),
    "withdraw": re.compile(r"\bwithdrawal", re.IGNORECASE),
    "split": re.compile(r"\bsplit", re.IGNORECASE),
    "merge": re.compile(r"\bmerge\b", re.IGNORECASE),
}
"""For a command of `claims review` the words that no other command's options may use."""

UNIDIOMATIC = re.compile(
    r"\b(parted|taken? (in|back)|brought back|kept aside|told|stated|unless given|stands? so)\b"
)


def commands(command: click.Command = cli, path: str = "claims") -> Iterator[tuple[str, str]]:
    """Every command with its help, as a terminal of 80 columns shows it."""
    context = click.Context(
        command, info_name=path, terminal_width=80, help_option_names=["-h", "--help"]
    )
    yield path, command.get_help(context)
    for name, child in children(command):
        yield from commands(child, f"{path} {name}")


def children(command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield name, child


def options(command: click.Command = cli, path: str = "claims") -> Iterator[tuple[str, str, str]]:
    """Every option with the command it belongs to and its help."""
    for option in command.params:
        if isinstance(option, click.Option):
            yield path, option.opts[0], option.help or ""
    for name, child in children(command):
        yield from options(child, f"{path} {name}")


def test_every_option_has_help() -> None:
    assert [f"{path} {name}" for path, name, text in options() if not text] == []


@pytest.mark.parametrize("words", [[], ["list"], ["review", "accept"]])
def test_two_names_lead_to_the_same_help(words: list[str]) -> None:
    short, long = (CliRunner().invoke(cli, [*words, name]) for name in ("-h", "--help"))
    assert short.exit_code == 0
    assert short.output == long.output
    assert short.output.startswith("Usage:")


def test_an_options_help_fits_its_command() -> None:
    misfits = [
        f"{path} {name}: {text}"
        for path, name, text in options()
        for command, words in FITS_ONLY.items()
        if path.startswith("claims review ") and not path.endswith(f" {command}")
        if words.search(text)
    ]
    assert misfits == []


def test_each_action_explains_its_own_reason() -> None:
    texts = [text for path, name, text in options() if name == "--reason" and " review " in path]
    assert len(texts) == len(set(texts)) > 10


def test_a_list_of_commands_cuts_no_summary() -> None:
    cut = [
        line
        for _, text in commands()
        for line in text.splitlines()
        if line.startswith("  ") and line.endswith("...")
    ]
    assert cut == []


def test_help_is_idiomatic() -> None:
    words = [
        f"{path}: {word.group()}"
        for path, text in commands()
        for word in UNIDIOMATIC.finditer(text)
    ]
    assert words == []


def test_the_form_of_a_claim_is_not_mistaken_for_a_format() -> None:
    names = {name for _, name, _ in options()}
    assert {"--claim-form", "--format"} <= names
    assert "--form" not in names


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
    completed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert completed.stdout.splitlines()[-1] == "heavy: []"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete(shell: str) -> None:
    environment = os.environ | {"_CLAIMS_COMPLETE": f"{shell}_source"}
    code = "from claims.cli import main\nmain()"
    completed = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert "_CLAIMS_COMPLETE" in completed.stdout


def test_a_word_is_completed() -> None:
    environment = os.environ | {
        "_CLAIMS_COMPLETE": "bash_complete", "COMP_WORDS": "claims ledger v", "COMP_CWORD": "2"
    }  # fmt: skip
    code = "from claims.cli import main\nmain()"
    completed = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert completed.stdout.strip() == "plain,verify"
