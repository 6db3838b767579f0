"""Options that say what to read, shared by ingest and extract."""

import io
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import datetime

    from claims.model.article import Article
    from claims.model.problem import Problem


def reading_options(command: Any) -> Any:  # noqa: ANN401 - any Click command
    """--format and what the user states of the articles."""
    options = (
        click.option(
            "--format",
            "form",
            type=click.Choice(["plain", "html", "jsonl"]),
            help="Format of the input; found out by name and content unless given.",
        ),
        click.option("--outlet", help="Who published it."),
        click.option("--url", help="Its canonical address."),
        click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication."),
        click.option("--title", help="Its headline."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def read_inputs(
    paths: Sequence[str], form: str | None, stated: dict[str, Any]
) -> "Iterator[Article | Problem]":
    """Articles and problems of all paths, `-` being standard input, one file after the other."""
    from claims.readers.detect import Format
    from claims.readers.options import ReadOptions
    from claims.readers.source import find_files, read_path, read_stream
    from claims.text.clean import clean_line

    published: datetime | None = stated.get("published")
    told = ReadOptions(
        published=published.date() if published else None,
        **{name: clean_line(stated.get(name) or "") or None for name in ("outlet", "url", "title")},
    )
    chosen = Format(form) if form else None
    for path in find_files(paths):
        if path == "-":
            stdin = sys.stdin.buffer
            assert isinstance(stdin, io.BufferedReader), "standard input is a file"  # noqa: S101
            yield from read_stream("-", stdin, chosen, told)
        else:
            yield from read_path(path, chosen, told)


def require_one_article_each(paths: Sequence[str], stated: dict[str, Any]) -> None:
    """Refuse an address or headline that would be given to many articles.

    Raises:
        click.UsageError: --url or --title with more than one path.
    """
    for name in ("url", "title"):
        if stated.get(name) and len(paths) > 1:
            raise click.UsageError(f"--{name} belongs to one article; give one path with it.")


def warn_if_unreadable(article: "Article") -> None:
    """One line on stderr for a text in which no claim is looked for."""
    from claims.extraction.readable import why_unreadable
    from claims.text.display import visible

    reason = why_unreadable(article.text)
    if reason:
        click.echo(visible(f"{article.place}: nothing extracted: {reason}."), err=True)


def tell(problem: "Problem") -> None:
    """One line on stderr for a record that was not taken."""
    from claims.text.display import visible

    click.echo(visible(str(problem)), err=True)
