"""Every command has a help page that ends with an example, and each example can be run."""

import shlex

import click
import pytest

from claims.cli import cli
from claims.cli.examples import EXAMPLES
from tests.cli.walk import commands

NAMES = cli.context_settings
"""A command keeps the names of its help option that the first context gave it."""


def test_every_help_ends_with_an_example() -> None:
    without = []
    for path, command in commands():
        name = " ".join(("claims", *path))
        context = click.Context(command, info_name=name, max_content_width=100, **NAMES)
        lines = command.get_help(context).splitlines()
        if "  Example:" not in lines or not lines[-1].strip().startswith(context.info_name or "-"):
            without.append(" ".join(path))
    assert without == [], "claims/cli/examples.py has none for these"


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_understood(example: str) -> None:
    program, *words = shlex.split(example)
    assert program == "claims"
    command: click.Command = cli
    context = click.Context(cli, info_name="claims", **NAMES)
    while isinstance(command, click.Group) and words:
        name, below, rest = command.resolve_command(context, words)
        assert below is not None
        command, context = below, below.make_context(name, rest, parent=context)
        words = [*context._protected_args, *context.args]  # noqa: SLF001 - what a group hands on
    assert not isinstance(command, click.Group) or command.invoke_without_command
