"""Commands that are imported when they are used, so that `claims --help` stays quick."""

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import ClassVar

import click

from claims.cli.examples import with_example


class LazyGroup(click.Group):
    """A group that knows its commands' names and summaries without importing them.

    Attributes:
        commands_at: For each name, "module:attribute" and the one-line summary.
    """

    commands_at: ClassVar[Mapping[str, tuple[str, str]]]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """Names in the order of the work, not of the alphabet."""
        return list(self.commands_at)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - Click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """Import one command; None if there is no such command."""
        if cmd_name not in self.commands_at:
            return None
        module, attribute = self.commands_at[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return with_example(command, (cmd_name,))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command to run; of a wrong name the message says which was meant."""
        if args[0] in self.commands_at or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        meant = " or ".join(f"'{one}'" for one in self._possible(ctx, args[0]))
        hint = f" Did you mean {meant}?" if meant else ""
        raise click.UsageError(f"No such command '{args[0]}'.{hint}", ctx)

    def _possible(self, ctx: click.Context, word: str) -> list[str]:
        """Names like a word; if there are none, commands of that name in groups."""
        alike = get_close_matches(word, self.commands_at, n=1)
        if alike:
            return alike
        groups = ((name, self.get_command(ctx, name)) for name in self.commands_at)
        return [
            f"{name} {word}"
            for name, group in groups
            if isinstance(group, click.Group) and word in group.commands
        ]

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - Click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """The list of commands with their summaries."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in self.commands_at.items()])
