"""Walks the commands: which there are, and how each that prints rows or facts is called."""

from collections.abc import Iterator, Mapping, Sequence

import click

from claims.cli import cli

Path = tuple[str, ...]


def commands(command: click.Command = cli, path: Path = ()) -> Iterator[tuple[Path, click.Command]]:
    """Every command, with the words that call it; a group comes before what is in it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None, name
            yield from commands(below, (*path, name))


def leaves() -> Iterator[tuple[Path, click.Command]]:
    """The commands that are no groups."""
    return (one for one in commands() if not isinstance(one[1], click.Group))


def formats_of(command: click.Command) -> Sequence[str]:
    """The formats that a command prints; none if it has no such option."""
    for parameter in command.params:
        if parameter.name == "output_format" and isinstance(parameter.type, click.Choice):
            return [str(choice) for choice in parameter.type.choices]
    return ()


def printing() -> list[tuple[Path, str]]:
    """Each command that prints rows or facts, with each of its formats but those of files."""
    return [
        (path, each)
        for path, command in leaves()
        for each in formats_of(command)
        if path != ("export",)
    ]


def call(path: Path, values: Mapping[str, str]) -> list[str]:
    """A command with its required arguments.

    Args:
        path: The words that call it.
        values: What stands for each argument, by its name.
    """
    command = dict(leaves())[path]
    return [
        *path,
        *(
            values[str(argument.name)]
            for argument in command.params
            if isinstance(argument, click.Argument) and argument.required
        ),
    ]
