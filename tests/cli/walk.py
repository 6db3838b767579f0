"""Walks the commands: which there are, and how each that prints rows or facts is called."""

from collections.abc import Iterator, Mapping, Sequence

import click

from claims.cli import cli

Path = tuple[str, ...]


def leaves(
    group: click.Group | None = None, path: Path = ()
) -> Iterator[tuple[Path, click.Command]]:
    """Every command that is no group, with the words that call it; groups that also run."""
    group = group or cli
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield (*path, name), command


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
