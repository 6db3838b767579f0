"""Writes what docs/ holds of the program itself: `python -m tests.shape.references`."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import click

from claims.api.openapi import describe
from claims.cli import cli
from claims.contract.views import CLAIMS_V1, FUNCTIONS, read_pinned, read_view
from claims.database.comments import view_meanings
from tests.shape.printed import schemas

DOCS = Path(__file__).parents[2] / "docs"
FUNCTION_COMMENT = re.compile(r"COMMENT ON FUNCTION [^']*? IS '((?:[^']|'')*)';")

INTRODUCTION = """# Published views

Made from the views' own comments by `make docs`; [how-to/sql.md](how-to/sql.md) shows them at work.

## The promise

Other programs rely on schema `claims_v1`. From release 0.1.0 on:

- A view, a column or a function keeps its name, its type and its meaning. A function keeps the
  names, types and defaults of its arguments and what it returns.
- Columns are only added, at the end of a view; views and functions are only added. Name the
  columns you read, and an upgrade changes nothing for you. Views that you built on ours stay.
- What is not yet stable says so in its description. Today that is nothing.
- Should we ever have to break this, it will be a schema `claims_v2` beside this one for a year.
- `claims_v1` shows what people recorded, never the whole text of an article, and never what a
  reader under review must not know of another.

`contract.json` pins all of it with the digests of the files; `claims contract check` compares a
database with it, and a test fails when a migration breaks it. Not promised: the order of rows
that you do not order, plans, and everything in schemas `claims`, `claims_past` and
`claims_v1_past`.

The role `claims_reader` may read these views, call these functions, and nothing else of ours.

Ranges (`daterange`, `int4multirange`), lists and objects (`jsonb`) are for PostgreSQL's own
operators; beside each stand plain columns that say the same, or a view of plain rows. Days of
ranges are half-open, days in `…_from` and `…_to` are both included. Four figures are never
mixed: `extractor_score` (the machine's), `attribution_confidence` (the editor's),
`outlet_rating` A to F (of the source), `credibility` 1 to 6 (of the content). F and 6 mean
"cannot be judged"; sort them apart. A withdrawn article marks all that rests on it with
`document_status`.
"""


def cli_reference() -> str:
    """Each command's help, as it is printed."""
    parts = ["# Commands\n\nMade from the commands themselves by `make docs`.\n"]
    for path, command in _commands(cli, ("claims",)):
        context = click.Context(
            command,
            info_name=" ".join(path),
            max_content_width=100,
            help_option_names=cli.context_settings["help_option_names"],
        )
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
            subcommand = command.get_command(context, name)
            if subcommand is not None:
                yield from _commands(subcommand, (*path, name))


def views_reference() -> str:
    """Each view's columns with their comments, then the functions."""
    pinned, meanings = read_pinned(), view_meanings()
    parts = [INTRODUCTION]
    for view in CLAIMS_V1:
        rows = [
            f"| `{column}` | {kind} | {meanings[view][column]} |"
            for column, kind in pinned[view].columns
        ]
        parts.append(
            f"## claims_v1.{view}\n\n{meanings[view]['']}\n\n"
            "| column | type | meaning |\n|--|--|--|\n" + "\n".join(rows) + "\n"
        )
    for function in FUNCTIONS:
        signatures = (pinned[function].signature or "").split("; ")
        comments = FUNCTION_COMMENT.findall(read_view(function))
        entries = [
            f"`{signature}`\n\n{unquoted(comment)}\n"
            for signature, comment in zip(signatures, comments, strict=True)
        ]
        parts.append(f"## claims_v1.{function}\n\n" + "\n".join(entries))
    return "\n".join(parts)


KEYS = {"documents": "document", "document_versions": "version", "sources": "source",
        "claims": "claim", "proposals": "claim", "evidence": "claim"}  # fmt: skip
"""Views with a column that no two rows have in common."""


def dbt_sources() -> str:
    """The views as a source of dbt, which reads them where they are."""
    pinned, meanings = read_pinned(), view_meanings()
    lines = [
        "# Made from contract.json by `make docs`; copy it into models/ of your project.",
        "version: 2",
        "sources:",
        "  - name: claims_v1",
        "    schema: claims_v1",
        "    description: Source-attributed claims; docs/views.md says what is promised.",
        "    tables:",
    ]  # fmt: skip
    for view in CLAIMS_V1:
        lines += [f"      - name: {view}", f"        description: {quoted(meanings[view][''])}"]
        lines.append("        columns:")
        for column, kind in pinned[view].columns:
            lines += [
                f"          - name: {column}",
                f"            data_type: {kind}",
                f"            description: {quoted(meanings[view][column])}",
            ]
            if KEYS.get(view) == column:
                lines.append("            data_tests: [unique, not_null]")
    return "\n".join([*lines, ""])


def quoted(text: str) -> str:
    """A text as YAML takes it: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def json_schema(name: str) -> str:
    """One file of docs/json/."""
    return json.dumps(dict(schemas())[name], indent=2, ensure_ascii=False) + "\n"


def unquoted(literal: str) -> str:
    """A text as it stands between the quotation marks of SQL."""
    return literal.replace("''", "'")


def api_description() -> str:
    """The API as OpenAPI 3.1."""
    return json.dumps(describe(), indent=1, ensure_ascii=False) + "\n"


REFERENCES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli_reference,
    "views.md": views_reference,
    "dbt/claims_v1.yml": dbt_sources,
    "openapi.json": api_description,
    **{f"json/{name}": partial(json_schema, name) for name, _ in schemas()},
}
"""What is made, by its file in docs/."""


def main() -> None:
    """Write them."""
    for path, text in REFERENCES.items():
        (DOCS / path).parent.mkdir(exist_ok=True)
        (DOCS / path).write_text(text(), "utf-8")


if __name__ == "__main__":
    main()
