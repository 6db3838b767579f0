"""Commands that are imported when they are used, so that `claims --help` stays quick."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A group that knows its commands' names and summaries without importing them.

    Args:
        commands_at: For each name, "module:attribute" and the one-line summary.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Click's own arguments pass through
        commands_at: Mapping[str, tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in the order of the road, not of the alphabet."""
        return list(self.commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in self.commands_at:
            return None
        module, attribute = self.commands_at[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands with their summaries."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in self.commands_at.items()])
