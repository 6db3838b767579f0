"""claims extract."""

from typing import TYPE_CHECKING, Any

import click

from claims.cli.reading import demand_one_article_each, read_inputs, reading_options, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.article import Article


@click.command()
@click.argument("paths", metavar="[PATH…]", nargs=-1)
@reading_options
def extract(paths: tuple[str, ...], form: str | None, **stated: Any) -> int:  # noqa: ANN401
    """Find claims without a database, as JSON lines.

    One line a document on standard output. Reads article JSON lines, text or saved pages;
    standard input without PATH. docs/how-to/extract.md lists the keys of a line.
    """
    import orjson

    from claims.extraction.pipeline import load_parser, propose_many
    from claims.extraction.wire import as_line
    from claims.model.problem import Problem

    demand_one_article_each(paths, stated)
    problems = 0
    waiting: list[str] = []

    def articles() -> "Iterator[tuple[str, Any]]":
        nonlocal problems
        for record in read_inputs(paths or ("-",), form, stated):
            if isinstance(record, Problem):
                tell(record)
                problems += 1
            else:
                waiting.append(_doc_id(record))
                day = record.published_at.date() if record.published_at else None
                yield record.text, day

    for proposals in propose_many(load_parser(), articles()):
        click.echo(orjson.dumps(as_line(waiting.pop(0), proposals)))
    return 1 if problems else 0


def _doc_id(article: "Article") -> str:
    return article.external_id or article.url or article.place
