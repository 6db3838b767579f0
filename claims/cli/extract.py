"""claims extract."""

from typing import TYPE_CHECKING, Any

import click

from claims.cli.reading import (
    read_inputs,
    reading_options,
    require_one_article_each,
    tell,
    warn_if_unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from claims.model.article import Article
    from claims.model.problem import Problem


@click.command()
@click.argument("paths", metavar="[PATH…]", nargs=-1)
@reading_options
@click.option("--all", "everything", is_flag=True, help="Beliefs, feelings and intentions too.")
@click.option("--explain", is_flag=True, help="Show how each was found, for people to read.")
def extract(
    paths: tuple[str, ...],
    form: str | None,
    *,
    everything: bool,
    explain: bool,
    **stated: Any,  # noqa: ANN401
) -> int:
    """Find claims without a database, as JSON lines.

    One line a document on standard output. Reads article JSON lines, text or saved pages;
    standard input without PATH. docs/how-to/extract.md lists the keys of a line.
    """
    require_one_article_each(paths, stated)
    problems: list[Problem] = []
    articles = _readable(read_inputs(paths or ("-",), form, stated), problems)
    for line in (_explained if explain else _as_lines)(articles, everything=everything):
        click.echo(line)
    return 1 if problems else 0


def _readable(
    records: "Iterable[Article | Problem]", problems: "list[Problem]"
) -> "Iterator[Article]":
    """The articles; problems are told and kept, of texts that are not read the user is warned."""
    from claims.model.problem import Problem

    for record in records:
        if isinstance(record, Problem):
            tell(record)
            problems.append(record)
            continue
        warn_if_unreadable(record)
        yield record


def _as_lines(articles: "Iterator[Article]", *, everything: bool) -> "Iterator[bytes]":
    import orjson

    from claims.extraction.output import as_line
    from claims.extraction.pipeline import load_parser, propose_many

    waiting: list[str] = []

    def texts() -> "Iterator[tuple[str, date | None]]":
        for article in articles:
            waiting.append(_doc_id(article))
            yield article.text, _day(article)

    for proposals in propose_many(load_parser(), texts(), everything=everything):
        yield orjson.dumps(as_line(waiting.pop(0), proposals))


def _explained(articles: "Iterator[Article]", *, everything: bool) -> "Iterator[str]":
    from claims.extraction.explain import explain
    from claims.extraction.parse import load_parser

    parser = load_parser()
    for article in articles:
        yield f"{_doc_id(article)}"
        yield from explain(parser, article.text, _day(article), everything=everything)


def _doc_id(article: "Article") -> str:
    return article.external_id or article.url or article.place


def _day(article: "Article") -> "date | None":
    return article.published_at.date() if article.published_at else None
