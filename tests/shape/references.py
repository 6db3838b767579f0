"""Writes docs/cli.md and docs/views.md: `python -m tests.shape.references`."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from claims.cli import cli
from claims.contract.views import CLAIMS_V1, read_view

DOCS = Path(__file__).parents[2] / "docs"
COMMENT = re.compile(r"COMMENT ON (VIEW|COLUMN) claims_v1\.([\w.]+) IS '((?:[^']|'')*)';")

INTRODUCTION = (
    "# Published views\n\nMade from the views' own comments by `make docs`.\n\n"
    "Schema `claims_v1`. Names, types and meaning stay; columns are only added, at the\n"
    "end. The role `claims_reader` may read these views and nothing else. Until 0.1.0 is\n"
    "released they may still change.\n"
)


def cli_reference() -> str:
    """Each command's help, as it is printed."""
    parts = ["# Commands\n\nMade from the commands themselves by `make docs`.\n"]
    for path, command in _commands(cli, ("claims",)):
        context = click.Context(command, info_name=" ".join(path), max_content_width=100)
        context.terminal_width = 100
        parts.append(f"## {' '.join(path)}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def _commands(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from _commands(found, (*path, name))


def views_reference() -> str:
    """Each view's columns with their comments."""
    parts = [INTRODUCTION]
    for view in CLAIMS_V1:
        comments = {
            name: said.replace("''", "'") for _, name, said in COMMENT.findall(read_view(view))
        }
        rows = [
            f"| `{name.partition('.')[2]}` | {said} |"
            for name, said in comments.items()
            if "." in name
        ]
        parts.append(
            f"## claims_v1.{view}\n\n{comments[view]}\n\n"
            "| column | meaning |\n|--|--|\n"
            + "\n".join(rows) + "\n"
        )  # fmt: skip
    return "\n".join(parts)


def main() -> None:
    """Write both."""
    (DOCS / "cli.md").write_text(cli_reference(), "utf-8")
    (DOCS / "views.md").write_text(views_reference(), "utf-8")


if __name__ == "__main__":
    main()
