"""Options that say what to read, shared by ingest and extract."""

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypedDict

import click

from claims.cli.options import DAY, CommandFunction, add_options
from claims.errors.base import named

if TYPE_CHECKING:
    from claims.model.article import Article, ReaderRecord
    from claims.model.problem import Problem


FORMATS = (
    "plain",
    "html",
    "json",
    "jsonl",
    "feed",
    "jsonfeed",
    "sitemap",
    "ninjs",
    "newsml",
    "nitf",
    "warc",
    "wacz",
    "mbox",
    "mail",
    "mhtml",
)
"""Those of `claims.readers.formats`, which a test compares: `--help` loads no reader."""


class ArticleOptions(TypedDict):
    """What the user says about the articles; None for an option that is not given."""

    outlet: str | None
    url: str | None
    published: datetime | None
    title: str | None


def reading_options(command: CommandFunction) -> CommandFunction:
    """--format and the options of `ArticleOptions`."""
    return add_options(
        command,
        click.option(
            "--format",
            "input_format",
            type=click.Choice(FORMATS),
            help="Format of the input; detected from name and content if omitted.",
        ),
        click.option("--outlet", help="Outlet that published the articles."),
        click.option("--url", help="Canonical address of the article."),
        click.option("--published", type=DAY, help="Day of publication."),
        click.option("--title", help="Headline of the article."),
    )


def read_inputs(
    paths: Sequence[str],
    input_format: str | None,
    options: ArticleOptions,
    open_file: Callable[[str], io.FileIO] = io.FileIO,
) -> "Iterator[ReaderRecord]":
    """The records of all paths, `-` being standard input, one file after the other."""
    from claims.model.problem import Problem
    from claims.readers.formats import Format
    from claims.readers.options import ReadOptions
    from claims.readers.source import read_path, read_stream

    published = options["published"]
    read_options = ReadOptions(
        published=published.date() if published else None,
        outlet=_clean(options["outlet"]),
        url=_clean(options["url"]),
        title=_clean(options["title"]),
        now=datetime.now(UTC),
    )
    chosen = Format(input_format) if input_format else None
    for path in _files(paths):
        if isinstance(path, Problem):
            yield path
        elif path == "-":
            yield from read_stream("-", standard_input(), chosen, read_options)
        else:
            yield from read_path(path, chosen, read_options, open_file)


def standard_input() -> io.BufferedReader:
    """The bytes of standard input, which can be looked at before they are read."""
    stdin = sys.stdin.buffer
    if isinstance(stdin, io.BufferedReader):
        return stdin
    buffered: io.BufferedReader = io.BufferedReader(stdin)  # type: ignore[arg-type]
    return buffered


def _files(paths: Sequence[str]) -> "Iterator[str | Problem]":
    """The files to read, and a problem for each folder in which there is none."""
    from claims.model.problem import Problem, Reason
    from claims.readers.source import find_files

    for path in paths:
        files = find_files([path])
        first = next(files, None)
        if first is None:
            detail = "no file in this folder; hidden files and folders are passed over"
            yield Problem(path, Reason.EMPTY, detail)
            continue
        yield first
        yield from files


def _clean(value: str | None) -> str | None:
    from claims.text.clean import clean_line

    return clean_line(value or "") or None


def require_one_article_each(paths: Sequence[str], options: ArticleOptions) -> None:
    """Refuse an address or headline that would be given to many articles.

    Raises:
        click.UsageError: --url or --title with more than one path.
    """
    for name, value in (("url", options["url"]), ("title", options["title"])):
        if value and len(paths) > 1:
            raise click.UsageError(f"--{name} belongs to one article: give a single path with it.")


def warn_if_unreadable(article: "Article") -> None:
    """One line on stderr for a text in which no claim is looked for."""
    from claims.extraction.readable import why_unreadable
    from claims.text.display import visible

    reason = why_unreadable(article.text)
    if reason:
        click.echo(visible(f"{named(article.place)}: nothing extracted: {reason}."), err=True)


def report_problem(problem: "Problem") -> None:
    """One line on stderr for a record that was not read or imported."""
    from claims.text.display import visible

    click.echo(visible(str(problem)), err=True)
